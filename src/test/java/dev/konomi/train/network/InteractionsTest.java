package dev.konomi.train.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class InteractionsTest {
    private static final int DIMENSION = 5;
    private static final int FORMS = 3;
    private static final int ROWS = 7;

    private final SplittableRandom random = new SplittableRandom(4);
    private final Parameters parameters = new Parameters(new Device("cpu"));
    private final Interactions interactions = new Interactions(parameters, random, DIMENSION, FORMS);

    @Test
    void aFormIsASumOfProductsOfTwoDirections() {
        int columns = FORMS * Interactions.RANK;
        float[] left = drawn(DIMENSION * columns);
        float[] right = drawn(DIMENSION * columns);
        parameters.set(Interactions.LEFT, left);
        parameters.set(Interactions.RIGHT, right);
        float[] x = drawn(ROWS * DIMENSION);

        float[] expected = new float[ROWS * FORMS];
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < columns; column++) {
                float u = 0;
                float v = 0;
                for (int k = 0; k < DIMENSION; k++) {
                    u += x[row * DIMENSION + k] * left[k * columns + column];
                    v += x[row * DIMENSION + k] * right[k * columns + column];
                }
                expected[row * FORMS + column / Interactions.RANK] += u * v;
            }
        }
        try (var scope = new PointerScope()) {
            assertArrayEquals(expected, Tensors.floats(interactions.of(Tensors.of(x, ROWS, DIMENSION))), 1e-4f);
        }
    }

    @Test
    void theMeanOverACatalogueFollowsFromItsSecondMoments() {
        try (var scope = new PointerScope()) {
            Tensor x = Tensors.of(drawn(ROWS * DIMENSION), ROWS, DIMENSION);
            Tensor second = x.t().matmul(x).div(Tensors.scalar(ROWS));

            assertArrayEquals(
                    Tensors.floats(interactions.of(x).mean(0)), Tensors.floats(interactions.mean(second)), 1e-5f);
        }
    }

    @Test
    void whatAFormPaysIsTheSquaredNormOfItsOwnFactors() {
        float[] alone = new float[DIMENSION * FORMS * Interactions.RANK];
        alone[Interactions.RANK] = 3; // first direction of the second form
        parameters.set(Interactions.LEFT, alone);
        parameters.set(Interactions.RIGHT, new float[alone.length]);
        try (var scope = new PointerScope()) {
            float[] squares = Tensors.floats(interactions.squares());

            assertEquals(FORMS, squares.length);
            assertArrayEquals(new float[] {0, 9, 0}, squares, 1e-6f, Arrays.toString(squares));
        }
    }

    private float[] drawn(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
