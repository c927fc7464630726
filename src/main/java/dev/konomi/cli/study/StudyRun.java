package dev.konomi.cli.study;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What one training came to.
///
/// @param key which training
/// @param fingerprint of everything that decides what it comes to; see [Recipes]
/// @param steps of all stages
/// @param seconds training and measuring took
/// @param machine where
/// @param chosen the stage whose parameters did best on validation people
/// @param figures by name, e.g. `accuracy.8`
/// @param early accuracy of each unseen person after [#EARLY] pairs
/// @param late the same after [#LATE] pairs
record StudyRun(
        RunKey key,
        String fingerprint,
        int steps,
        double seconds,
        String machine,
        String chosen,
        SequencedMap<String, Double> figures,
        double[] early,
        double[] late) {
    /// Pairs of somebody who has just come.
    static final int EARLY = 2;

    /// Pairs that figures are judged at.
    static final int LATE = 8;

    StudyRun {
        figures = new LinkedHashMap<>(figures);
        if (early.length != late.length || late.length == 0) {
            throw new IllegalArgumentException("Run " + key.name() + " has accuracies of " + early.length + " and "
                    + late.length + " people: they must be the same people, one or more.");
        }
    }
}
