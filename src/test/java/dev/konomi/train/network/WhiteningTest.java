package dev.konomi.train.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.item.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WhiteningTest {
    private static final int EMBEDDING = 10;
    private static final int STATISTICS = 7;
    private static final int WIDTH = EMBEDDING + STATISTICS;
    private static final int DIMENSION = 8;

    private final List<Encoding> items = items(1, 1);

    @Test
    void anEmbeddingIsMappedAsIfThereWereNoStatistics() {
        float[] map = Whitening.of(items, WIDTH, STATISTICS, DIMENSION).imageMap();
        float[] alone =
                Whitening.of(embeddings(items), EMBEDDING, DIMENSION / 2).imageMap();
        for (int row = 0; row < WIDTH; row++) {
            for (int k = 0; k < DIMENSION; k++) {
                boolean statistic = row >= EMBEDDING;
                float found = map[row * DIMENSION + k];
                if (statistic == k < DIMENSION / 2) {
                    assertEquals(0, found, "row " + row + ", component " + k);
                } else if (!statistic) {
                    assertEquals(Math.abs(alone[row * DIMENSION / 2 + k]), Math.abs(found), 1e-4);
                }
            }
        }
    }

    @Test
    void statisticsAreAsLargeAsTheEmbeddingWhateverTheirUnits() {
        for (float unit : new float[] {1, 20}) {
            List<Encoding> some = items(1, unit);
            float[][] vectors = vectors(some, Whitening.of(some, WIDTH, STATISTICS, DIMENSION));
            double[] variance = new double[2];
            for (float[] vector : vectors) {
                for (int k = 0; k < DIMENSION; k++) {
                    variance[2 * k / DIMENSION] += vector[k] * vector[k] / vectors.length / (DIMENSION / 2);
                }
            }
            assertEquals(0.09, variance[0], 0.01, "embedding, unit " + unit);
            assertEquals(0.09, variance[1], 0.01, "statistics, unit " + unit);
        }
    }

    @Test
    void whatAPictureHasMostOfStaysLargest() {
        float[][] vectors = vectors(items, Whitening.of(items, WIDTH, STATISTICS, DIMENSION));
        double[] variance = new double[DIMENSION];
        for (float[] vector : vectors) {
            for (int k = 0; k < DIMENSION; k++) {
                variance[k] += vector[k] * vector[k];
            }
        }
        for (int k = DIMENSION / 2 + 1; k < DIMENSION; k++) {
            assertTrue(variance[k] < variance[k - 1], "component " + k);
        }
    }

    @Test
    void withoutStatisticsNothingIsSetApart() {
        assertArrayEquals(
                Whitening.of(items, WIDTH, DIMENSION).imageMap(),
                Whitening.of(items, WIDTH, 0, DIMENSION).imageMap());
        assertEquals(0, Whitening.ofStatistics(0, DIMENSION));
        assertEquals(3, Whitening.ofStatistics(3, DIMENSION));
        assertEquals(DIMENSION / 2, Whitening.ofStatistics(STATISTICS, DIMENSION));
    }

    private static float[][] vectors(List<Encoding> items, Whitening whitening) {
        float[][] vectors = new float[items.size()][DIMENSION];
        for (int i = 0; i < vectors.length; i++) {
            float[] image = items.get(i).image();
            for (int row = 0; image != null && row < WIDTH; row++) {
                for (int k = 0; k < DIMENSION; k++) {
                    vectors[i][k] += (image[row] - whitening.imageMean()[row])
                            * whitening.imageMap()[row * DIMENSION + k];
                }
            }
        }
        return vectors;
    }

    private static List<Encoding> embeddings(List<Encoding> items) {
        return items.stream()
                .map(item -> new Encoding(Arrays.copyOf(Objects.requireNonNull(item.image()), EMBEDDING), null))
                .toList();
    }

    private static List<Encoding> items(long seed, float unit) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            float[] image = new float[WIDTH];
            for (int k = 0; k < EMBEDDING; k++) {
                image[k] = (float) (3 + (1 + k) * random.nextGaussian());
            }
            double shared = random.nextGaussian();
            for (int k = EMBEDDING; k < WIDTH; k++) {
                image[k] = (float) (unit * (1 + shared + 0.3 * k / WIDTH * random.nextGaussian()));
            }
            items.add(new Encoding(image, null));
        }
        return items;
    }
}
