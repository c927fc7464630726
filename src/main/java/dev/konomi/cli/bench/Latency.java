package dev.konomi.cli.bench;

import java.util.Arrays;

/// How long a request takes.
///
/// @param p50Millis half of the requests take no longer
/// @param p99Millis 99 of 100 requests take no longer
public record Latency(double p50Millis, double p99Millis) {
    private static final double NANOS = 1e6;

    /// @param nanos how long each request took; at least one
    static Latency of(long[] nanos) {
        return new Latency(quantile(nanos, 0.5), quantile(nanos, 0.99));
    }

    /// @return the smallest time that a share of the requests does not exceed, in milliseconds
    private static double quantile(long[] nanos, double share) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS;
    }
}
