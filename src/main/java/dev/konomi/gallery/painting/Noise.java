package dev.konomi.gallery.painting;

import java.util.SplittableRandom;

/// Smooth random values from 0 to 1 over the picture: a lattice, interpolated.
final class Noise {
    private final float[][] lattice;
    private final float stepX;
    private final float stepY;

    /// @param stepX pixels from one random value to the next, from left to right
    /// @param stepY the same downwards
    Noise(SplittableRandom random, double stepX, double stepY) {
        this.stepX = (float) stepX;
        this.stepY = (float) stepY;
        lattice = new float[(int) (Sketch.SIDE / stepY) + 3][(int) (Sketch.SIDE / stepX) + 3];
        for (float[] row : lattice) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextDouble();
            }
        }
    }

    Noise(SplittableRandom random, double step) {
        this(random, step, step);
    }

    /// The value at a pixel of the picture.
    float at(int x, int y) {
        float u = x / stepX;
        float v = y / stepY;
        int i = (int) u;
        int j = (int) v;
        float s = smooth(u - i);
        float t = smooth(v - j);
        float above = lattice[j][i] + s * (lattice[j][i + 1] - lattice[j][i]);
        float below = lattice[j + 1][i] + s * (lattice[j + 1][i + 1] - lattice[j + 1][i]);
        return above + t * (below - above);
    }

    private static float smooth(float share) {
        return share * share * (3 - 2 * share);
    }
}
