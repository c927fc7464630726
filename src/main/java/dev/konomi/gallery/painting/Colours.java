package dev.konomi.gallery.painting;

import dev.konomi.gallery.Palette;
import java.util.SplittableRandom;

/// A palette's colours for one picture: a little warmer or cooler, lighter or darker than the palette's own.
final class Colours {
    private final int[] colours = new int[Tone.values().length];

    Colours(Palette palette, SplittableRandom random) {
        int[] shift = new int[3];
        for (int c = 0; c < 3; c++) {
            shift[c] = random.nextInt(-9, 10);
        }
        for (int tone = 0; tone < 8; tone++) {
            int colour = palette.colour(tone);
            colours[tone] = rgb(red(colour) + shift[0], green(colour) + shift[1], blue(colour) + shift[2]);
        }
        colours[Tone.INK.ordinal()] = mix(colours[Tone.NEAR.ordinal()], 0x000000, 0.55);
    }

    int of(Tone tone) {
        return colours[tone.ordinal()];
    }

    /// A tone made lighter (`shade` to 1) or darker (to −1).
    int of(Tone tone, double shade) {
        return shade >= 0 ? mix(of(tone), 0xFFFFFF, shade) : mix(of(tone), 0x000000, -shade);
    }

    static int mix(int one, int other, double share) {
        return rgb(
                (int) Math.round(red(one) + share * (red(other) - red(one))),
                (int) Math.round(green(one) + share * (green(other) - green(one))),
                (int) Math.round(blue(one) + share * (blue(other) - blue(one))));
    }

    static int rgb(int red, int green, int blue) {
        return Math.clamp(red, 0, 255) << 16 | Math.clamp(green, 0, 255) << 8 | Math.clamp(blue, 0, 255);
    }

    static int red(int colour) {
        return colour >> 16 & 255;
    }

    static int green(int colour) {
        return colour >> 8 & 255;
    }

    static int blue(int colour) {
        return colour & 255;
    }

    /// Perceived lightness, 0 to 1 (Rec. 601 weights).
    static double luminance(int colour) {
        return (0.299 * red(colour) + 0.587 * green(colour) + 0.114 * blue(colour)) / 255;
    }
}
