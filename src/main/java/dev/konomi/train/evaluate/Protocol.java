package dev.konomi.train.evaluate;

import java.util.Arrays;
import java.util.List;

/// Held-out people are asked for their target pairs; everybody is scored on the same ones, so differences are paired.
///
/// @param people unseen in training
public record Protocol(List<TestPerson> people) {
    /// History lengths of the reference curve, in pairs.
    public static final List<Integer> LENGTHS = List.of(0, 1, 2, 4, 8);

    public Protocol {
        people = List.copyOf(people);
    }

    /// @param ranker asked once a person
    /// @param length pairs of history it is shown
    public Outcome ask(Ranker ranker, int length) {
        return new Outcome(
                people,
                people.stream()
                        .map(person -> differences(ranker, person, length))
                        .toArray(double[][]::new));
    }

    private static double[] differences(Ranker ranker, TestPerson person, int length) {
        List<Target> targets = person.targets();
        int[] candidates = new int[2 * targets.size()];
        for (int t = 0; t < targets.size(); t++) {
            candidates[2 * t] = targets.get(t).first();
            candidates[2 * t + 1] = targets.get(t).second();
        }
        double[] scores = ranker.score(person.history(length), candidates);
        double[] differences = new double[targets.size()];
        Arrays.setAll(differences, t -> scores[2 * t] - scores[2 * t + 1]);
        return differences;
    }
}
