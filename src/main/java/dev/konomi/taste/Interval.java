package dev.konomi.taste;

import dev.konomi.release.Manifest;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// Where a person's true probability lies with a probability of 90 %.
///
/// @param low between 0 and `high`
/// @param high at most 1
@RegisterForReflection
public record Interval(double low, double high) {
    /// `Φ⁻¹(.005 k)` for `k = 1 … 20`.
    private static final double[] QUANTILES = {
        -2.575829, -2.326348, -2.170090, -2.053749, -1.959964, -1.880794, -1.811911, -1.750686, -1.695398, -1.644854,
        -1.598193, -1.554774, -1.514102, -1.475791, -1.439531, -1.405072, -1.372204, -1.340755, -1.310579, -1.281552
    };

    /// Tokens that are activated less than this change no interval's second digit.
    private static final float FAINT = 1e-4f;

    public Interval {
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("An interval of probabilities from " + low + " to " + high + ".");
        }
    }

    /// Of the person's log-odds `N(c·margin, c² · tokenVariance + v)` the shortest interval of
    /// probabilities that holds 90 %, out of those whose lower tail is a whole number of half percents;
    /// stretched to `probability` where that lies beside it.
    ///
    /// @param spread `c` and `v`
    /// @param margin score minus the median item's
    /// @param tokenVariance from [#tokenVariance]
    /// @param probability what is answered
    public static Interval of(Manifest.Spread spread, double margin, double tokenVariance, double probability) {
        double scale = spread.scale();
        double mean = scale * margin;
        double deviation = Math.sqrt(scale * scale * tokenVariance + spread.variance());
        int places = QUANTILES.length;
        double low = 0;
        double high = 1;
        for (int below = 0; below <= places; below++) {
            // Nothing below: all of it under the quantile of 90 %; nothing above: all of it over that of 10 %.
            double from = below == 0 ? 0 : Scorer.sigmoid(mean + deviation * QUANTILES[below - 1]);
            double to = below == places ? 1 : Scorer.sigmoid(mean - deviation * QUANTILES[places - below - 1]);
            if (to - from < high - low) {
                low = from;
                high = to;
            }
        }
        return new Interval(Math.min(low, probability), Math.max(high, probability));
    }

    /// How far a score depends on which token is the person's.
    ///
    /// @param activations `a`, `[M]`
    /// @param tokens `p_m`, `[M][G]`
    /// @param features `g(z)`, `[G]`
    /// @return `Σ a_m (p_m·g)² − (Σ a_m p_m·g)²`
    public static double tokenVariance(float[] activations, float[][] tokens, float[] features) {
        double mean = 0;
        double square = 0;
        for (int token = 0; token < tokens.length; token++) {
            if (activations[token] >= FAINT) {
                double part = Scorer.dot(tokens[token], features);
                mean += activations[token] * part;
                square += activations[token] * part * part;
            }
        }
        return Math.max(0, square - mean * mean);
    }
}
