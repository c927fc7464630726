package dev.konomi.train.evaluate;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Figures on pairs. A pair has a predicted difference `d = s(first) − s(second)` and the probability `p` that the
/// person prefers the first: the simulator's (expected figures), or 1 for what a real person chose (observed figures).
public final class Pairwise {
    /// Bins of the expected calibration error.
    public static final int BINS = 15;

    private Pairwise() {}

    /// @param difference predicted difference
    /// @param probability that the first is preferred
    /// @return the chance that the person agrees with the prediction; ½ for a tie
    public static double accuracy(double difference, double probability) {
        return difference > 0 ? probability : difference < 0 ? 1 - probability : 0.5;
    }

    /// The chance that a preferred order has a larger difference than a rejected order, over all pairs read both ways.
    ///
    /// @param differences one a pair
    /// @param probabilities one a pair
    /// @return area under the ROC curve, ties counted half
    public static double auc(double[] differences, double[] probabilities) {
        int pairs = differences.length;
        // orientation i < pairs is (first, second), i >= pairs the same pair turned round
        int[] order = IntStream.range(0, 2 * pairs)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> i < pairs ? differences[i] : -differences[i - pairs]))
                .mapToInt(Integer::intValue)
                .toArray();
        double area = 0;
        double negativesBelow = 0;
        int from = 0;
        while (from < order.length) {
            double value = signed(differences, order[from]);
            double positives = 0;
            double negatives = 0;
            int to = from;
            for (; to < order.length && signed(differences, order[to]) == value; to++) {
                double p = order[to] < pairs ? probabilities[order[to]] : 1 - probabilities[order[to] - pairs];
                positives += p;
                negatives += 1 - p;
            }
            area += positives * (negativesBelow + negatives / 2);
            negativesBelow += negatives;
            from = Math.max(to, from + 1);
        }
        return area / ((double) pairs * pairs);
    }

    /// Expected calibration error of `σ(d)` over [#BINS] bins of equal mass. Each pair is turned so that the predicted
    /// item comes first, so no pair counts twice and the order in which pairs were written down does not matter.
    ///
    /// @param differences logits, one a pair
    /// @param probabilities one a pair
    /// @param counts how often each pair was drawn; all 1 without resampling
    /// @return mean absolute gap between predicted and true probability
    public static double calibrationError(double[] differences, double[] probabilities, int[] counts) {
        int[] order = IntStream.range(0, differences.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(differences[i])))
                .mapToInt(Integer::intValue)
                .toArray();
        long total = IntStream.of(counts).asLongStream().sum();
        double[] gap = new double[BINS];
        long before = 0;
        for (int i : order) {
            double predicted = 1 / (1 + Math.exp(-Math.abs(differences[i])));
            double actual = accuracy(differences[i], probabilities[i]);
            gap[(int) Math.min(BINS - 1, before * BINS / Math.max(1, total))] += counts[i] * (predicted - actual);
            before += counts[i];
        }
        double error = 0;
        for (double bin : gap) {
            error += Math.abs(bin) / total;
        }
        return error;
    }

    private static double signed(double[] differences, int orientation) {
        int pairs = differences.length;
        // + 0.0 makes −0 and 0 one tie
        return (orientation < pairs ? differences[orientation] : -differences[orientation - pairs]) + 0.0;
    }
}
