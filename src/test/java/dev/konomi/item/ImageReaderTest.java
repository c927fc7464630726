package dev.konomi.item;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReaderTest {
    /// Two rows of four colours; the fixtures repeat each 16 times in both axes where they are lossy.
    private static final int[] COLOURS = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF, 0x000000, 0x808080, 0xFF8000, 0x0A14C8
    };

    @Test
    void losslessPicturesKeepTheirPixels() throws IOException {
        assertColours(ImageReader.read(written(colours(BufferedImage.TYPE_INT_RGB), "png"), 128), 0);
        assertColours(ImageReader.read(fixture("colours-lossless.webp"), 128), 0);
        assertColours(ImageReader.read(fixture("animated.webp"), 128), 0);
    }

    @Test
    void gifShowsItsFirstFrame() throws IOException {
        assertColours(ImageReader.read(written(palette(), "gif"), 128), 0);
    }

    @Test
    void anInterlacedGifOfAnyHeightKeepsItsRows() throws IOException {
        var grey = new java.awt.image.IndexColorModel(8, 256, ramp(), ramp(), ramp());
        for (int height = 1; height <= 20; height++) {
            for (int width : new int[] {1, 40}) {
                BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, grey);
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        image.getRaster().setSample(x, y, 0, 10 * y + x);
                    }
                }
                Pixels read = ImageReader.read(written(image, "gif"), 64);
                for (int y = 0; y < height; y++) {
                    assertEquals(
                            (10 * y + width - 1) * 0x010101, colour(read, width - 1, y), "row " + y + " of " + height);
                }
            }
        }
    }

    private static byte[] ramp() {
        byte[] ramp = new byte[256];
        for (int k = 0; k < ramp.length; k++) {
            ramp[k] = (byte) k;
        }
        return ramp;
    }

    @ParameterizedTest
    @CsvSource({"colours.jpg, 4", "colours-progressive.jpg, 4", "colours-cmyk.jpg, 8", "colours-lossy.webp, 12"})
    void lossyPicturesComeClose(String name, int tolerance) throws IOException {
        assertColours(ImageReader.read(fixture(name), 128), tolerance);
    }

    @Test
    void transparentPixelsStandOnWhite() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, new Color(200, 100, 0, 128).getRGB());
        Pixels read = ImageReader.read(written(image, "png"), 128);
        assertArrayEquals(new int[] {227, 177, 127, 255, 255, 255}, unsigned(read.rgb()));
    }

    @Test
    void transparentWebpStandsOnWhite() throws IOException {
        Pixels read = ImageReader.read(fixture("colours-alpha.webp"), 128);
        assertEquals(0xFF7F7F, colour(read, 0, 0));
        assertEquals(0x00FF00, colour(read, 1, 0));
    }

    @Test
    void greyIsNotBrightened() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 128);
        grey.getRaster().setSample(1, 0, 0, 30);
        assertArrayEquals(
                new int[] {128, 128, 128, 30, 30, 30},
                unsigned(ImageReader.read(written(grey, "png"), 128).rgb()));
        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 128 * 257);
        assertArrayEquals(
                new int[] {128, 128, 128},
                unsigned(ImageReader.read(written(deep, "png"), 128).rgb()));
    }

    @Test
    void sixteenBitsBecomeEight() {
        byte[] rows = {0, (byte) 0xC8, (byte) 0xC8, 0x64, 0x64, 0x32, 0x32};
        Pixels read = ImageReader.read(png(1, 1, 16, 2, rows), 128);
        assertArrayEquals(new int[] {200, 100, 50}, unsigned(read.rgb()));
    }

    @Test
    void palettesBecomeColours() throws IOException {
        assertColours(ImageReader.read(written(colours(BufferedImage.TYPE_BYTE_INDEXED), "png"), 128), 52);
    }

    @Test
    void largePicturesAreThinnedEachAxisByItself() throws IOException {
        BufferedImage image = new BufferedImage(3000, 40, BufferedImage.TYPE_INT_RGB);
        Pixels read = ImageReader.read(written(image, "png"), 32);
        assertEquals(131, read.width());
        assertEquals(40, read.height());
    }

    @Test
    void aGifOfThirtyFiveBytesThatAsksForGigabytesIsRefused() {
        byte[] gif =
                HexFormat.of().parseHex("474946383961ffffffff800000000000ffffff2c00000000ffffffff00020244010" + "03b");
        assertEquals(35, gif.length);
        assertRefused(gif, "65,535 × 65,535");
    }

    @Test
    void aGifWhoseFrameIsLargerThanItsCanvasIsRefused() {
        byte[] gif = HexFormat.of().parseHex("47494638396101000100800000000000ffffff2c00000000ffffffff0002024401003b");
        assertThrows(ImageRefused.class, () -> ImageReader.read(gif, 128));
    }

    @Test
    void aPngThatAsksForGigabytesIsRefused() {
        assertRefused(png(50_000, 50_000, 8, 2, new byte[100]), "50,000 × 50,000");
        assertRefused(png(Integer.MIN_VALUE, 1, 8, 2, new byte[10]), "nothing to show");
        assertRefused(png(0, 5, 8, 2, new byte[10]), "nothing to show");
    }

    @Test
    void aJpegThatAsksForGigabytesIsRefused() throws IOException {
        byte[] jpeg = fixture("colours.jpg");
        int frame = indexOf(jpeg, 0xFF, 0xC0);
        Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xFF);
        assertRefused(jpeg, "65,535 × 65,535");
    }

    @Test
    void aJpegOfThousandsOfScansIsRefused() throws IOException {
        byte[] jpeg = fixture("colours.jpg");
        int scan = indexOf(jpeg, 0xFF, 0xDA);
        byte[] part = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, scan);
        for (int k = 0; k < 3000; k++) {
            out.writeBytes(part);
        }
        out.write(0xFF);
        out.write(0xD9);
        assertRefused(out.toByteArray(), "scans");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colours.jpg",
                "colours-progressive.jpg",
                "colours-cmyk.jpg",
                "colours-lossy.webp",
                "colours-lossless.webp",
                "png",
                "gif"
            })
    void aFileCutOffAnywhereIsRefused(String name) throws IOException {
        byte[] whole = name.contains(".") ? fixture(name) : written(colours(BufferedImage.TYPE_INT_RGB), name);
        for (int length = 0; length < whole.length - 1; length += Math.max(1, whole.length / 60)) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(ImageRefused.class, () -> ImageReader.read(cut, 128), name + " cut to " + length);
        }
    }

    @Test
    void otherFilesAreRefused() {
        assertRefused(new byte[0], "empty");
        assertRefused("a text that somebody called picture.png".getBytes(StandardCharsets.UTF_8), "neither PNG");
        assertRefused("BM6".getBytes(StandardCharsets.UTF_8), "neither PNG");
        assertRefused(new byte[ImageReader.MOST_BYTES + 1], "15,000,001 bytes");
    }

    @Test
    void randomBytesNeverDoWorseThanARefusal() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        String[] names = {"colours.jpg", "colours-progressive.jpg", "colours-lossy.webp", "colours-lossless.webp"};
        for (int round = 0; round < 400; round++) {
            byte[] file;
            if (round % 4 == 0) {
                file = new byte[random.nextInt(200)];
                random.nextBytes(file);
            } else {
                file = round % 4 == 1
                        ? written(colours(BufferedImage.TYPE_INT_RGB), round % 8 == 1 ? "png" : "gif")
                        : fixture(names[random.nextInt(names.length)]);
                for (int k = 0; k < 1 + random.nextInt(8); k++) {
                    file[random.nextInt(file.length)] = (byte) random.nextInt(256);
                }
            }
            try {
                Pixels read = ImageReader.read(file, 128);
                assertTrue((long) read.width() * read.height() <= ImageReader.MOST_PIXELS);
            } catch (ImageRefused refused) {
                assertTrue(String.valueOf(refused.getMessage()).length() > 20);
            }
        }
    }

    private static void assertRefused(byte[] file, String because) {
        ImageRefused refused = assertThrows(ImageRefused.class, () -> ImageReader.read(file, 128));
        assertTrue(String.valueOf(refused.getMessage()).contains(because), refused.getMessage());
    }

    private static void assertColours(Pixels read, int tolerance) {
        int each = read.width() / 4;
        assertEquals(read.width(), 2 * read.height());
        for (int k = 0; k < 8; k++) {
            int found = colour(read, each * (k % 4) + each / 2, each * (k / 4) + each / 2);
            for (int shift = 0; shift <= 16; shift += 8) {
                assertEquals(COLOURS[k] >> shift & 0xFF, found >> shift & 0xFF, tolerance, "colour " + k);
            }
        }
    }

    private static int colour(Pixels pixels, int x, int y) {
        int at = 3 * (y * pixels.width() + x);
        return (pixels.rgb()[at] & 0xFF) << 16 | (pixels.rgb()[at + 1] & 0xFF) << 8 | (pixels.rgb()[at + 2] & 0xFF);
    }

    private static int[] unsigned(byte[] bytes) {
        int[] values = new int[bytes.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = bytes[k] & 0xFF;
        }
        return values;
    }

    private static BufferedImage colours(int type) {
        BufferedImage image = new BufferedImage(4, 2, type);
        for (int k = 0; k < 8; k++) {
            image.setRGB(k % 4, k / 4, 0xFF000000 | COLOURS[k]);
        }
        return image;
    }

    private static BufferedImage palette() {
        var model =
                new java.awt.image.IndexColorModel(8, 8, COLOURS, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_INDEXED, model);
        for (int k = 0; k < 8; k++) {
            image.getRaster().setSample(k % 4, k / 4, 0, k);
        }
        return image;
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, out));
        return out.toByteArray();
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = ImageReaderTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static int indexOf(byte[] file, int first, int second) {
        for (int k = 0; k + 1 < file.length; k++) {
            if ((file[k] & 0xFF) == first && (file[k + 1] & 0xFF) == second) {
                return k;
            }
        }
        throw new AssertionError("no such marker");
    }

    private static byte[] png(int width, int height, int bits, int colourType, byte[] rows) {
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        byte[] packed = new byte[rows.length + 100];
        int length = deflater.deflate(packed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("89504e470d0a1a0a"));
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) bits)
                        .put((byte) colourType)
                        .array());
        chunk(out, "IDAT", Arrays.copyOf(packed, length));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(name);
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
