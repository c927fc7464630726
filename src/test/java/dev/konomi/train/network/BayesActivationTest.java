package dev.konomi.train.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.network.Activation.Activated;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Test;

class BayesActivationTest {
    private static final int TOKENS = 3;
    private static final double SPAN = 10;

    /// One person's history.
    ///
    /// @param explained `p_m·d_i`, `[n][M]`
    private record Past(float[][] explained, float[] weight, float[] age) {
        int length() {
            return weight.length;
        }
    }

    private record Present(double[] tokens, double[] weight) {}

    @Test
    void everyMomentOfAChangeIsSummedOut() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Past past = past(random, 1 + random.nextInt(9));
            Present expected = bySumming(past);
            Present actual = activate(past);

            assertArrayEquals(expected.tokens(), actual.tokens(), 1e-5, "seed " + seed);
            assertArrayEquals(expected.weight(), actual.weight(), 1e-5, "seed " + seed);
        }
    }

    @Test
    void withoutTimeNobodyChanges() {
        Past past = past(new SplittableRandom(1), 8);
        Present present = activate(new Past(past.explained(), past.weight(), new float[8]));
        double[] logits = new double[TOKENS];
        for (int i = 0; i < 8; i++) {
            for (int token = 0; token < TOKENS; token++) {
                logits[token] += past.weight()[i] * logSigmoid(past.explained()[i][token]);
            }
        }

        assertArrayEquals(softmax(logits), present.tokens(), 1e-5);
        for (int i = 0; i < 8; i++) {
            assertEquals(past.weight()[i], present.weight()[i], 1e-5);
        }
    }

    @Test
    void aNewTasteIsSeenThoughMoreWasSaidOfTheOldOne() {
        int old = 12;
        int recent = 6;
        float[][] explained = new float[old + recent][];
        float[] weight = new float[old + recent];
        float[] age = new float[old + recent];
        for (int i = 0; i < explained.length; i++) {
            explained[i] = i < old ? new float[] {2, -2, 0} : new float[] {-2, 2, 0};
            weight[i] = 1;
            age[i] = (explained.length - 1 - i) / 4f;
        }
        Present timed = activate(new Past(explained, weight, age));
        Present untimed = activate(new Past(explained, weight, new float[age.length]));

        assertTrue(timed.tokens()[1] > 0.8, "the new taste has " + timed.tokens()[1]);
        assertTrue(untimed.tokens()[1] < 0.01, "without time it has " + untimed.tokens()[1]);
        assertTrue(timed.weight()[old - 1] < 0.3, "the last of the old counts " + timed.weight()[old - 1]);
        assertTrue(timed.weight()[old + 1] > 0.8, "the second of the new counts " + timed.weight()[old + 1]);
    }

    @Test
    void whatIsRemovedSaysNothing() {
        Past past = past(new SplittableRandom(3), 6);
        float[] kept = past.weight().clone();
        kept[5] = 0;
        float[][] others = past.explained().clone();
        others[5] = new float[] {9, -9, 3};

        assertArrayEquals(
                activate(new Past(past.explained(), kept, past.age())).tokens(),
                activate(new Past(others, kept, past.age())).tokens());
    }

    private static Past past(SplittableRandom random, int length) {
        float[][] explained = new float[length][TOKENS];
        float[] weight = new float[length];
        float[] age = new float[length];
        for (int i = length - 1; i >= 0; i--) {
            for (int token = 0; token < TOKENS; token++) {
                explained[i][token] = (float) (3 * random.nextGaussian());
            }
            weight[i] = random.nextInt(4) == 0 ? 0.5f : 1;
            age[i] = i == length - 1 ? 0 : age[i + 1] + (float) (20 * random.nextDouble());
        }
        return new Past(explained, weight, age);
    }

    private static Present activate(Past past) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            Parameters parameters = new Parameters(new Device("cpu"));
            var activation = new BayesActivation(parameters, TOKENS, new Change(parameters, SPAN));
            int n = past.length();
            var history = new Evidence(
                    Tensors.of(new float[n * TOKENS], 1, n, TOKENS),
                    Tensors.of(new float[n], 1, n),
                    Tensors.of(new float[n], 1, n),
                    Tensors.of(past.weight(), 1, 1, n),
                    Tensors.of(past.age(), 1, 1, n));
            Activated active = activation.activate(
                    history, Tensors.of(past.explained(), TOKENS).unsqueeze(0));
            return new Present(wide(Tensors.floats(active.tokens())), wide(Tensors.floats(active.weight())));
        }
    }

    /// The same by the sum over hypotheses, term by term; all tokens are as likely at first.
    private static Present bySumming(Past past) {
        int n = past.length();
        double[] tokens = new double[TOKENS];
        double[] weight = new double[n];
        double total = 0;
        for (int r = 0; r < n; r++) {
            double odds = r == 0 ? 1 : 0.05 / SPAN * (past.age()[r - 1] - past.age()[r]);
            for (int old = 0; old < TOKENS; old++) {
                for (int now = 0; now < TOKENS; now++) {
                    double joint = odds / TOKENS / TOKENS;
                    for (int i = 0; i < n; i++) {
                        joint *= Math.exp(past.weight()[i] * logSigmoid(past.explained()[i][i < r ? old : now]));
                    }
                    total += joint;
                    tokens[now] += joint;
                    for (int i = r; i < n; i++) {
                        weight[i] += past.weight()[i] * joint;
                    }
                }
            }
        }
        for (int token = 0; token < TOKENS; token++) {
            tokens[token] /= total;
        }
        for (int i = 0; i < n; i++) {
            weight[i] /= total;
        }
        return new Present(tokens, weight);
    }

    private static double logSigmoid(double x) {
        return -Math.log1p(Math.exp(-x));
    }

    private static double[] softmax(double[] logits) {
        double[] shares = new double[logits.length];
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        for (int token = 0; token < shares.length; token++) {
            shares[token] = Math.exp(logits[token]) / sum;
        }
        return shares;
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
