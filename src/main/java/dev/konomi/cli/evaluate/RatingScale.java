package dev.konomi.cli.evaluate;

import java.util.Arrays;
import java.util.List;

/// The scale that ratings were given on.
///
/// @param low the worst rating there is
/// @param high the best
public record RatingScale(double low, double high) {
    private static final List<RatingScale> KNOWN = List.of(
            new RatingScale(0, 1),
            new RatingScale(-1, 1),
            new RatingScale(1, 5),
            new RatingScale(0, 5),
            new RatingScale(1, 7),
            new RatingScale(1, 10),
            new RatingScale(0, 10),
            new RatingScale(1, 100),
            new RatingScale(0, 100));

    /// Of a scale that people know at least this share is used.
    private static final double USED = 0.4;

    public RatingScale {
        if (!(high > low)) {
            throw new IllegalArgumentException("All ratings are " + low + ": give ratings that differ.");
        }
    }

    /// @param ratings at least two different ones
    /// @return the narrowest usual scale that holds them all (0 to 1, −1 to 1, 1 to 5, 0 to 5, 1 to 7,
    ///     1 or 0 to 10 or 100); what is between the lowest and the highest where none does, or
    ///     where most of it would be unused
    /// @throws IllegalArgumentException when all are the same
    public static RatingScale of(double[] ratings) {
        double low = Arrays.stream(ratings).min().orElse(0);
        double high = Arrays.stream(ratings).max().orElse(0);
        RatingScale observed = new RatingScale(low, high);
        return KNOWN.stream()
                .filter(scale -> scale.low <= low && high <= scale.high)
                .findFirst()
                .filter(scale -> observed.range() >= USED * scale.range())
                .orElse(observed);
    }

    /// @return how far the best is from the worst
    public double range() {
        return high - low;
    }

    /// @return the upper quarter, ends included: `>=4` of 1 to 5
    public Threshold like() {
        return new Threshold(">=", low + 0.75 * range());
    }

    /// @return the lower quarter, ends included: `<=2` of 1 to 5
    public Threshold dislike() {
        return new Threshold("<=", low + 0.25 * range());
    }

    /// @return a popularity gap that is small: a tenth of the range, 0.4 of 1 to 5
    public double close() {
        return range() / 10;
    }
}
