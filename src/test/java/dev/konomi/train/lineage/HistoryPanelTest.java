package dev.konomi.train.lineage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistoryPanelTest {
    @Test
    void whatWasWrittenIsReadAndWrittenAgainTheSame() {
        HistoryPanel panel = draw(town(40, 30, 12, 16, 0));
        HistoryPanel read = HistoryPanel.read(panel.bytes());
        assertEquals(panel.histories(), read.histories());
        assertEquals(panel.items().size(), read.items().size());
        for (int i = 0; i < panel.items().size(); i++) {
            assertArrayEquals(panel.items().get(i).image(), read.items().get(i).image(), 1e-6f);
        }
        assertArrayEquals(panel.bytes(), read.bytes());
    }

    @Test
    void roundingStaysWithinHalfAStepOfTheLargestValue() {
        Dataset town = town(1, 12, 12, 16, 0);
        HistoryPanel panel = draw(town);
        List<float[]> originals = new ArrayList<>();
        town.items().forEach(item -> originals.add(image(item)));
        for (Encoding item : panel.items()) {
            double nearest = originals.stream()
                    .mapToDouble(original -> distance(original, image(item)))
                    .min()
                    .orElseThrow();
            assertTrue(nearest <= 4.0 / 254, "off by " + nearest);
        }
    }

    @Test
    void neitherIdsNorTimesNorTheOrderOfItemsLeaveATrace() {
        assertArrayEquals(
                draw(town(40, 30, 12, 16, 0)).bytes(),
                draw(town(40, 30, 12, 16, 987_654_321)).bytes());
    }

    @Test
    void theFileStaysSmallHoweverManyPeopleAndItemsThereAre() {
        assertTrue(draw(town(900, 40, 9_000, 160, 0)).bytes().length <= 2_000_000);
        HistoryPanel dense = draw(town(900, 60, 300, 160, 0));
        assertEquals(512, dense.histories().size());
        assertTrue(dense.histories().stream().allMatch(history -> history.size() == 40));
        assertTrue(dense.bytes().length <= 2_000_000);
    }

    @Test
    void aFileThatWasCutShortIsRefused() {
        byte[] bytes = draw(town(10, 10, 12, 16, 0)).bytes();
        assertThrows(IllegalArgumentException.class, () -> HistoryPanel.read(Arrays.copyOf(bytes, bytes.length - 3)));
    }

    private static HistoryPanel draw(Dataset town) {
        return HistoryPanel.draw(town, town.people());
    }

    private static float[] image(Encoding encoding) {
        float[] image = encoding.image();
        return image == null ? new float[0] : image;
    }

    private static double distance(float[] a, float[] b) {
        double largest = 0;
        for (int k = 0; k < a.length; k++) {
            largest = Math.max(largest, Math.abs(a[k] - b[k]));
        }
        return largest;
    }

    /// @param different changes ids and times, and nothing else
    private static Dataset town(int people, int observations, int items, int width, long different) {
        SplittableRandom random = new SplittableRandom(7);
        List<Encoding> encodings = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            float[] image = new float[width];
            for (int k = 0; k < width; k++) {
                image[k] = (float) (8 * random.nextDouble() - 4);
            }
            encodings.add(new Encoding(image, i % 2 == 0 ? image : null));
        }
        List<Person> all = new ArrayList<>();
        for (int p = 0; p < people; p++) {
            List<Observation> history = new ArrayList<>();
            for (int o = 0; o < observations; o++) {
                int item = random.nextInt(items);
                long at = o + different;
                history.add(
                        o % 3 == 0
                                ? new Observation.Opinion(item, o % 2 == 0, 0.5f, at)
                                : new Observation.Choice(item, (item + 1) % items, 1, at));
            }
            all.add(new Person(p + different, history));
        }
        return new Dataset("an-encoder", width, encodings, all);
    }
}
