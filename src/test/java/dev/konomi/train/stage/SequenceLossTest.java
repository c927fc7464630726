package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.sequence.TokenSelection.Activated;
import dev.konomi.train.stage.SequenceDrawing.Target;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class SequenceLossTest {
    private static final double CLOSE = 1e-5;

    /// Disliked, liked; the first two questions are of one choice, the third is of a liked item.
    private static final float[] LOGITS = {-0.3f, 1.2f, 0.9f, 0.1f, 0.4f, -0.7f};

    private static final List<Target> TARGETS = List.of(new Target(0, 1, 2), new Target(2, -1, 1));

    private static final double BASE = (2 * 0.5 * (entropy(1.2 - -0.3) + entropy(0.9 - 0.1)) + entropy(-0.7 - 0.4)) / 3;

    private static final double CONTRAST = 2 * (entropy(1.2 - 0.1) + entropy(0.9 - -0.3)) / 3;

    @Test
    void withoutContrastOnlyTheBaseLossIsLeft() {
        assertEquals(BASE, loss(TARGETS, 0), CLOSE);
    }

    @Test
    void contrastCountsLambdaTimesAndForChoicesAlone() {
        assertEquals(BASE + CONTRAST, loss(TARGETS, 1), CLOSE);
        assertEquals(BASE + 0.3 * CONTRAST, loss(TARGETS, 0.3), CLOSE);
        List<Target> opinion = List.of(new Target(2, -1, 1));
        assertEquals(loss(opinion, 0), loss(opinion, 5), CLOSE);
    }

    @Test
    void thePoolsTermsCountByTheirFactors() {
        Tensor nothing = Tensors.of(new float[1], 1);
        var activated =
                new Activated(nothing, nothing, Tensors.of(new float[] {0.6f}, 1), Tensors.of(new float[] {1.5f}, 1));
        Tensor loss = Tensors.of(new float[] {2}, 1);
        assertEquals(2, SequenceLoss.withPool(loss, activated, 0, 0).item_float(), CLOSE);
        assertEquals(2.15, SequenceLoss.withPool(loss, activated, 0, 0.1).item_float(), CLOSE);
        assertEquals(1.7, SequenceLoss.withPool(loss, activated, 0.5, 0).item_float(), CLOSE);
    }

    private static double loss(List<Target> targets, double contrast) {
        return SequenceLoss.of(Tensors.of(LOGITS, 3, 2), targets, contrast).item_float();
    }

    /// `−log σ(x)`: of two logits, x is the right one's lead.
    private static double entropy(double x) {
        return Math.log1p(Math.exp(-x));
    }
}
