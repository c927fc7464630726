package dev.konomi.gallery.painting;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Dots of pure colour side by side.
final class Pointillism implements Manner {
    private static final int SIDE = Sketch.SIDE;

    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        int[] flat = Canvas.flat(sketch, colours).pixels();
        Canvas canvas = new Canvas();
        int[] out = canvas.pixels();
        int ground = Colours.mix(colours.of(Tone.HORIZON), colours.of(Tone.LIGHT), 0.5);
        java.util.Arrays.fill(out, ground);
        boolean[] subject = Canvas.subject(sketch);
        dots(flat, out, null, colours, random, 6, 4.0);
        dots(flat, out, null, colours, random, 4, 2.4);
        dots(flat, out, subject, colours, random, 3, 1.6);
        return canvas.image();
    }

    private static void dots(
            int[] flat,
            int[] out,
            boolean @Nullable [] where,
            Colours colours,
            SplittableRandom random,
            int step,
            double radius) {
        for (int row = 0; row < SIDE; row += step) {
            for (int column = 0; column < SIDE; column += step) {
                double x = column + random.nextDouble(-1, step + 1);
                double y = row + random.nextDouble(-1, step + 1);
                int at = clamp((int) y) * SIDE + clamp((int) x);
                if (where != null && !where[at]) {
                    continue;
                }
                int colour = flat[at];
                double vivid = where == null ? 1 : 0.6;
                double shade = vivid * random.nextDouble(-0.24, 0.28);
                colour = Colours.mix(colour, shade < 0 ? colours.of(Tone.NEAR) : 0xFFFFFF, Math.abs(shade));
                if (where == null && random.nextInt(9) == 0) {
                    Tone other = random.nextBoolean() ? Tone.TRIM : Tone.BODY;
                    colour = Colours.mix(colour, colours.of(other), 0.5);
                }
                dot(out, x, y, radius * random.nextDouble(0.75, 1.1), colour);
            }
        }
    }

    private static void dot(int[] out, double x, double y, double radius, int colour) {
        for (int py = Math.max(0, (int) (y - radius)); py <= Math.min(SIDE - 1, y + radius); py++) {
            for (int px = Math.max(0, (int) (x - radius)); px <= Math.min(SIDE - 1, x + radius); px++) {
                double distance = Math.sqrt((px - x) * (px - x) + (py - y) * (py - y));
                double cover = Math.clamp(radius + 0.5 - distance, 0.0, 1.0);
                if (cover > 0) {
                    int at = py * SIDE + px;
                    out[at] = Colours.mix(out[at], colour, cover);
                }
            }
        }
    }

    private static int clamp(int at) {
        return Math.clamp(at, 0, SIDE - 1);
    }
}
