package dev.konomi.item;

import java.util.Arrays;

/// Features by hand, as aesthetics was predicted before networks: histograms of hue, saturation and
/// brightness, colourfulness (Hasler and Süsstrunk 2003), contrast, entropy, sharpness, edges and
/// their directions, detail at several scales, symmetry, where brightness lies, and the format.
public final class ImageStatistics {
    /// How many features there are.
    public static final int COUNT = 62;

    private static final int EDGE = 128;
    private static final int HUES = 12;
    private static final int SATURATIONS = 4;
    private static final int LEVELS = 8;
    private static final int DIRECTIONS = 8;
    private static final int SCALES = 5;
    private static final int THIRDS = 3;
    private static final double CLEAR_EDGE = 0.1;

    private final float[] features = new float[COUNT];
    private final double[][] luma = new double[EDGE][EDGE];
    private final double[][] saturation = new double[EDGE][EDGE];
    private int next;

    private ImageStatistics() {}

    /// @return features of about one another's size, `[COUNT]`
    public static float[] of(Pixels pixels) {
        ImageStatistics statistics = new ImageStatistics();
        statistics.colours(pixels.resize(EDGE).rgb());
        statistics.edges();
        statistics.scales();
        statistics.places();
        statistics.add(Math.log((double) pixels.width() / pixels.height()));
        return statistics.features;
    }

    private void add(double value) {
        features[next++] = (float) value;
    }

    private void addAll(double[] histogram) {
        double sum = Arrays.stream(histogram).sum() + 1e-9;
        for (double bin : histogram) {
            add(Math.sqrt(bin / sum));
        }
    }

    private void colours(byte[] rgb) {
        double[] hues = new double[HUES];
        double[] saturations = new double[SATURATIONS];
        double[] levels = new double[LEVELS];
        Moments redGreen = new Moments();
        Moments yellowBlue = new Moments();
        Moments bright = new Moments();
        Moments vivid = new Moments();
        for (int y = 0; y < EDGE; y++) {
            for (int x = 0; x < EDGE; x++) {
                int at = 3 * (y * EDGE + x);
                double red = (rgb[at] & 0xFF) / 255.0;
                double green = (rgb[at + 1] & 0xFF) / 255.0;
                double blue = (rgb[at + 2] & 0xFF) / 255.0;
                double most = Math.max(red, Math.max(green, blue));
                double chroma = most - Math.min(red, Math.min(green, blue));
                double s = most == 0 ? 0 : chroma / most;
                double l = 0.299 * red + 0.587 * green + 0.114 * blue;
                luma[y][x] = l;
                saturation[y][x] = s;
                // A grey has no hue: what a pixel adds grows with its chroma.
                hues[(int) Math.min(HUES - 1, hue(red, green, blue, most, chroma) * HUES)] += chroma;
                saturations[(int) Math.min(SATURATIONS - 1, s * SATURATIONS)]++;
                levels[(int) Math.min(LEVELS - 1, l * LEVELS)]++;
                redGreen.add(red - green);
                yellowBlue.add((red + green) / 2 - blue);
                bright.add(l);
                vivid.add(s);
            }
        }
        addAll(hues);
        addAll(saturations);
        addAll(levels);
        add(Math.hypot(redGreen.deviation(), yellowBlue.deviation())
                + 0.3 * Math.hypot(redGreen.mean(), yellowBlue.mean()));
        add(bright.mean());
        add(bright.deviation());
        add(vivid.mean());
        add(vivid.deviation());
        add(redGreen.mean());
        add(yellowBlue.mean());
        add(entropy(levels));
    }

    /// @return in turns, 0 to 1
    private static double hue(double red, double green, double blue, double most, double chroma) {
        if (chroma == 0) {
            return 0;
        }
        double sixths = most == red
                ? (green - blue) / chroma
                : most == green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
        return (sixths + 6) % 6 / 6;
    }

