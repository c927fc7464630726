package dev.konomi.train.evaluate;

import dev.konomi.report.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How far predicted probabilities of pairs can be trusted. Each pair is turned so that the
/// predicted item comes first, so no pair counts twice and the order in which pairs were written
/// down does not matter; then pairs are sorted by how sure the prediction was and cut into
/// [#BINS] bins of equal mass.
public final class Reliability {
    /// Bins of equal mass.
    public static final int BINS = 15;

    private final int people;
    /// Pairs by rising certainty: whose they are, `σ(|d|)`, and the probability that the person
    /// agrees.
    private final int[] person;

    private final double[] predicted;
    private final double[] actual;

    private Reliability(int people, int[] person, double[] predicted, double[] actual) {
        this.people = people;
        this.person = person;
        this.predicted = predicted;
        this.actual = actual;
    }

    /// A bin of pairs.
    ///
    /// @param predicted mean probability that was predicted
    /// @param actual mean probability that people agree
    /// @param pairs how many
    public record Bin(double predicted, double actual, long pairs) {}

    /// @param outcome whose differences are logits
    public static Reliability of(Outcome outcome) {
        int pairs = IntStream.range(0, outcome.people().size())
                .map(i -> outcome.differences()[i].length)
                .sum();
        int[] person = new int[pairs];
        double[] certainty = new double[pairs];
        double[] agrees = new double[pairs];
        int at = 0;
        for (int i = 0; i < outcome.people().size(); i++) {
            List<Target> targets = outcome.people().get(i).targets();
            for (int t = 0; t < targets.size(); t++) {
                double difference = outcome.differences()[i][t];
                person[at] = i;
                certainty[at] = 1 / (1 + Math.exp(-Math.abs(difference)));
                agrees[at++] = Pairwise.accuracy(difference, targets.get(t).probability());
            }
        }
        int[] order = IntStream.range(0, pairs)
                .boxed()
                .sorted(Comparator.comparingDouble(pair -> certainty[pair]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Reliability(
                outcome.people().size(),
                IntStream.of(order).map(pair -> person[pair]).toArray(),
                IntStream.of(order).mapToDouble(pair -> certainty[pair]).toArray(),
                IntStream.of(order).mapToDouble(pair -> agrees[pair]).toArray());
    }

    /// @param bootstrap over people
    /// @return expected calibration error: mean absolute gap between predicted and actual
    ///   probability of the bins
    public Estimate error(Bootstrap bootstrap) {
        return bootstrap.statistic(people, this::error);
    }

    /// @param counts how often each person was drawn; all 1 without resampling
    double error(int[] counts) {
        Masses masses = masses(counts);
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(masses.predicted[bin] - masses.actual[bin]) / masses.total;
        }
        return error;
    }

    /// @return the bins that hold pairs, by rising certainty
    public List<Bin> bins() {
        int[] once = new int[people];
        Arrays.fill(once, 1);
        Masses masses = masses(once);
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            long pairs = masses.pairs[bin];
            if (pairs > 0) {
                bins.add(new Bin(masses.predicted[bin] / pairs, masses.actual[bin] / pairs, pairs));
            }
        }
        return bins;
    }

    private Masses masses(int[] counts) {
        long total = 0;
        for (int whose : person) {
            total += counts[whose];
        }
        Masses masses = new Masses(total, new double[BINS], new double[BINS], new long[BINS]);
        long before = 0;
        for (int pair = 0; pair < person.length; pair++) {
            int count = counts[person[pair]];
            int bin = (int) Math.min(BINS - 1, before * BINS / Math.max(1, total));
            masses.predicted[bin] += count * predicted[pair];
            masses.actual[bin] += count * actual[pair];
            masses.pairs[bin] += count;
            before += count;
        }
        return masses;
    }

    /// Sums over the pairs of each bin.
    private record Masses(long total, double[] predicted, double[] actual, long[] pairs) {}
}
