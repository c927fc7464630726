package dev.konomi.train.evaluate.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.item.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureSpaceTest {
    @Test
    void trainingItemsAreCentredAndHaveNormOneOnAverage() {
        List<Encoding> items = items(400, true, true);
        float[][] vectors = FeatureSpace.of(items, 20).vectors(items);

        for (int k = 0; k < vectors[0].length; k++) {
            int column = k;
            assertEquals(
                    0,
                    Arrays.stream(vectors).mapToDouble(v -> v[column]).average().orElseThrow(),
                    1e-4);
        }
        assertEquals(
                1,
                Arrays.stream(vectors)
                        .mapToDouble(v -> FeatureSpace.dot(v, v))
                        .average()
                        .orElseThrow(),
                0.06);
    }

    @Test
    void componentsAreWhitenedInTheOrderOfTheirVariance() {
        SplittableRandom random = new SplittableRandom(3);
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            items.add(new Encoding(
                    new float[] {(float) random.nextGaussian(), (float) (10 * random.nextGaussian())}, null));
        }
        FeatureSpace space = FeatureSpace.of(items, 2);
        float[][] vectors = space.vectors(items);

        double[] variance = new double[2];
        for (float[] vector : vectors) {
            variance[0] += vector[0] * vector[0] / vectors.length;
            variance[1] += vector[1] * vector[1] / vectors.length;
        }
        // The second has a hundredth of the first's variance and meets the floor.
        assertTrue(variance[1] < variance[0]);
        assertTrue(variance[1] > 0.05 * variance[0]);
    }

    @Test
    void aMissingModalityIsTheMeanAndNothingIsNotANumber() {
        List<Encoding> items = new ArrayList<>(items(50, true, true));
        items.addAll(items(25, false, true));
        items.addAll(items(25, true, false));
        for (float[] vector : FeatureSpace.of(items, 20).vectors(items)) {
            for (float value : vector) {
                assertTrue(Float.isFinite(value));
            }
        }
    }

    @Test
    void itemsThatAreAllAlikeGiveZeros() {
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(new Encoding(new float[] {1, 2, 3}, null));
        }
        for (float[] vector : FeatureSpace.of(items, 3).vectors(items)) {
            assertEquals(0, FeatureSpace.dot(vector, vector), 1e-6);
        }
    }

    private static List<Encoding> items(int count, boolean image, boolean text) {
        SplittableRandom random = new SplittableRandom(count);
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(new Encoding(image ? token(random) : null, text ? token(random) : null));
        }
        return items;
    }

    private static float[] token(SplittableRandom random) {
        float[] token = new float[20];
        for (int i = 0; i < token.length; i++) {
            token[i] = (float) (1 + random.nextGaussian());
        }
        return token;
    }
}
