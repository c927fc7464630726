package dev.konomi.train.atelier.procedural;

import java.util.SplittableRandom;

/// Smooth random values from 0 to 1 over the plane, repeating after 64 cells.
final class Lattice {
    private static final int CELLS = 64;

    private final float[] values = new float[CELLS * CELLS];

    Lattice(SplittableRandom random) {
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextDouble();
        }
    }

    double at(double x, double y) {
        double column = Math.floor(x);
        double row = Math.floor(y);
        double s = smooth(x - column);
        double t = smooth(y - row);
        int i = (int) column;
        int j = (int) row;
        double above = value(i, j) + s * (value(i + 1, j) - value(i, j));
        double below = value(i, j + 1) + s * (value(i + 1, j + 1) - value(i, j + 1));
        return above + t * (below - above);
    }

    /// Four octaves, each twice as fine.
    ///
    /// @param roughness what an octave keeps of the strength of the one before
    double octaves(double x, double y, double roughness) {
        double sum = 0;
        double total = 0;
        double strength = 1;
        double finer = 1;
        for (int octave = 0; octave < 4; octave++) {
            sum += strength * at(finer * x + 17 * octave, finer * y + 5 * octave);
            total += strength;
            strength *= roughness;
            finer *= 2;
        }
        return sum / total;
    }

    /// One of the lattice's own values.
    double value(int column, int row) {
        return values[Math.floorMod(row, CELLS) * CELLS + Math.floorMod(column, CELLS)];
    }

    private static double smooth(double share) {
        return share * share * (3 - 2 * share);
    }
}
