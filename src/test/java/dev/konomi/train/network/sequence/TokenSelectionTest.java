package dev.konomi.train.network.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.network.Parameters;
import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.sequence.SequenceConfig.Placement;
import java.util.Comparator;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;

class TokenSelectionTest {
    private static final int WIDTH = 16;
    private static final int TOKENS = 6;
    private static final int SELECTED = 2;
    private final TokenSelection selection = new TokenSelection(
            new SequenceConfig(new DecoderConfig(WIDTH, 1, 2, 1, 24), 4, 4, TOKENS, SELECTED, 8, Placement.SUFFIX),
            new Parameters(new Device("cpu")),
            new SplittableRandom(5));

    @Test
    void theBalanceTermIsTheSharesOfSelectionsTimesMeanActivations() {
        Random random = new Random(2);
        for (int rows = 1; rows < 12; rows++) {
            TokenSelection.Activated activated = forward(random, rows, false);
            float[][] activations = Tensors.rows(activated.activations());
            double[] mean = new double[TOKENS];
            double[] share = new double[TOKENS];
            for (float[] row : activations) {
                for (int m = 0; m < TOKENS; m++) {
                    mean[m] += row[m] / rows;
                }
                IntStream.range(0, TOKENS)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer m) -> -row[m]))
                        .limit(SELECTED)
                        .forEach(m -> share[m] += 1.0 / (activations.length * SELECTED));
            }
            double expected = 0;
            for (int m = 0; m < TOKENS; m++) {
                expected += TOKENS * share[m] * mean[m];
            }
            assertEquals(expected, activated.balance().item_float(), 1e-5, rows + " rows");
        }
    }

    @Test
    void oneTasteForEverybodyIsLessBalancedThanMany() {
        double many = forward(new Random(3), 200, false).balance().item_float();
        double one = forward(new Random(3), 200, true).balance().item_float();
        assertTrue(one > many, one + " against " + many);
    }

    private TokenSelection.Activated forward(Random random, int rows, boolean same) {
        float[] pooled = new float[rows * WIDTH];
        for (int i = 0; i < pooled.length; i++) {
            pooled[i] = same && i >= WIDTH ? pooled[i - WIDTH] : (float) random.nextGaussian();
        }
        return selection.forward(Tensors.of(pooled, rows, WIDTH));
    }
}
