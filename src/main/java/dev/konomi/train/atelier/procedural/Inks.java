package dev.konomi.train.atelier.procedural;

import dev.konomi.train.atelier.procedural.ProceduralPicture.Traits;
import java.util.SplittableRandom;

/// The colours of one picture: a ground and what is painted on it.
final class Inks {
    private final double hue;
    private final double saturation;
    private final double variety;
    private final double dark;
    private final double light;
    private final SplittableRandom random;

    /// Draws them and notes hue, saturation, variety and contrast.
    Inks(Traits traits, SplittableRandom random) {
        this.random = random;
        hue = traits.noteHue(random.nextDouble());
        saturation = traits.note(Trait.SATURATION, random.nextDouble());
        variety = traits.note(Trait.VARIETY, random.nextDouble());
        double contrast = traits.note(Trait.CONTRAST, random.nextDouble());
        double middle = random.nextDouble(0.35, 0.65);
        double reach = 0.08 + 0.27 * contrast;
        dark = Math.max(0, middle - reach);
        light = Math.min(1, middle + reach);
    }

    /// From the dark end to the light end, through other hues as far as the inks vary.
    Sheet.Ramp ramp() {
        return (value, to) -> hsv(
                hue + variety * 0.5 * (value - 0.5), saturation * (1 - 0.4 * value), dark + (light - dark) * value, to);
    }

    float[] ground(boolean bright) {
        return colour(hue, bright ? light : dark);
    }

    /// A colour that stands out from the [#ground].
    float[] mark(boolean onBright) {
        double other = hue + variety * (random.nextDouble() - 0.5);
        return colour(other, onBright ? dark : light);
    }

    private float[] colour(double turn, double brightness) {
        float[] colour = new float[3];
        hsv(turn, saturation, brightness, colour);
        return colour;
    }

    static void hsv(double turn, double saturation, double brightness, float[] to) {
        for (int c = 0; c < 3; c++) {
            double k = ((5 - 2 * c + 6 * (turn - Math.floor(turn))) % 6);
            to[c] = (float) (brightness * (1 - saturation * Math.clamp(Math.min(k, 4 - k), 0, 1)));
        }
    }
}
