package dev.konomi.gallery.painting;

/// A fast blur of packed colours.
final class Blur {
    private static final int SIDE = Sketch.SIDE;

    private Blur() {}

    /// The pixels blurred by three running means, close to a Gaussian; edges are repeated.
    static int[] of(int[] pixels, int radius) {
        int[] blurred = pixels.clone();
        int[] scratch = new int[pixels.length];
        for (int pass = 0; pass < 3; pass++) {
            mean(blurred, scratch, radius);
            mean(scratch, blurred, radius);
        }
        return blurred;
    }

    /// Running means along the rows of `from`, written as columns of `to`.
    private static void mean(int[] from, int[] to, int radius) {
        int width = 2 * radius + 1;
        int reciprocal = (1 << 16) / width + 1;
        for (int y = 0; y < SIDE; y++) {
            int row = y * SIDE;
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int x = -radius; x < SIDE + radius; x++) {
                int in = from[row + Math.clamp(x, 0, SIDE - 1)];
                red += in >> 16 & 255;
                green += in >> 8 & 255;
                blue += in & 255;
                int middle = x - radius;
                if (middle >= 0) {
                    to[middle * SIDE + y] =
                            red * reciprocal >> 16 << 16 | green * reciprocal >> 16 << 8 | blue * reciprocal >> 16;
                    int out = from[row + Math.clamp(middle - radius, 0, SIDE - 1)];
                    red -= out >> 16 & 255;
                    green -= out >> 8 & 255;
                    blue -= out & 255;
                }
            }
        }
    }
}
