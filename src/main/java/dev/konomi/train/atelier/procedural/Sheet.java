package dev.konomi.train.atelier.procedural;

import dev.konomi.item.Pixels;
import java.util.SplittableRandom;

/// What formulas are painted on: places from 0 to 1 in both directions, colours from 0 to 1.
final class Sheet {
    private final int edge;
    /// `[edge, edge, 3]`
    private final float[] rgb;

    Sheet(int edge) {
        this.edge = edge;
        rgb = new float[3 * edge * edge];
    }

    /// A number for each place.
    interface Field {
        double at(double x, double y);
    }

    /// A colour for each number from 0 to 1.
    interface Ramp {
        void colour(double value, float[] to);
    }

    /// Colours every place by the field's value there.
    void fill(Field field, Ramp ramp) {
        float[] colour = new float[3];
        for (int row = 0; row < edge; row++) {
            for (int column = 0; column < edge; column++) {
                ramp.colour(Math.clamp(field.at((column + 0.5) / edge, (row + 0.5) / edge), 0, 1), colour);
                System.arraycopy(colour, 0, rgb, 3 * (row * edge + column), 3);
            }
        }
    }

    /// Lays a colour over what is there, as strongly as the field says, 0 to 1.
    void lay(Field cover, float[] colour) {
        lay(0, 0, 1, 1, cover, colour);
    }

    /// The same within a rectangle only.
    void lay(double left, double top, double right, double bottom, Field cover, float[] colour) {
        int firstRow = Math.clamp((int) (top * edge), 0, edge);
        int lastRow = Math.clamp((int) Math.ceil(bottom * edge), 0, edge);
        int firstColumn = Math.clamp((int) (left * edge), 0, edge);
        int lastColumn = Math.clamp((int) Math.ceil(right * edge), 0, edge);
        for (int row = firstRow; row < lastRow; row++) {
            for (int column = firstColumn; column < lastColumn; column++) {
                float share = (float) Math.clamp(cover.at((column + 0.5) / edge, (row + 0.5) / edge), 0, 1);
                int at = 3 * (row * edge + column);
                for (int c = 0; c < 3; c++) {
                    rgb[at + c] += share * (colour[c] - rgb[at + c]);
                }
            }
        }
    }

    /// Covers fully inside, not at all a pixel outside.
    double edge(double distanceInside) {
        return distanceInside * edge + 0.5;
    }

    /// Adds noise to every value, as cameras do.
    void grain(double strength, SplittableRandom random) {
        for (int k = 0; k < rgb.length; k++) {
            rgb[k] += (float) (strength * (random.nextDouble() - 0.5));
        }
    }

    Pixels pixels() {
        byte[] bytes = new byte[rgb.length];
        for (int k = 0; k < rgb.length; k++) {
            bytes[k] = (byte) Math.clamp(Math.round(255 * rgb[k]), 0, 255);
        }
        return new Pixels(edge, edge, bytes);
    }
}
