package dev.konomi.train.atelier;

import dev.konomi.item.Pixels;

/// Numbers that describe any picture without knowing what it shows: the mean colour of its quarters, the spread of its
/// colours, how light, colourful and busy it is.
final class PictureStatistics {
    /// 12 means (four quarters × RGB), 3 deviations, 2 edge energies (along x, along y), mean saturation.
    static final int COUNT = 18;

    private PictureStatistics() {}

    /// Roughly in −2…2 each, `[COUNT]`.
    static float[] of(Pixels picture) {
        int w = picture.width();
        int h = picture.height();
        byte[] rgb = picture.rgb();
        double[] quarter = new double[12];
        double[] sum = new double[3];
        double[] squares = new double[3];
        double saturation = 0;
        double alongX = 0;
        double alongY = 0;
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int at = 3 * (y * w + x);
                int most = 0;
                int least = 255;
                for (int c = 0; c < 3; c++) {
                    int value = rgb[at + c] & 0xFF;
                    quarter[3 * (2 * (2 * y / h) + 2 * x / w) + c] += value;
                    sum[c] += value;
                    squares[c] += value * value;
                    most = Math.max(most, value);
                    least = Math.min(least, value);
                }
                saturation += most - least;
                int green = rgb[at + 1] & 0xFF;
                if (x > 0) {
                    alongX += Math.abs(green - (rgb[at - 2] & 0xFF));
                }
                if (y > 0) {
                    alongY += Math.abs(green - (rgb[at + 1 - 3 * w] & 0xFF));
                }
            }
        }
        double n = (double) w * h;
        float[] all = new float[COUNT];
        for (int k = 0; k < 12; k++) {
            all[k] = (float) (quarter[k] / (n / 4) / 64 - 2);
        }
        for (int c = 0; c < 3; c++) {
            double mean = sum[c] / n;
            all[12 + c] = (float) (Math.sqrt(Math.max(0, squares[c] / n - mean * mean)) / 32 - 1.5);
        }
        all[15] = (float) (alongX / n / 6 - 1);
        all[16] = (float) (alongY / n / 6 - 1);
        all[17] = (float) (saturation / n / 64 - 1);
        return all;
    }
}
