package dev.konomi.item;

/// A decoded picture.
///
/// @param width in pixels
/// @param height in pixels
/// @param rgb `[height, width, 3]`, sRGB, one unsigned byte a value
public record Pixels(int width, int height, byte[] rgb) {
    /// @throws IllegalArgumentException when the array does not fit the size
    public Pixels {
        if (width < 1 || height < 1 || rgb.length != 3 * width * height) {
            throw new IllegalArgumentException(
                    "%d values do not make a picture of %d × %d".formatted(rgb.length, width, height));
        }
    }

    /// The picture stretched to `edge × edge`: every new pixel is the mean of the area that it covers, and an enlarged
    /// picture repeats its pixels. Nothing is cropped: what stands at a border belongs to the composition.
    public Pixels resize(int edge) {
        return resize(edge, edge);
    }

    /// The picture stretched to `columns × rows`, as [#resize(int)] does.
    Pixels resize(int columns, int rows) {
        if (width == columns && height == rows) {
            return this;
        }
        float[] narrow = new float[3 * columns * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < columns; x++) {
                double from = (double) x * width / columns;
                double to = (double) (x + 1) * width / columns;
                double red = 0;
                double green = 0;
                double blue = 0;
                for (int k = (int) from; k < width && k < to; k++) {
                    double share = Math.min(to, k + 1) - Math.max(from, k);
                    int at = 3 * (y * width + k);
                    red += share * (rgb[at] & 0xFF);
                    green += share * (rgb[at + 1] & 0xFF);
                    blue += share * (rgb[at + 2] & 0xFF);
                }
                int at = 3 * (y * columns + x);
                narrow[at] = (float) (red / (to - from));
                narrow[at + 1] = (float) (green / (to - from));
                narrow[at + 2] = (float) (blue / (to - from));
            }
        }
        byte[] small = new byte[3 * columns * rows];
        double[] row = new double[3 * columns];
        for (int y = 0; y < rows; y++) {
            double from = (double) y * height / rows;
            double to = (double) (y + 1) * height / rows;
            java.util.Arrays.fill(row, 0);
            for (int k = (int) from; k < height && k < to; k++) {
                double share = Math.min(to, k + 1) - Math.max(from, k);
                for (int x = 0; x < row.length; x++) {
                    row[x] += share * narrow[k * row.length + x];
                }
            }
            for (int x = 0; x < row.length; x++) {
                small[y * row.length + x] = (byte) Math.clamp(Math.round(row[x] / (to - from)), 0L, 255L);
            }
        }
        return new Pixels(columns, rows, small);
    }

    /// Writes `(value / 255 − mean) / deviation` for each value, `[height, width, 3]`, from `offset` on.
    public void normalise(float mean, float deviation, float[] to, int offset) {
        for (int k = 0; k < rgb.length; k++) {
            to[offset + k] = ((rgb[k] & 0xFF) / 255f - mean) / deviation;
        }
    }
}
