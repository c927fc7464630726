package dev.konomi.train.evaluate;

import dev.konomi.history.Observation;
import java.util.Arrays;
import java.util.List;

/// Anything that scores candidates for a person: Konomi's release, a baseline, the ideal
/// observer.
@FunctionalInterface
public interface Ranker {
    /// @param history what is known of the person, oldest first; may be empty
    /// @param candidates item indices into the data set
    /// @return one score a candidate, higher is better; comparable within the call only
    double[] score(List<Observation> history, int[] candidates);

    /// @param temperature above 0
    /// @return the same ranking with scores divided by `temperature`: logits where it was fitted
    ///   for that
    default Ranker calibrated(double temperature) {
        return (history, candidates) -> Arrays.stream(score(history, candidates))
                .map(score -> score / temperature)
                .toArray();
    }
}
