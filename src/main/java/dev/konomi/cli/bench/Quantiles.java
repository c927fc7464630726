package dev.konomi.cli.bench;

import java.util.Arrays;

/// Where the middle half of some figures lies.
///
/// @param low a quarter is no larger
/// @param median half is no larger
/// @param high a quarter is no smaller
public record Quantiles(double low, double median, double high) {
    /// @param figures at least one; between two of them it is interpolated
    static Quantiles of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return new Quantiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    static Quantiles of(long... figures) {
        return of(Arrays.stream(figures).asDoubleStream().toArray());
    }

    private static double at(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
