package dev.konomi.cli.bench;

import java.util.Locale;

/// What scoring costs, in process, warm, on one thread, from cached encodings.
///
/// @param candidates scored in a request
/// @param late with the late head: a person's taste from the history, then the scores
/// @param sequence with the head in sequence
public record ServingFigures(int candidates, Latency late, Sequence sequence) {
    /// The head in sequence.
    ///
    /// @param p50Millis half of the requests take no longer, the history's keys and values being
    ///     kept
    /// @param p99Millis 99 of 100 requests take no longer
    /// @param onePassRatio how many times longer reading every candidate's whole sequence takes,
    ///     with the same weights
    /// @param ratioCeiling what that ratio can be at most: positions of a whole sequence over
    ///     positions of a candidate
    /// @param publishedRatio how many times longer the published protocol takes, which encodes
    ///     the images of history and candidate anew for every candidate and then reads the whole
    ///     sequence
    /// @param maxLogitDifference largest difference between the logits of both paths
    public record Sequence(
            double p50Millis,
            double p99Millis,
            double onePassRatio,
            double ratioCeiling,
            double publishedRatio,
            double maxLogitDifference) {}

    /// @return the figures in sentences, one a line
    public String text() {
        return String.format(
                Locale.ROOT,
                """
                %d candidates, late head: %.2f ms (99 of 100: %.2f ms), one thread, encodings at hand.
                %d candidates, head in sequence: %.1f ms (99 of 100: %.1f ms), %.1f times less than in one pass
                (the token counts allow %.1f), %.0f times less than the published protocol; same logits to %.1e.
                """,
                candidates,
                late.p50Millis(),
                late.p99Millis(),
                candidates,
                sequence.p50Millis(),
                sequence.p99Millis(),
                sequence.onePassRatio(),
                sequence.ratioCeiling(),
                sequence.publishedRatio(),
                sequence.maxLogitDifference());
    }
}
