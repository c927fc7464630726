package dev.konomi.gallery.painting;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// Big square pixels of few colours, with a dark outline around the subject.
final class PixelArt implements Manner {
    private static final int BLOCK = 4;
    private static final int CELLS = Sketch.SIDE / BLOCK;
    private static final int[] BAYER = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};

    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        Canvas small = new Canvas(CELLS);
        small.paint(sketch, colours, false, 1.0 / BLOCK, patch -> true);
        Canvas mask = new Canvas(CELLS);
        mask.paint(sketch, colours, false, 1.0 / BLOCK, patch -> patch.plane() != Patch.Plane.SUBJECT || patch.line());
        int[] cells = small.pixels();
        int[] without = mask.pixels();
        int[] few = few(colours);
        Canvas canvas = new Canvas();
        int[] out = canvas.pixels();
        for (int y = 0; y < CELLS; y++) {
            for (int x = 0; x < CELLS; x++) {
                int at = y * CELLS + x;
                boolean subject = cells[at] != without[at];
                boolean outline = !subject
                        && (x > 0 && cells[at - 1] != without[at - 1]
                                || x < CELLS - 1 && cells[at + 1] != without[at + 1]
                                || y > 0 && cells[at - CELLS] != without[at - CELLS]
                                || y < CELLS - 1 && cells[at + CELLS] != without[at + CELLS]);
                int dither = subject ? 0 : (BAYER[y % 4 * 4 + x % 4] - 8) * 2;
                int colour = outline ? colours.of(Tone.INK) : nearest(few, cells[at], dither);
                for (int dy = 0; dy < BLOCK; dy++) {
                    int row = (y * BLOCK + dy) * Sketch.SIDE + x * BLOCK;
                    java.util.Arrays.fill(out, row, row + BLOCK, colour);
                }
            }
        }
        return canvas.image();
    }

    private static int[] few(Colours colours) {
        double[] shades = {-0.22, 0, 0.18};
        int[] few = new int[Tone.values().length * shades.length];
        int next = 0;
        for (Tone tone : Tone.values()) {
            for (double shade : shades) {
                few[next++] = colours.of(tone, shade);
            }
        }
        return few;
    }

    private static int nearest(int[] few, int colour, int dither) {
        int best = few[0];
        int least = Integer.MAX_VALUE;
        for (int candidate : few) {
            int red = Colours.red(candidate) - Colours.red(colour) - dither;
            int green = Colours.green(candidate) - Colours.green(colour) - dither;
            int blue = Colours.blue(candidate) - Colours.blue(colour) - dither;
            int distance = red * red + green * green + blue * blue;
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }
}
