package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.train.network.Evidence;
import dev.konomi.train.network.PreferenceNetwork.Inferred;
import dev.konomi.train.network.Tensors;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class PreferenceLossTest {
    private static final double CLOSE = 1e-5;
    private static final double BASE_RATE = 0.7;

    /// One prefix, the empty one, that predicts a choice of weight 3 and one of weight 1.
    private static final Batch CHOICES = batch(List.of(new Choice(0, 1, 3, 1), new Choice(2, 3, 1, 2)));

    private static final float[] PREFERRED = {0.8f, -1.5f};
    private static final float[] OTHER = {-0.4f, 0.9f};

    @Test
    void withoutContrastOnlyTheBaseLossIsLeft() {
        assertEquals(base(0) * 0.75 + base(1) * 0.25, loss(CHOICES, 1, 0, PREFERRED, OTHER), CLOSE);
    }

    @Test
    void withoutBaseOnlyTheContrastIsLeft() {
        assertEquals(contrast(0) * 0.75 + contrast(1) * 0.25, loss(CHOICES, 0, 1, PREFERRED, OTHER), CLOSE);
    }

    @Test
    void contrastCountsLambdaTimes() {
        for (double lambda : new double[] {0.25, 1, 4}) {
            double alone = loss(CHOICES, 1, 0, PREFERRED, OTHER);
            double contrast = loss(CHOICES, 0, 1, PREFERRED, OTHER);
            assertEquals(alone + lambda * contrast, loss(CHOICES, 1, lambda, PREFERRED, OTHER), CLOSE);
        }
    }

    @Test
    void contrastReadsDifferencesOnlyAndTheBaseLossDoesNot() {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            float shift = 1 + random.nextFloat();
            float[] preferred = {PREFERRED[0] + shift, PREFERRED[1] + shift};
            float[] other = {OTHER[0] + shift, OTHER[1] + shift};
            assertEquals(loss(CHOICES, 0, 1, PREFERRED, OTHER), loss(CHOICES, 0, 1, preferred, other), CLOSE);
            double moved = loss(CHOICES, 1, 0, preferred, other) - loss(CHOICES, 1, 0, PREFERRED, OTHER);
            assertTrue(Math.abs(moved) > 1e-3, "moved by " + moved);
        }
    }

    @Test
    void anOpinionHasOneItemAndTheBaseRateOfLikes() {
        Batch like = batch(List.of(new Opinion(0, true, 1, 1)));
        assertEquals(
                2.5 * softplus(-(0.8 + BASE_RATE)), loss(like, 1, 1.5, new float[] {0.8f}, new float[] {0}), CLOSE);
        Batch dislike = batch(List.of(new Opinion(0, false, 1, 1)));
        assertEquals(
                2.5 * softplus(0.8 + BASE_RATE), loss(dislike, 1, 1.5, new float[] {0}, new float[] {0.8f}), CLOSE);
    }

    private static double base(int i) {
        return 0.5 * (softplus(-PREFERRED[i]) + softplus(OTHER[i]));
    }

    /// As published, of logits `s/2` and `−s/2`.
    private static double contrast(int i) {
        double liked = PREFERRED[i] / 2 - OTHER[i] / 2;
        double disliked = -OTHER[i] / 2 - -PREFERRED[i] / 2;
        return softplus(-liked) + softplus(-disliked);
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    private static Batch batch(List<Observation> row) {
        return Batch.of(List.of(row), row.size(), row.size(), new int[] {0}, 9);
    }

    private static double loss(Batch batch, double base, double contrast, float[] preferred, float[] other) {
        Tensor nothing = Tensors.of(new float[1], 1);
        var forward = new Forward(
                new Evidence(nothing, nothing, nothing, nothing, nothing),
                new Inferred(nothing, nothing, nothing),
                Tensors.of(preferred, 1, 1, preferred.length),
                Tensors.of(other, 1, 1, other.length));
        return PreferenceLoss.of(forward, batch, base, contrast, true, BASE_RATE)
                .item_float();
    }
}
