package dev.konomi.gallery;

/// The distribution that worlds and their people are drawn from. With `K` segments, the value `v` of an attribute adds
/// `w[k][v]` to what segment `k` thinks of a picture, and each interaction of two attributes adds or takes away
/// a little where both values belong to a random set:
///
/// - `w[k][v] = ± U(0.6, 1.6)` with probability `effects`, else `N(0, 0.15²)`;
/// - an interaction's strength is `± U(0.8, 1.4)`, its sets hold each value with probability 0.4;
///   the first is always between palette and style;
/// - a segment's utility is `sharpness` times the sum of these, general appeal adds `N(0, appeal²)` for each value;
/// - a person adds `N(0, (deviation · sd)²)` for each value, `sd` being the world's own root mean square of `w`;
/// - segment weights are `Dirichlet(evenness)`; `twoInterests` of the people combine two segments by log-sum-exp,
///   a pair as likely as the product of its weights.
///
/// @param segments number of segments
/// @param effects share of values that a segment clearly likes or dislikes
/// @param interactions interactions of two attributes in a segment
/// @param sharpness how strongly segments differ, against general appeal and individual deviation
/// @param appeal standard deviation of the general appeal that all share
/// @param deviation individual deviation as a share of the world's segment standard deviation (before `sharpness`)
/// @param evenness concentration of the segments' weights; large means equally large segments
/// @param twoInterests share of people with two interests
/// @param drifting share of people whose interest changes once within the choices they make
/// @param oracleAccuracy expected accuracy on random pairs of somebody who knows the person; fixes the scale of
/// utilities
public record Population(
        int segments,
        double effects,
        int interactions,
        double sharpness,
        double appeal,
        double deviation,
        double evenness,
        double twoInterests,
        double drifting,
        double oracleAccuracy) {
    /// Twelve segments that overlap, strong individual deviation.
    public static final Population BROAD = new Population(12, 0.4, 6, 1.0, 0.45, 0.5, 8, 0.2, 0.15, 0.85);

    /// The same with segments that differ twice as strongly.
    public static final Population SHARP = BROAD.withSharpness(2.0);

    /// @throws IllegalArgumentException if a parameter is out of range
    public Population {
        check(segments >= 1, "segments", segments, "at least 1");
        check(effects >= 0 && effects <= 1, "effects", effects, "from 0 to 1");
        check(interactions >= 0, "interactions", interactions, "at least 0");
        check(sharpness > 0, "sharpness", sharpness, "above 0");
        check(appeal >= 0, "appeal", appeal, "at least 0");
        check(deviation >= 0, "deviation", deviation, "at least 0");
        check(evenness > 0, "evenness", evenness, "above 0");
        check(twoInterests >= 0 && twoInterests <= 1, "twoInterests", twoInterests, "from 0 to 1");
        check(segments > 1 || twoInterests == 0, "twoInterests", twoInterests, "0 where there is one segment");
        check(drifting >= 0 && drifting <= 1, "drifting", drifting, "from 0 to 1");
        check(oracleAccuracy > 0.5 && oracleAccuracy < 1, "oracleAccuracy", oracleAccuracy, "between 0.5 and 1");
    }

    public Population withSharpness(double changed) {
        return new Population(
                segments,
                effects,
                interactions,
                changed,
                appeal,
                deviation,
                evenness,
                twoInterests,
                drifting,
                oracleAccuracy);
    }

    public Population withDrifting(double changed) {
        return new Population(
                segments,
                effects,
                interactions,
                sharpness,
                appeal,
                deviation,
                evenness,
                twoInterests,
                changed,
                oracleAccuracy);
    }

    /// The probability that nobody's interest has changed before `position` of a sequence of `choices`.
    double unchanged(int position, int choices) {
        return choices < 2 ? 1 : 1 - drifting * Math.clamp(position, 0, choices - 1) / (choices - 1);
    }

    private static void check(boolean holds, String name, Number value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + " and must be " + range);
        }
    }
}
