package dev.konomi.train.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.network.NetworkSettings.ActivationKind;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class QueryActivationTest {
    private static final int TOKENS = 4;
    private static final NetworkSettings SETTINGS = new NetworkSettings(3, TOKENS, 2, ActivationKind.QUERY, 2);
    private final Parameters parameters = new Parameters(new Device("cpu"));
    private final QueryActivation activation =
            new QueryActivation(parameters, SETTINGS, new SplittableRandom(1), new Change(parameters, 1));

    @Test
    void theBalanceTermAloneIsLeastWhereTokensAreUsedEvenly() {
        assertEquals(0.5, balance(0.5, even(), even()), 1e-6);
        // Everybody on one token: M times as much.
        assertEquals(0.5 * TOKENS, balance(0.5, only(2), only(2)), 1e-6);
        assertEquals(0, balance(0, only(2), only(2)));
    }

    @Test
    void itIsTheMeanUseThatCountsNotHowSharplyEachPersonIsTold() {
        assertEquals(0.5, balance(0.5, only(0), only(1), only(2), only(3)), 1e-6);
        assertTrue(balance(0.5, only(0), only(1)) < balance(0.5, only(0), only(0)));
    }

    private double balance(double factor, float[]... activations) {
        int people = activations.length;
        int width = SETTINGS.width();
        var history = new Evidence(
                Tensors.of(new float[people * width], people, 1, width),
                Tensors.of(new float[people], people, 1),
                Tensors.of(new float[people], people, 1),
                Tensors.of(new float[people], people, 1, 1),
                Tensors.of(new float[people], people, 1, 1));
        Tensor used = Tensors.of(activations, TOKENS).view(people, 1, TOKENS);
        return activation.auxiliary(history, used, 0, factor).item_float();
    }

    private static float[] even() {
        return new float[] {0.25f, 0.25f, 0.25f, 0.25f};
    }

    private static float[] only(int token) {
        float[] activations = new float[TOKENS];
        activations[token] = 1;
        return activations;
    }
}
