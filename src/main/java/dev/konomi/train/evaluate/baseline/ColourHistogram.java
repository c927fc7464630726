package dev.konomi.train.evaluate.baseline;

import dev.konomi.item.Pixels;

/// What colours a picture has, and nothing of where they are: the plainest description of an image.
public final class ColourHistogram {
    private static final int STEPS = 4;

    /// How many bins there are: four steps each of red, green and blue.
    public static final int BINS = STEPS * STEPS * STEPS;

    private ColourHistogram() {}

    /// @return square roots of the bins' shares of the pixels, `[64]`: the dot product of two is
    ///     their Bhattacharyya coefficient
    public static float[] of(Pixels pixels) {
        byte[] rgb = pixels.rgb();
        int[] count = new int[BINS];
        for (int at = 0; at < rgb.length; at += 3) {
            count[(step(rgb[at]) * STEPS + step(rgb[at + 1])) * STEPS + step(rgb[at + 2])]++;
        }
        float[] histogram = new float[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            histogram[bin] = (float) Math.sqrt(3.0 * count[bin] / rgb.length);
        }
        return histogram;
    }

    private static int step(byte value) {
        return (value & 0xFF) * STEPS / 256;
    }
}
