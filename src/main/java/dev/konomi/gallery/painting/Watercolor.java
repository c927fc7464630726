package dev.konomi.gallery.painting;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// Pigment that runs a little, gathers at its edges and leaves the paper's border white.
final class Watercolor implements Manner {
    private static final int SIDE = Sketch.SIDE;

    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        int[] flat = Canvas.flat(sketch, colours).pixels();
        int[] soft = Blur.of(flat, 2);
        Noise runX = new Noise(random, 15);
        Noise runY = new Noise(random, 15);
        Noise pool = new Noise(random, 34);
        Noise grain = new Noise(random, 2.3);
        int paper = Colours.mix(0xFFFFFF, colours.of(Tone.LIGHT), 0.12);
        Canvas canvas = new Canvas();
        int[] out = canvas.pixels();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                float u = runX.at(x, y);
                float v = runY.at(x, y);
                int from = at((int) (x + 9 * (u - 0.5f)), (int) (y + 9 * (v - 0.5f)));
                int colour = flat[from];
                double edge = difference(colour, soft[from]);
                double density = 0.72 + 0.42 * (pool.at(x, y) - 0.5) + 0.2 * (grain.at(x, y) - 0.5) + 1.1 * edge;
                double border = Math.min(Math.min(x, SIDE - 1 - x), Math.min(y, SIDE - 1 - y)) - 4 - 9 * u;
                density *= Math.clamp(border / 2.5, 0.0, 1.0);
                int pigment = Colours.mix(colour, soft[at(x, y)], 0.3);
                out[y * SIDE + x] = Colours.mix(paper, pigment, Math.clamp(density, 0.0, 1.12));
            }
        }
        return canvas.image();
    }

    private static int at(int x, int y) {
        return Math.clamp(y, 0, SIDE - 1) * SIDE + Math.clamp(x, 0, SIDE - 1);
    }

    /// How far two colours lie apart, 0 to 1.
    private static double difference(int one, int other) {
        return (Math.abs(Colours.red(one) - Colours.red(other))
                        + Math.abs(Colours.green(one) - Colours.green(other))
                        + Math.abs(Colours.blue(one) - Colours.blue(other)))
                / 765.0;
    }
}
