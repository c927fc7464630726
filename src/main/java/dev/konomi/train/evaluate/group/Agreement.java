package dev.konomi.train.evaluate.group;

import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Bootstrap;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// How well two ways to sort the same people into groups agree. What the groups are called does
/// not matter.
///
/// People may be counted more than once (a bootstrap draws them so); a person is then never
/// compared with themselves, or every resample would agree better than the people it was drawn
/// from.
public final class Agreement {
    private final int[] found;
    private final int[] known;
    private final int foundGroups;
    private final int knownGroups;

    /// @param found the group of each person, from 0
    /// @param known the same people's true groups, from 0
    /// @throws IllegalArgumentException if these are not the same people, fewer than two, or a
    ///   group is negative
    public Agreement(int[] found, int[] known) {
        if (found.length != known.length || found.length < 2) {
            throw new IllegalArgumentException("Agreement needs two groupings of the same people, at least two: got "
                    + found.length + " and " + known.length + " people.");
        }
        this.found = found.clone();
        this.known = known.clone();
        this.foundGroups = groups(found);
        this.knownGroups = groups(known);
    }

    private static int groups(int[] labels) {
        if (IntStream.of(labels).anyMatch(label -> label < 0)) {
            throw new IllegalArgumentException("Groups are numbered from 0, got " + Arrays.toString(labels) + ".");
        }
        return 1 + IntStream.of(labels).max().orElse(0);
    }

    /// The adjusted Rand index (Hubert and Arabie 1985): how often pairs of people are together
    /// in both groupings, 0 as by chance and 1 for the same groupings.
    ///
    /// @param bootstrap over people
    public Estimate adjustedRandIndex(Bootstrap bootstrap) {
        return bootstrap.statistic(found.length, counts -> adjustedRandIndex(found, counts));
    }

    /// Normalised mutual information, `2 I(found; known) / (H(found) + H(known))`: 1 for the same
    /// groupings, and above 0 by chance where people are few.
    ///
    /// @param bootstrap over people
    public Estimate normalisedMutualInformation(Bootstrap bootstrap) {
        return bootstrap.statistic(found.length, this::normalisedMutualInformation);
    }

    /// The permutation test: how often people, dealt out at random to groups of the sizes that
    /// were found, agree at least as well (by the adjusted Rand index).
    ///
    /// @param permutations how many deals; the smallest answer is `1 / (permutations + 1)`
    /// @param seed of the deals
    /// @return `(1 + deals that agree as well) / (1 + deals)`
    public double permutationTest(int permutations, long seed) {
        if (permutations < 1) {
            throw new IllegalArgumentException("A permutation test needs a deal or more, got " + permutations + ".");
        }
        int[] once = once();
        double observed = adjustedRandIndex(found, once);
        int[] dealt = found.clone();
        SplittableRandom random = new SplittableRandom(seed);
        int asGood = 1;
        for (int deal = 0; deal < permutations; deal++) {
            for (int i = dealt.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int kept = dealt[i];
                dealt[i] = dealt[j];
                dealt[j] = kept;
            }
            asGood += adjustedRandIndex(dealt, once) >= observed - 1e-12 ? 1 : 0;
        }
        return asGood / (1.0 + permutations);
    }

    private int[] once() {
        int[] once = new int[found.length];
        Arrays.fill(once, 1);
        return once;
    }

    /// `c_i` people like person `i` make `(n² − Σ c_i²) / 2` pairs of different people out of `n
    /// = Σ c_i`, in a cell of the table as in the whole; with `c_i = 1` this is `n (n − 1) / 2`.
    private double adjustedRandIndex(int[] labels, int[] counts) {
        long[] table = new long[foundGroups * knownGroups];
        long[] row = new long[foundGroups];
        long[] column = new long[knownGroups];
        long all = 0;
        double same = 0;
        for (int i = 0; i < labels.length; i++) {
            table[labels[i] * knownGroups + known[i]] += counts[i];
            row[labels[i]] += counts[i];
            column[known[i]] += counts[i];
            all += counts[i];
            same += (double) counts[i] * counts[i];
        }
        double together = squares(table) - same;
        double rows = squares(row) - same;
        double columns = squares(column) - same;
        double expected = rows * columns / ((double) all * all - same);
        double most = (rows + columns) / 2;
        // Everybody in one group, or everybody alone, in both groupings: nothing can differ.
        return most - expected == 0 || Double.isNaN(expected) ? 1 : (together - expected) / (most - expected);
    }

    private static double squares(long[] sizes) {
        double squares = 0;
        for (long size : sizes) {
            squares += (double) size * size;
        }
        return squares;
    }

    private double normalisedMutualInformation(int[] counts) {
        double[] table = new double[foundGroups * knownGroups];
        double[] row = new double[foundGroups];
        double[] column = new double[knownGroups];
        double all = 0;
        for (int i = 0; i < found.length; i++) {
            table[found[i] * knownGroups + known[i]] += counts[i];
            row[found[i]] += counts[i];
            column[known[i]] += counts[i];
            all += counts[i];
        }
        double separate = entropy(row, all) + entropy(column, all);
        return separate == 0 ? 1 : 2 * (separate - entropy(table, all)) / separate;
    }

    private static double entropy(double[] sizes, double all) {
        double entropy = 0;
        for (double size : sizes) {
            entropy -= size > 0 ? size / all * Math.log(size / all) : 0;
        }
        return entropy;
    }
}
