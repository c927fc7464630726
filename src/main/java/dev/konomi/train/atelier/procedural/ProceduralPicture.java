package dev.konomi.train.atelier.procedural;

import dev.konomi.item.Pixels;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A picture made by formulas and what it was made from.
///
/// @param pixels `[edge, edge, 3]`
/// @param kind what it is
/// @param traits `[Trait.COUNT]`: about −1 to 1, not a number where the kind has no such trait
public record ProceduralPicture(Pixels pixels, Kind kind, float[] traits) {
    /// A picture of a kind drawn evenly from all; the same random numbers give the same picture.
    ///
    /// @param edge side in pixels
    public static ProceduralPicture draw(SplittableRandom random, int edge) {
        return draw(Kind.values()[random.nextInt(Kind.COUNT)], random, edge);
    }

    /// A picture of this kind.
    ///
    /// @param edge side in pixels
    public static ProceduralPicture draw(Kind kind, SplittableRandom random, int edge) {
        Sheet sheet = new Sheet(edge);
        Traits traits = new Traits();
        switch (kind.family()) {
            case TEXTURE -> Textures.paint(kind, sheet, traits, random);
            case SHAPES -> Shapes.paint(kind, sheet, traits, random);
            case SCENERY -> Scenery.paint(kind, sheet, traits, random);
        }
        return new ProceduralPicture(sheet.pixels(), kind, traits.values);
    }

    /// Notes traits while a picture is made.
    static final class Traits {
        private final float[] values = new float[Trait.COUNT];

        Traits() {
            Arrays.fill(values, Float.NaN);
        }

        /// @param share of the way from the trait's one end to the other, 0 to 1
        /// @return `share`
        double note(Trait trait, double share) {
            values[trait.ordinal()] = (float) (2 * share - 1);
            return share;
        }

        /// Notes an angle that repeats after half a turn.
        ///
        /// @return `angle`
        double noteAngle(double angle) {
            values[Trait.ALONG_X.ordinal()] = (float) Math.cos(2 * angle);
            values[Trait.ALONG_DIAGONAL.ordinal()] = (float) Math.sin(2 * angle);
            return angle;
        }

        /// Notes a hue.
        ///
        /// @param turn 0 to 1 around the circle
        /// @return `turn`
        double noteHue(double turn) {
            values[Trait.HUE_X.ordinal()] = (float) Math.cos(2 * Math.PI * turn);
            values[Trait.HUE_Y.ordinal()] = (float) Math.sin(2 * Math.PI * turn);
            return turn;
        }
    }
}
