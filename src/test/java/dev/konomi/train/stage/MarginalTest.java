package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.network.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class MarginalTest {
    private static final int PEOPLE = 3;
    private static final int LENGTH = 5;
    private static final int CLASSES = 4;
    private static final int SAMPLES = 2;
    private static final double TEMPERATURE = 2.5;

    @Test
    void valueAndGradientAreThoseOfTheFormula() {
        try (var scope = new PointerScope()) {
            Tensor weight = Tensors.of(weights(), PEOPLE, LENGTH);
            Tensor[] leaves = leaves();
            Tensor closed = new Marginal(leaves[0], leaves[1], leaves[2].log_softmax(0), weight, TEMPERATURE).sum();
            closed.backward();
            Tensor[] again = leaves();
            Tensor taped = formula(again[0], again[1], again[2].log_softmax(0), weight);
            taped.backward();

            assertEquals(taped.item_float(), closed.item_float(), 1e-3);
            for (int i = 0; i < leaves.length; i++) {
                assertArrayEquals(Tensors.floats(again[i].grad()), Tensors.floats(leaves[i].grad()), 1e-4f);
            }
        }
    }

    @Test
    void utilitiesBeyondReasonStayFinite() {
        try (var scope = new PointerScope()) {
            Tensor weight = Tensors.of(weights(), PEOPLE, LENGTH);
            Tensor huge = torch.full(new long[] {PEOPLE * LENGTH, CLASSES}, Tensors.scalar(-1e6));
            Tensor sum = new Marginal(
                            huge,
                            leaves()[1].detach(),
                            leaves()[2].log_softmax(0).detach(),
                            weight,
                            TEMPERATURE)
                    .sum();

            assertTrue(Float.isFinite(sum.item_float()), "the sum is " + sum.item_float());
        }
    }

    private static Tensor formula(Tensor mean, Tensor own, Tensor share, Tensor weight) {
        Tensor byPair = torch.log_sigmoid(mean.unsqueeze(2).add(own.unsqueeze(1)))
                .view(PEOPLE, LENGTH, CLASSES, SAMPLES)
                .mul(weight.unsqueeze(2).unsqueeze(3))
                .sum(1)
                .div(Tensors.scalar(TEMPERATURE))
                .add(share.sub(Tensors.scalar(Math.log(SAMPLES))).unsqueeze(1));
        return byPair.view(PEOPLE, CLASSES * SAMPLES).logsumexp(1).sum().mul(Tensors.scalar(TEMPERATURE));
    }

    private static Tensor[] leaves() {
        var random = new SplittableRandom(1);
        return new Tensor[] {
            Tensors.of(gaussians(random, PEOPLE * LENGTH * CLASSES), PEOPLE * LENGTH, CLASSES)
                    .set_requires_grad(true),
            Tensors.of(gaussians(random, PEOPLE * LENGTH * SAMPLES), PEOPLE * LENGTH, SAMPLES)
                    .set_requires_grad(true),
            Tensors.of(gaussians(random, CLASSES), CLASSES).set_requires_grad(true)
        };
    }

    /// Some zero: padding.
    private static float[] weights() {
        var random = new SplittableRandom(2);
        float[] weights = new float[PEOPLE * LENGTH];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 4 == 3 ? 0 : 0.2f + (float) random.nextDouble();
        }
        return weights;
    }

    private static float[] gaussians(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
