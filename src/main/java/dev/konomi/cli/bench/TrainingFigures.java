package dev.konomi.cli.bench;

import dev.konomi.train.stage.StepWork;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What training costs, in process, warm, on one thread.
///
/// @param peakFlops floating-point operations a second of a large product of matrices, by
///     processor time
/// @param heads each head's
/// @param peakMegabytes the most resident memory that the process has had
public record TrainingFigures(double peakFlops, List<Head> heads, double peakMegabytes) {
    private static final int EPOCH = 160_000;

    /// A head's training.
    ///
    /// @param name in words
    /// @param work what a step does
    /// @param millis median step, from a batch at hand to weights that have moved
    /// @param cpuMillis its processor time
    /// @param drawingMillis median time that drawing a batch takes beside
    /// @param comparison with PyTorch, where there is one
    public record Head(
            String name,
            StepWork work,
            double millis,
            double cpuMillis,
            double drawingMillis,
            @Nullable Comparison comparison) {
        /// @return positions a second
        public double tokensPerSecond() {
            return work.tokens() / millis * 1_000;
        }

        /// @param peakFlops of the machine
        /// @return products of matrices a step does, over what the machine could have done in
        ///     that processor time
        public double share(double peakFlops) {
            return work.flops() / (cpuMillis / 1_000) / peakFlops;
        }

        /// @param events that people have said
        /// @return seconds until each was read once
        public double epochSeconds(long events) {
            return events / work.events() * (millis + drawingMillis) / 1_000;
        }
    }

    /// The same steps in PyTorch, in turn.
    ///
    /// @param version PyTorch's
    /// @param turns both times
    public record Comparison(String version, Turns turns) {
        private String text() {
            return String.format(
                    Locale.ROOT,
                    """
                      PyTorch %s in turn: %.1f ms; ratio %.3f (half of the rounds %.3f to %.3f), by processor time %.3f
                      (%.3f to %.3f); the same losses to %.0e.
                    """,
                    version,
                    turns.theirs().medianWall(),
                    turns.wall().median(),
                    turns.wall().low(),
                    turns.wall().high(),
                    turns.cpu().median(),
                    turns.cpu().low(),
                    turns.cpu().high(),
                    turns.lossDifference());
        }
    }

    /// @return the figures in sentences
    public String text() {
        String each = heads.stream().map(this::text).collect(Collectors.joining());
        return String.format(Locale.ROOT, "One thread multiplies matrices at %.0f GFLOP/s.%n", peakFlops / 1e9)
                + each
                + String.format(Locale.ROOT, "Peak resident memory: %.0f MB.", peakMegabytes);
    }

    private String text(Head head) {
        StepWork work = head.work();
        String text = String.format(
                Locale.ROOT,
                """
                %s: %,d parameters, a step %.1f ms (processor %.1f, drawing its batch %.1f beside), %,.0f tokens/s,
                  %.2f GFLOP a step, %.0f %% of the matrix peak; an epoch of %,d events %.0f s.
                """,
                head.name(),
                work.parameters(),
                head.millis(),
                head.cpuMillis(),
                head.drawingMillis(),
                head.tokensPerSecond(),
                work.flops() / 1e9,
                100 * head.share(peakFlops),
                EPOCH,
                head.epochSeconds(EPOCH));
        return head.comparison() == null ? text : text + head.comparison().text();
    }
}
