package dev.konomi.item;

import dev.konomi.item.ImageHeader.Format;
import dev.konomi.item.ImageHeader.InkPlanes;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Reads images that anybody may have sent: PNG, JPEG, WebP, and a GIF's first frame.
///
/// The header is checked before a decoder sees the file, since 35 bytes can ask for gigabytes. Large images are
/// thinned while they are decoded, so memory follows the size that is wanted and not the one that was sent. Transparent
/// pixels stand on white; grey, palette, 16-bit and CMYK images come out as 8-bit sRGB; embedded metadata is ignored.
public final class ImageReader {
    /// The most bytes an image may have: 15 MB.
    public static final int MOST_BYTES = 15_000_000;

    /// The most pixels an image may have: 40 megapixels.
    public static final long MOST_PIXELS = 40_000_000;

    private ImageReader() {}

    /// Decodes an image.
    ///
    /// @param file the encoded bytes
    /// @param edge the edge the image will be resized to, in pixels: an image more than eight times
    ///     larger is thinned to between four and eight times while decoding, each axis by itself
    /// @return the pixels, at least `edge` in each axis where the image has that many
    /// @throws ImageRefused when the image is too large, cut off, damaged or of another format
    public static Pixels read(byte[] file, int edge) {
        if (edge < 1) {
            throw new IllegalArgumentException("an edge of " + edge + " pixels: give at least 1");
        }
        if (file.length == 0) {
            throw new ImageRefused("The image is empty (0 bytes). Send the whole file.");
        }
        if (file.length > MOST_BYTES) {
            throw new ImageRefused("The image has %,d bytes; at most %,d are read. Send a smaller one."
                    .formatted(file.length, MOST_BYTES));
        }
        ImageHeader header = ImageHeader.of(file);
        check(header.width(), header.height());
        try {
            return decode(file, header, edge);
        } catch (IOException | RuntimeException damaged) {
            if (damaged instanceof ImageRefused refused) {
                throw refused;
            }
            throw new ImageRefused(
                    "The %s cannot be decoded (%s). Save it again.".formatted(header.format(), reason(damaged)));
        }
    }

    /// Decodes an image at the least cost, only to learn whether it can be: what is stored can be encoded later.
    ///
    /// @param file the encoded bytes
    /// @throws ImageRefused as [#read] does
    public static void requireReadable(byte[] file) {
        Pixels unused = read(file, 1);
        if (unused.width() < 1) {
            throw new ImageRefused("The image has no pixels. Send another.");
        }
    }

    private static void check(long width, long height) {
        if (width < 1 || height < 1) {
            throw new ImageRefused(
                    "The image says it is %d × %d pixels; it has nothing to show.".formatted(width, height));
        }
        if (width * height > MOST_PIXELS) {
            throw new ImageRefused("The image says it is %,d × %,d pixels; at most %,d are read. Send a smaller one."
                    .formatted(width, height, MOST_PIXELS));
        }
    }

    private static String reason(Exception damaged) {
        String message = damaged.getMessage();
        return message == null || message.length() > 120 ? damaged.getClass().getSimpleName() : message;
    }

    private static Pixels decode(byte[] file, ImageHeader header, int edge) throws IOException {
        boolean interlaced = header.lowInterlaced() >= 0;
        byte[] readable = interlaced ? header.withoutInterlace(file) : file;
        javax.imageio.ImageReader reader = reader(header.format());
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(readable))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            check(width, height);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceSubsampling(Math.max(1, width / (4 * edge)), Math.max(1, height / (4 * edge)), 0, 0);
            if (header.inkPlanes() != InkPlanes.NONE) {
                return fromInk(reader.readRaster(0, param), header.inkPlanes());
            }
            Pixels pixels = fromImage(reader.read(0, param));
            return interlaced ? inOrder(pixels) : pixels;
        } finally {
            reader.dispose();
        }
    }

    /// Puts up to four rows of an interlaced GIF in their places: stored are row 0, row 2, then rows 1 and 3.
    private static Pixels inOrder(Pixels stored) {
        int height = stored.height();
        int row = 3 * stored.width();
        byte[] rgb = new byte[row * height];
        int from = 0;
        for (int y : new int[] {0, 2, 1, 3}) {
            if (y < height) {
                System.arraycopy(stored.rgb(), row * from++, rgb, row * y, row);
            }
        }
        return new Pixels(stored.width(), height, rgb);
    }

    private static javax.imageio.ImageReader reader(Format format) {
        Iterator<javax.imageio.ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        if (!readers.hasNext()) {
            throw new IllegalStateException("no decoder for " + format + " is on the class path");
        }
        return readers.next();
    }

    private static Pixels fromImage(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] rgb = new byte[3 * width * height];
        boolean grey = !(image.getColorModel() instanceof IndexColorModel)
                && image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        int[] row = new int[width];
        for (int y = 0, to = 0; y < height; y++) {
            if (grey) {
                greyRow(image, y, row);
            } else {
                image.getRGB(0, y, width, 1, row, 0, width);
            }
            for (int argb : row) {
                int alpha = argb >>> 24;
                rgb[to++] = onWhite(argb >> 16 & 0xFF, alpha);
                rgb[to++] = onWhite(argb >> 8 & 0xFF, alpha);
                rgb[to++] = onWhite(argb & 0xFF, alpha);
            }
        }
        return new Pixels(width, height, rgb);
    }

    /// Java2D takes a file's grey for linear light and would brighten it; the samples themselves are what was meant.
    private static void greyRow(BufferedImage image, int y, int[] row) {
        Raster raster = image.getRaster();
        int top = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        boolean transparent = raster.getNumBands() > 1;
        for (int x = 0; x < row.length; x++) {
            int grey = (raster.getSample(x, y, 0) * 255 + top / 2) / top;
            int alpha = transparent ? (raster.getSample(x, y, 1) * 255 + top / 2) / top : 255;
            row[x] = alpha << 24 | grey * 0x010101;
        }
    }

    private static byte onWhite(int value, int alpha) {
        return (byte) (alpha == 255 ? value : (value * alpha + 255 * (255 - alpha) + 127) / 255);
    }

    private static Pixels fromInk(Raster raster, InkPlanes planes) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[3 * width * height];
        int[] ink = new int[4];
        for (int y = 0, to = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.getPixel(raster.getMinX() + x, raster.getMinY() + y, ink);
                if (planes == InkPlanes.INVERTED_YCCK) {
                    double luma = ink[0];
                    double blue = ink[1] - 128.0;
                    double red = ink[2] - 128.0;
                    ink[0] = clamp(luma + 1.402 * red);
                    ink[1] = clamp(luma - 0.344136 * blue - 0.714136 * red);
                    ink[2] = clamp(luma + 1.772 * blue);
                }
                for (int k = 0; k < 3; k++) {
                    int bare = planes == InkPlanes.CMYK ? 255 - ink[k] : ink[k];
                    int bareBlack = planes == InkPlanes.CMYK ? 255 - ink[3] : ink[3];
                    rgb[to++] = (byte) ((bare * bareBlack + 127) / 255);
                }
            }
        }
        return new Pixels(width, height, rgb);
    }

    private static int clamp(double value) {
        return (int) Math.clamp(Math.round(value), 0L, 255L);
    }
}
