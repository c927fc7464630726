package dev.konomi.cli.evaluate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which ratings count, such as `>=4`.
///
/// @param sign one of `>=`, `>`, `<=`, `<`, `=`
/// @param bound what ratings are compared with
public record Threshold(String sign, double bound) {
    private static final Pattern FORM = Pattern.compile("\\s*(>=|<=|==|=|>|<)\\s*(-?[0-9]*\\.?[0-9]+)\\s*");

    /// @param text such as `>=4`, `< 2.5` or `=1`
    /// @throws IllegalArgumentException when it is none of these
    public static Threshold of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no threshold: write a sign and a number, such as >=4 or <=2.");
        }
        String sign = matcher.group(1);
        return new Threshold(sign.equals("==") ? "=" : sign, Double.parseDouble(matcher.group(2)));
    }

    /// @return whether the rating counts
    public boolean holds(double rating) {
        return switch (sign) {
            case ">=" -> rating >= bound;
            case ">" -> rating > bound;
            case "<=" -> rating <= bound;
            case "<" -> rating < bound;
            default -> rating == bound;
        };
    }

    @Override
    public String toString() {
        return sign + (bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound));
    }
}
