package dev.konomi.cli.study;

/// What the same unseen people come to without a model.
///
/// @param seed of the world
/// @param popularity accuracy for each person of the best ranking that does not know them
/// @param early the ideal observer's after [StudyRun#EARLY] pairs
/// @param late the ideal observer's after [StudyRun#LATE] pairs
record StudyWorld(long seed, double[] popularity, double[] early, double[] late) {
    StudyWorld {
        if (popularity.length != early.length || popularity.length != late.length || late.length == 0) {
            throw new IllegalArgumentException("World " + seed + " has accuracies of " + popularity.length + ", "
                    + early.length + " and " + late.length + " people: they must be the same people, one or more.");
        }
    }
}
