package dev.konomi.cli.study;

import java.util.List;

/// What the same unseen people come to without a model.
///
/// @param key which world
/// @param ideal the ideal observer's accuracies, after none, [Curve#EARLY] and [Curve#LATE] pairs at least
record StudyWorld(WorldKey key, Curve ideal) {
    StudyWorld {
        if (!ideal.accuracies().keySet().containsAll(List.of(0, Curve.EARLY, Curve.LATE))) {
            throw new IllegalArgumentException("World " + key.name() + " has accuracies after "
                    + ideal.accuracies().keySet() + " pairs and needs them after none, " + Curve.EARLY + " and "
                    + Curve.LATE + ".");
        }
    }

    /// @return accuracy for each person of the best ranking that does not know them: the ideal observer's without a
    ///     history
    double[] popularity() {
        return ideal.at(0);
    }
}
