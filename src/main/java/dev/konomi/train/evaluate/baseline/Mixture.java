package dev.konomi.train.evaluate.baseline;

import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.Target;
import dev.konomi.train.evaluate.TestPerson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Weights that put scores of several sources on one scale of log-odds: a logistic regression on
/// the targets of
/// validation people.
///
/// @param weights one a source
/// @param loss on the validation targets, mean over people, in nats
record Mixture(double[] weights, double loss) {
    /// Pulls weights towards zero as strongly as one even target would.
    private static final double RIDGE = 0.25;

    /// Scores of one source for all validation people: what it makes of their target pairs.
    ///
    /// @param differences `[people][targets]`
    record Source(double[][] differences) {
        /// @param people in the order in which rankers are given
        /// @param rankers one a person
        static Source of(List<TestPerson> people, List<Ranker> rankers, int length) {
            double[][] differences = new double[people.size()][];
            for (int p = 0; p < differences.length; p++) {
                TestPerson person = people.get(p);
                int[] candidates = person.targets().stream()
                        .flatMapToInt(target -> Arrays.stream(new int[] {target.first(), target.second()}))
                        .toArray();
                double[] scores = rankers.get(p).score(person.history(length), candidates);
                differences[p] = new double[person.targets().size()];
                Arrays.setAll(differences[p], t -> scores[2 * t] - scores[2 * t + 1]);
            }
            return new Source(differences);
        }
    }

    /// @param people of the targets; everybody counts the same
    /// @param sources what to mix
    static Mixture of(List<TestPerson> people, List<Source> sources) {
        List<double[]> rows = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        double[] scale = new double[sources.size()];
        for (int s = 0; s < scale.length; s++) {
            scale[s] = Math.sqrt(Arrays.stream(sources.get(s).differences())
                            .flatMapToDouble(Arrays::stream)
                            .map(value -> value * value)
                            .average()
                            .orElse(0))
                    + 1e-12;
        }
        double targets =
                people.stream().mapToInt(person -> person.targets().size()).sum() / (double) people.size();
        for (int p = 0; p < people.size(); p++) {
            List<Target> asked = people.get(p).targets();
            for (int t = 0; t < asked.size(); t++) {
                double[] row = new double[scale.length];
                for (int s = 0; s < row.length; s++) {
                    row[s] = sources.get(s).differences()[p][t] / scale[s];
                }
                double probability = asked.get(t).probability();
                add(rows, counts, row, probability * targets / asked.size());
                add(
                        rows,
                        counts,
                        Arrays.stream(row).map(value -> -value).toArray(),
                        (1 - probability) * targets / asked.size());
            }
        }
        double[][] x = rows.toArray(double[][]::new);
        double[] weight = counts.stream().mapToDouble(Double::doubleValue).toArray();
        double[] w = Newton.primal(x, weight, RIDGE);
        double loss = Newton.loss(x, weight, w);
        for (int s = 0; s < w.length; s++) {
            w[s] /= scale[s];
        }
        return new Mixture(w, loss);
    }

    private static void add(List<double[]> rows, List<Double> counts, double[] row, double weight) {
        if (weight > 0) {
            rows.add(row);
            counts.add(weight);
        }
    }
}
