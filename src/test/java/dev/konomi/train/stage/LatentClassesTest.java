package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.konomi.train.network.Interactions;
import org.junit.jupiter.api.Test;

class LatentClassesTest {
    private static final int RANK = Interactions.RANK;

    /// Three classes over two dimensions; the factors of form `k` are all `k + 1`, negative in the second dimension.
    private static final LatentClasses THREE = new LatentClasses(
            new float[] {.5f, .6f},
            new float[][] {{1, 2}, {3, 4}, {5, 6}},
            new float[] {.1f, .2f, .3f},
            factors(),
            factors(),
            new double[] {70, 2, 28});

    @Test
    void aClassThatExplainsTooFewPeopleLeavesWithItsPriorAndItsForm() {
        LatentClasses two = THREE.explaining(10);

        assertEquals(2, two.size());
        assertArrayEquals(new float[][] {{1, 2}, {5, 6}}, two.classes());
        assertArrayEquals(new float[] {.1f, .3f}, two.prior());
        assertArrayEquals(new double[] {70, 28}, two.people());
        assertArrayEquals(THREE.appeal(), two.appeal());
        assertEquals(2 * 3 * RANK, two.left().length);
        for (int form = 0; form < 3; form++) {
            float value = form == 2 ? 4 : 1 + form;
            assertEquals(value, two.left()[form * RANK], "form " + form);
            assertEquals(value, two.left()[form * RANK + RANK - 1], "form " + form);
            assertEquals(-value, two.right()[(3 + form) * RANK], "form " + form + " of the second dimension");
        }
    }

    @Test
    void whereAllExplainEnoughNothingChanges() {
        LatentClasses all = THREE.explaining(2);

        assertEquals(3, all.size());
        assertArrayEquals(THREE.left(), all.left());
        assertArrayEquals(THREE.prior(), all.prior());
    }

    @Test
    void theLargestStaysWhateverIsAsked() {
        LatentClasses one = THREE.explaining(1_000);

        assertArrayEquals(new float[][] {{1, 2}}, one.classes());
    }

    private static float[] factors() {
        float[] factors = new float[2 * 4 * RANK];
        for (int i = 0; i < factors.length; i++) {
            int form = 1 + i / RANK % 4;
            factors[i] = i < 4 * RANK ? form : -form;
        }
        return factors;
    }
}
