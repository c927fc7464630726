package dev.konomi.train.evaluate;

import java.util.Arrays;
import java.util.List;

/// What one ranker predicted for everybody's targets from histories of one length.
///
/// @param people who was asked
/// @param differences `[people][targets]`, `s(first) − s(second)`; logits where calibration is
///   asked for
public record Outcome(List<TestPerson> people, double[][] differences) {
    public Outcome {
        people = List.copyOf(people);
        differences = Arrays.stream(differences).map(double[]::clone).toArray(double[][]::new);
        if (people.size() != differences.length) {
            throw new IllegalArgumentException(
                    "Predictions for " + differences.length + " of " + people.size() + " people.");
        }
        for (int i = 0; i < differences.length; i++) {
            if (differences[i].length != people.get(i).targets().size()) {
                throw new IllegalArgumentException("Person " + people.get(i).id() + " has "
                        + people.get(i).targets().size() + " targets and " + differences[i].length + " predictions.");
            }
        }
    }

    /// @return one pairwise accuracy a person, every target counted the same
    public double[] accuracies() {
        double[] accuracies = new double[differences.length];
        for (int i = 0; i < accuracies.length; i++) {
            List<Target> targets = people.get(i).targets();
            for (int t = 0; t < targets.size(); t++) {
                accuracies[i] +=
                        Pairwise.accuracy(differences[i][t], targets.get(t).probability()) / targets.size();
            }
        }
        return accuracies;
    }

    /// @return area under the ROC curve over all pairs
    public double auc() {
        return Pairwise.auc(flat(differences), probabilities());
    }

    private double[] probabilities() {
        return people.stream()
                .flatMap(person -> person.targets().stream())
                .mapToDouble(Target::probability)
                .toArray();
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
