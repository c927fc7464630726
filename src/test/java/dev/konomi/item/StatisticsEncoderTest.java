package dev.konomi.item;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.konomi.gallery.Painter;
import dev.konomi.gallery.Scene;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatisticsEncoderTest {
    private final byte[] picture = Painter.png(Painter.paint(new Scene(1, 2, 3, 4, 1), 5));

    @Test
    void statisticsStandBehindTheEncodersTokensAndTextsSayNothingOfThem() {
        List<ItemContent> items = List.of(
                new ItemContent(picture, "a quiet lake", List.of()),
                new ItemContent(picture, null, List.of()),
                new ItemContent(null, "a quiet lake", List.of()));
        try (ItemEncoder plain = OnnxItemEncoder.atelier(1);
                ItemEncoder longer = new StatisticsEncoder(OnnxItemEncoder.atelier(1))) {
            int width = plain.width();
            assertEquals(width + ImageStatistics.COUNT, longer.width());
            assertEquals(ImageStatistics.COUNT, longer.statistics());
            assertEquals(0, plain.statistics());
            List<Encoding> shorter = plain.encode(items);
            List<Encoding> found = longer.encode(items);
            float[] expected = ImageStatistics.of(ImageReader.read(picture, 256));
            for (int i = 0; i < 2; i++) {
                float[] image = Objects.requireNonNull(found.get(i).image());
                assertArrayEquals(shorter.get(i).image(), Arrays.copyOf(image, width), 1e-6f);
                assertArrayEquals(expected, Arrays.copyOfRange(image, width, image.length));
            }
            float[] text = Objects.requireNonNull(found.get(2).text());
            assertArrayEquals(shorter.get(2).text(), Arrays.copyOf(text, width), 1e-6f);
            assertArrayEquals(new float[ImageStatistics.COUNT], Arrays.copyOfRange(text, width, text.length));
            assertNull(found.get(1).text());
            assertNull(found.get(2).image());
        }
    }

    @Test
    void itIsAnotherEncoderAndAlwaysTheSameOne() {
        try (ItemEncoder plain = OnnxItemEncoder.atelier(1);
                ItemEncoder one = new StatisticsEncoder(OnnxItemEncoder.atelier(1));
                ItemEncoder other = new StatisticsEncoder(OnnxItemEncoder.atelier(1))) {
            assertNotEquals(plain.digest(), one.digest());
            assertEquals(one.digest(), other.digest());
            assertEquals(64, one.digest().length());
        }
    }
}
