package dev.konomi.report;

/// An estimate and its 95 % interval.
///
/// @param mean the estimate from everybody
/// @param low lower end of the interval
/// @param high upper end of the interval
public record Estimate(double mean, double low, double high) {
    public Estimate {
        if (low > high) {
            throw new IllegalArgumentException("An interval from " + low + " to " + high + " is upside down.");
        }
    }

    /// @return half the interval's width
    public double halfWidth() {
        return (high - low) / 2;
    }
}
