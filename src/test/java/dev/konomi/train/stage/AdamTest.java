package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.konomi.train.network.Parameters;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class AdamTest {
    private static final double RATE = 0.01;
    private static final double DECAY = 0.1;
    private static final float[] START = {1, -2, 0.5f};
    private static final double[] SLOPE = {3, -0.02, 4};

    private final Parameters parameters = new Parameters(new Device("cpu"));
    private final Tensor weight = parameters.add("weight", Part.DECODER, START, 3);

    @Test
    void stepsAreThoseOfThePaperWithGradientsClipped() {
        Adam adam = adam();
        double[] expected = {START[0], START[1], START[2]};
        double[] first = new double[3];
        double[] second = new double[3];
        for (int step = 0; step < 5; step++) {
            descend(adam, step, 0);
            double longest = step % 2 == 0 ? 1 : 100;
            double norm = Math.sqrt(9 + 0.0004 + 16);
            for (int i = 0; i < 3; i++) {
                double gradient = SLOPE[i] * Math.min(1, longest / norm);
                first[i] = 0.9 * first[i] + 0.1 * gradient;
                second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
                double mean = first[i] / (1 - Math.pow(0.9, step + 1));
                double root = Math.sqrt(second[i] / (1 - Math.pow(0.999, step + 1)));
                expected[i] -= RATE * (DECAY * expected[i] + mean / (root + 1e-8));
            }
        }
        float[] values = parameters.values("weight");
        for (int i = 0; i < 3; i++) {
            assertEquals(expected[i], values[i], 1e-6, "weight " + i);
        }
    }

    @Test
    void theAverageFollowsTheWeightsOnlyWhereOneIsKept() {
        Adam without = adam();
        descend(without, 0, 0);
        assertArrayEquals(START, without.state().get("average.weight"));

        Adam with = adam();
        float[] before = parameters.values("weight");
        descend(with, 0, 0.75);
        float[] after = parameters.values("weight");
        float[] average = with.state().get("average.weight");
        assertEquals(0.75 * before[0] + 0.25 * after[0], average == null ? Double.NaN : average[0], 1e-6);
    }

    @Test
    void whatTheLossDoesNotDependOnStaysWhereItIs() {
        Tensor idle = parameters.add("idle", Part.DECODER, new float[] {7}, 1);
        Adam adam = adam();
        descend(adam, 0, 0);
        idle.sum().backward();
        adam.zeroGradients();
        descend(adam, 1, 0);
        assertArrayEquals(new float[] {7}, parameters.values("idle"));
    }

    private Adam adam() {
        return new Adam(parameters.all(), Map.of(Part.DECODER, new Adam.Rate(RATE, DECAY)));
    }

    /// Down a slope; every second step is clipped.
    private void descend(Adam adam, int step, double averaging) {
        adam.zeroGradients();
        weight.mul(Tensors.of(new float[] {(float) SLOPE[0], (float) SLOPE[1], (float) SLOPE[2]}, 3))
                .sum()
                .backward();
        adam.step(step, 1, step % 2 == 0 ? 1 : 100, averaging);
    }
}
