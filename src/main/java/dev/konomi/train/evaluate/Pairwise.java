package dev.konomi.train.evaluate;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Figures on pairs. A pair has a predicted difference `d = s(first) − s(second)` and the
/// probability `p` that the person prefers the first: the simulator's (expected figures), or 1
/// for what a real person chose (observed figures).
public final class Pairwise {
    private Pairwise() {}

    /// @param difference predicted difference
    /// @param probability that the first is preferred
    /// @return the chance that the person agrees with the prediction; ½ for a tie
    public static double accuracy(double difference, double probability) {
        return difference > 0 ? probability : difference < 0 ? 1 - probability : 0.5;
    }

    /// The chance that a preferred order has a larger difference than a rejected order, over all
    /// pairs read both ways.
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

    private static double signed(double[] differences, int orientation) {
        int pairs = differences.length;
        // + 0.0 makes −0 and 0 one tie
        return (orientation < pairs ? differences[orientation] : -differences[orientation - pairs]) + 0.0;
    }
}
