package dev.konomi.train.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Which token of the release before each new token goes on with: the one-to-one assignment with the largest sum of
/// correlations of activations over the same histories, of those that are alike enough. Vectors of two trainings
/// cannot be compared, what they say of people can.
///
/// @param tokens one for each new token
/// @param retired places of the earlier tokens that nobody goes on with
public record TokenMatching(List<Match> tokens, List<Integer> retired) {
    /// The least correlation of two tokens that are one taste.
    public static final double ALIKE = 0.5;

    public TokenMatching {
        tokens = List.copyOf(tokens);
        retired = List.copyOf(retired);
    }

    /// @param predecessor place of the earlier token; none for a new taste
    /// @param correlation with it, or the largest with any where there is none; −1 to 1
    public record Match(OptionalInt predecessor, double correlation) {}

    /// @param before activations under the earlier release, `[people][tokens]`
    /// @param after activations of the same people under the new one, `[people][tokens]`
    /// @throws IllegalArgumentException unless there are as many people in both, and one at least
    public static TokenMatching of(float[][] before, float[][] after) {
        if (before.length != after.length || before.length == 0) {
            throw new IllegalArgumentException("Activations of " + before.length + " people before and of "
                    + after.length + " after: give the same people, at least one.");
        }
        double[][] earlier = standardised(before);
        double[][] later = standardised(after);
        double[][] correlation = new double[later.length][earlier.length];
        double[][] gain = new double[later.length][earlier.length];
        for (int m = 0; m < later.length; m++) {
            for (int k = 0; k < earlier.length; k++) {
                for (int i = 0; i < before.length; i++) {
                    correlation[m][k] += later[m][i] * earlier[k][i];
                }
                // A pair that will not count must not push one aside that does.
                gain[m][k] = correlation[m][k] >= ALIKE ? correlation[m][k] : 0;
            }
        }
        int[] chosen = Assignment.best(gain);
        List<Integer> retired = new ArrayList<>();
        for (int k = 0; k < earlier.length; k++) {
            retired.add(k);
        }
        List<Match> matches = new ArrayList<>();
        for (int m = 0; m < later.length; m++) {
            int k = chosen[m];
            if (k >= 0 && correlation[m][k] >= ALIKE) {
                matches.add(new Match(OptionalInt.of(k), correlation[m][k]));
                retired.remove(Integer.valueOf(k));
            } else {
                matches.add(new Match(OptionalInt.empty(), largest(correlation[m])));
            }
        }
        return new TokenMatching(matches, retired);
    }

    private static double largest(double[] values) {
        double largest = values[0];
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /// @return `[tokens][people]`, mean 0 and length 1; all 0 for a token that is the same to everybody
    private static double[][] standardised(float[][] activations) {
        int people = activations.length;
        double[][] columns = new double[activations[0].length][people];
        for (int m = 0; m < columns.length; m++) {
            double mean = 0;
            for (float[] person : activations) {
                mean += (double) person[m] / people;
            }
            double squares = 0;
            for (int i = 0; i < people; i++) {
                columns[m][i] = activations[i][m] - mean;
                squares += columns[m][i] * columns[m][i];
            }
            double length = Math.sqrt(squares);
            for (int i = 0; i < people; i++) {
                columns[m][i] = length > 1e-9 ? columns[m][i] / length : 0;
            }
        }
        return columns;
    }
}
