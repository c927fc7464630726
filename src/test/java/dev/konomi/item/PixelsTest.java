package dev.konomi.item;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PixelsTest {
    @Test
    void shrinkingAveragesTheAreaCovered() {
        byte[] rgb = new byte[3 * 3 * 3];
        for (int k = 0; k < 9; k++) {
            rgb[3 * k] = (byte) (10 * k);
        }
        // The one new pixel covers all nine: the mean of 0, 10, … 80.
        assertEquals(40, new Pixels(3, 3, rgb).resize(1).rgb()[0]);
        // Each of four covers one pixel, half of two and a quarter of one: (0·4 + 10·2 + 30·2 + 40) / 9.
        assertEquals(13, new Pixels(3, 3, rgb).resize(2).rgb()[0]);
    }

    @Test
    void enlargingRepeatsPixels() {
        byte[] rgb = {1, 2, 3, 40, 50, 60};
        Pixels large = new Pixels(2, 1, rgb).resize(4);
        assertArrayEquals(
                new byte[] {1, 2, 3, 1, 2, 3, 40, 50, 60, 40, 50, 60}, java.util.Arrays.copyOf(large.rgb(), 12));
    }

    @Test
    void resizingKeepsTheMean() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 20; round++) {
            int width = 1 + random.nextInt(300);
            int height = 1 + random.nextInt(300);
            byte[] rgb = new byte[3 * width * height];
            random.nextBytes(rgb);
            Pixels picture = new Pixels(width, height, rgb);
            assertEquals(mean(picture), mean(picture.resize(16)), 0.6, width + " × " + height);
        }
    }

    @Test
    void normalisingScalesEachValue() {
        float[] to = new float[4];
        new Pixels(1, 1, new byte[] {0, (byte) 255, 51}).normalise(0.5f, 0.25f, to, 1);
        assertArrayEquals(new float[] {0, -2, 2, -1.2f}, to, 1e-6f);
    }

    @Test
    void valuesMustFitTheSize() {
        assertThrows(IllegalArgumentException.class, () -> new Pixels(2, 2, new byte[11]));
    }

    private static double mean(Pixels pixels) {
        double sum = 0;
        for (byte b : pixels.rgb()) {
            sum += b & 0xFF;
        }
        return sum / pixels.rgb().length;
    }
}
