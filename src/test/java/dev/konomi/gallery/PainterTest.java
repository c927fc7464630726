package dev.konomi.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PainterTest {
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void theSameSceneAndSeedGiveTheSamePixelsAlsoBesideOtherPainters() {
        int[] indices = random.ints(24, 0, Scene.COUNT).toArray();
        int[][] once = Arrays.stream(indices)
                .mapToObj(index -> pixels(Painter.paint(Scene.of(index), index)))
                .toArray(int[][]::new);
        int[][] again = Arrays.stream(indices)
                .parallel()
                .mapToObj(index -> pixels(Painter.paint(Scene.of(index), index)))
                .toArray(int[][]::new);
        for (int i = 0; i < indices.length; i++) {
            assertArrayEquals(once[i], again[i], Scene.of(indices[i]).toString());
        }
    }

    @Test
    void everyValueOfEveryAttributeIsPainted() {
        Scene first = Scene.of(0);
        for (Attribute attribute : Attribute.values()) {
            for (int value = 0; value < attribute.size(); value++) {
                BufferedImage image = Painter.paint(with(first, attribute, value), 3);
                assertEquals(Painter.SIDE, image.getWidth());
                assertEquals(Painter.SIDE, image.getHeight());
                assertTrue(colours(image) > 8, attribute.term(value).toString());
            }
        }
    }

    /// The same seed, and one attribute changed: the picture must not look the same.
    @Test
    void everyAttributeShowsOnItsOwn() {
        for (Attribute attribute : Attribute.values()) {
            double least = attribute == Attribute.DETAIL ? 0.5 : 4;
            for (int i = 0; i < 12; i++) {
                Scene scene = Scene.of(random.nextInt(Scene.COUNT));
                int other = (scene.value(attribute) + 1 + random.nextInt(attribute.size() - 1)) % attribute.size();
                Scene changed = with(scene, attribute, other);
                double difference = difference(Painter.paint(scene, i), Painter.paint(changed, i));
                assertTrue(difference > least, scene + " and " + changed + " differ by " + difference);
            }
        }
    }

    @Test
    void picturesAreSmallEnoughToSendByTheThousands() {
        double mean = IntStream.range(0, 72)
                .map(i -> Painter.jpeg(Painter.paint(Scene.of(random.nextInt(Scene.COUNT)), i)).length)
                .average()
                .orElseThrow();
        assertTrue(mean < 22_000, mean + " bytes");
    }

    @Test
    void pngKeepsEveryPixelAndJpegNearlyEvery() throws IOException {
        BufferedImage image = Painter.paint(Scene.of(4711), 1);
        BufferedImage png = ImageIO.read(new ByteArrayInputStream(Painter.png(image)));
        BufferedImage jpeg = ImageIO.read(new ByteArrayInputStream(Painter.jpeg(image)));
        assertArrayEquals(pixels(image), pixels(png));
        assertTrue(difference(image, jpeg) < 12);
    }

    @Test
    void aPromptFixesWhatItNamesAndTheSeedTheRest() {
        PartialScene named = Prompt.read("a cat, watercolor");
        Scene one = named.complete(1);
        Scene other = named.complete(2);
        assertArrayEquals(pixels(Painter.paint("a cat, watercolor", 1)), pixels(Painter.paint(one, 1)));
        assertEquals(Theme.CAT.ordinal(), other.theme());
        assertEquals(Style.WATERCOLOR.ordinal(), other.style());
        assertFalse(one.equals(other));
    }

    static Scene with(Scene scene, Attribute attribute, int value) {
        int[] values = Arrays.stream(Attribute.values()).mapToInt(scene::value).toArray();
        values[attribute.ordinal()] = value;
        return new Scene(values[0], values[1], values[2], values[3], values[4]);
    }

    private static int[] pixels(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels).map(pixel -> pixel & 0xFFFFFF).toArray();
    }

    private static long colours(BufferedImage image) {
        return Arrays.stream(pixels(image)).distinct().count();
    }

    /// Mean absolute difference of the channels, 0 to 255.
    private static double difference(BufferedImage one, BufferedImage other) {
        int[] a = pixels(one);
        int[] b = pixels(other);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                sum += Math.abs((a[i] >> shift & 255) - (b[i] >> shift & 255));
            }
        }
        return sum / a.length / 3;
    }
}