    private static double entropy(double[] counts) {
        double sum = Arrays.stream(counts).sum();
        double entropy = 0;
        for (double count : counts) {
            entropy -= count == 0 ? 0 : count / sum * Math.log(count / sum);
        }
        return entropy / Math.log(counts.length);
    }

    private void edges() {
        double[] directions = new double[DIRECTIONS];
        Moments laplacian = new Moments();
        Moments strength = new Moments();
        double clear = 0;
        for (int y = 1; y < EDGE - 1; y++) {
            for (int x = 1; x < EDGE - 1; x++) {
                double dx = (luma[y][x + 1] - luma[y][x - 1]) / 2;
                double dy = (luma[y + 1][x] - luma[y - 1][x]) / 2;
                double length = Math.hypot(dx, dy);
                double half = (Math.atan2(dy, dx) + Math.PI) / Math.PI % 1;
                directions[(int) Math.min(DIRECTIONS - 1, half * DIRECTIONS)] += length;
                strength.add(length);
                clear += length > CLEAR_EDGE ? 1 : 0;
                laplacian.add(luma[y][x - 1] + luma[y][x + 1] + luma[y - 1][x] + luma[y + 1][x] - 4 * luma[y][x]);
            }
        }
        addAll(directions);
        add(Math.log(laplacian.deviation() + 1e-3) / 4);
        add(Math.log(strength.mean() + 1e-3) / 4);
        add(clear / (EDGE * EDGE));
    }

    /// Energy of Haar details, from pixel to pixel up to an eighth of the picture.
    private void scales() {
        double[][] level = luma;
        for (int scale = 0; scale < SCALES; scale++) {
            int half = level.length / 2;
            double[][] coarser = new double[half][half];
            double energy = 0;
            for (int y = 0; y < half; y++) {
                for (int x = 0; x < half; x++) {
                    double a = level[2 * y][2 * x];
                    double b = level[2 * y][2 * x + 1];
                    double c = level[2 * y + 1][2 * x];
                    double d = level[2 * y + 1][2 * x + 1];
                    double mean = (a + b + c + d) / 4;
                    coarser[y][x] = mean;
                    energy += (a - mean) * (a - mean)
                            + (b - mean) * (b - mean)
                            + (c - mean) * (c - mean)
                            + (d - mean) * (d - mean);
                }
            }
            add(Math.log(Math.sqrt(energy / (4.0 * half * half)) + 1e-3) / 4);
            level = coarser;
        }
    }

    private void places() {
        double mirrored = 0;
        Moments inside = new Moments();
        Moments outside = new Moments();
        Moments vividInside = new Moments();
        Moments vividOutside = new Moments();
        Moments[] ninths = new Moments[THIRDS * THIRDS];
        Arrays.setAll(ninths, i -> new Moments());
        for (int y = 0; y < EDGE; y++) {
            for (int x = 0; x < EDGE; x++) {
                mirrored += Math.abs(luma[y][x] - luma[y][EDGE - 1 - x]);
                boolean centre = Math.abs(2 * x - EDGE) < EDGE / 2 && Math.abs(2 * y - EDGE) < EDGE / 2;
                (centre ? inside : outside).add(luma[y][x]);
                (centre ? vividInside : vividOutside).add(saturation[y][x]);
                ninths[y * THIRDS / EDGE * THIRDS + x * THIRDS / EDGE].add(luma[y][x]);
            }
        }
        add(mirrored / (EDGE * EDGE));
        add(inside.mean() - outside.mean());
        add(vividInside.mean() - vividOutside.mean());
        add(inside.deviation() - outside.deviation());
        for (Moments ninth : ninths) {
            add(ninth.mean());
        }
    }

    private static final class Moments {
        private double sum;
        private double squares;
        private long count;

        void add(double value) {
            sum += value;
            squares += value * value;
            count++;
        }

        double mean() {
            return sum / count;
        }

        double deviation() {
            return Math.sqrt(Math.max(0, squares / count - mean() * mean()));
        }
    }
}
