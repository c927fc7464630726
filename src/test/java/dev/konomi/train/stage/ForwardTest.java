package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForwardTest {
    private static final int HISTORY = 8;
    private static final int[] PREFIXES = {0, 1, 3, 8};

    private final Dataset data = TwoGroups.people(4, 6, 12);

    @ParameterizedTest
    @EnumSource(ActivationKind.class)
    void theFutureNeverLeaksIntoATaste(ActivationKind activation) {
        PreferenceNetwork network = network(activation);
        for (int seed = 0; seed < 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Observation> row = data.people().get(seed % 6).observations();
            int prefix = random.nextInt(PREFIXES.length);
            List<Observation> changed = new ArrayList<>(row.subList(0, PREFIXES[prefix]));
            for (int i = changed.size(); i < row.size(); i++) {
                changed.add(new Observation.Choice(
                        random.nextInt(20),
                        20 + random.nextInt(20),
                        1 + i,
                        row.get(i).at() + 1000L * i));
            }
            float[] before = taste(network, List.of(row), 12)[prefix];
            float[] after = taste(network, List.of(changed), 12)[prefix];

            assertArrayEquals(before, after, "seed " + seed + ", prefix " + PREFIXES[prefix]);
        }
    }

    @ParameterizedTest
    @EnumSource(ActivationKind.class)
    void paddingChangesNothing(ActivationKind activation) {
        PreferenceNetwork network = network(activation);
        for (int length = 0; length < HISTORY; length++) {
            List<Observation> row = data.people().get(length % 6).observations().subList(0, length);
            List<Observation> longer = data.people().get((length + 1) % 6).observations();
            float[] alone = taste(network, List.of(row), HISTORY)[PREFIXES.length - 1];
            float[] padded = taste(network, List.of(row, longer), 12)[PREFIXES.length - 1];

            assertArrayEquals(alone, padded, 1e-5f, "a history of " + length);
        }
    }

    @ParameterizedTest
    @EnumSource(ActivationKind.class)
    void aHistoryCountsOnceItIsThere(ActivationKind activation) {
        PreferenceNetwork network = network(activation);
        float[][] tastes = taste(network, List.of(data.people().getFirst().observations()), 12);

        assertFalse(Arrays.equals(tastes[0], tastes[1]));
        assertFalse(Arrays.equals(tastes[1], tastes[2]));
    }

    @ParameterizedTest
    @EnumSource(ActivationKind.class)
    void trainingAndServingReadAHistoryAlike(ActivationKind activation) {
        PreferenceNetwork network = network(activation);
        var model = new TrainedModel(network, new float[data.items().size()], 1, null, 0, "", java.util.Map.of(), null);
        List<Observation> row = data.people().get(2).observations();
        float[][] trained = taste(network, List.of(row), 12);
        TrainedModel.Items items = model.items(data.items());

        for (int q = 0; q < PREFIXES.length; q++) {
            float[] served = model.person(items, row.subList(0, PREFIXES[q])).taste();
            assertArrayEquals(trained[q], served, 1e-4f, "prefix " + PREFIXES[q]);
        }
    }

    @ParameterizedTest
    @EnumSource(ActivationKind.class)
    void trainingAndServingKnowOffsetsAlike(ActivationKind activation) {
        PreferenceNetwork network = network(activation);
        float[] offsets = new float[data.items().size()];
        for (int item = 0; item < offsets.length; item++) {
            offsets[item] = item % 5 - 2;
        }
        List<Observation> row = data.people().get(2).observations();
        Choice asked = (Choice) row.get(10);
        var model = new TrainedModel(network, offsets, 1, null, 0, "", java.util.Map.of(), null);
        float[][] margins;
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            ItemTable items = network.connector().table(data.items(), new Device("cpu"));
            Batch batch = Batch.of(List.of(row), 12, HISTORY, PREFIXES, items.meanItem());
            margins = Tensors.rows(
                    Forward.of(network, items, offsets, batch, 0, null).margin().select(0, 0));
        }
        for (int q = 0; q < PREFIXES.length; q++) {
            double[] served = model.ranker(data, offsets)
                    .score(row.subList(0, PREFIXES[q]), new int[] {asked.chosen(), asked.rejected()});
            assertEquals(served[0] - served[1], margins[q][10], 1e-4, "prefix " + PREFIXES[q]);
        }
    }

    @ParameterizedTest
    @EnumSource(ActivationKind.class)
    void whatAHistoryAddsCanBeScaledDownToNothing(ActivationKind activation) {
        List<Observation> row = data.people().getFirst().observations();
        float[] without = taste(network(activation), List.of(row), 12)[0];
        double before = Double.POSITIVE_INFINITY;
        for (double factor : new double[] {1, 0.5, 0.1, 0}) {
            PreferenceNetwork network = network(activation);
            network.scalePersonal(factor, factor);
            float[][] tastes = taste(network, List.of(row), 12);
            assertArrayEquals(without, tastes[0], 1e-5f, "without a history nothing changes");
            double added = 0;
            for (int k = 0; k < without.length; k++) {
                added += Math.abs(tastes[PREFIXES.length - 1][k] - without[k]);
            }
            assertTrue(added < before, activation + ": " + added + " at " + factor + " after " + before);
            before = added;
        }
        assertEquals(0, before, 1e-5);
    }

    @ParameterizedTest
    @EnumSource(ActivationKind.class)
    void activationsAreShares(ActivationKind activation) {
        PreferenceNetwork network = network(activation);
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            float[][] shares = Tensors.rows(
                    forward(network, List.of(data.people().getFirst().observations()), 12)
                            .inferred()
                            .activations()
                            .flatten(0, 1));
            for (float[] row : shares) {
                double sum = 0;
                for (float share : row) {
                    sum += share;
                }
                assertEquals(1, sum, 1e-5);
            }
        }
    }

    /// @return `h_u` after each prefix of the first person
    private float[][] taste(PreferenceNetwork network, List<List<Observation>> rows, int length) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            return Tensors.rows(
                    forward(network, rows, length).inferred().taste().select(0, 0));
        }
    }

    private Forward forward(PreferenceNetwork network, List<List<Observation>> rows, int length) {
        ItemTable items = network.connector().table(data.items(), new Device("cpu"));
        Batch batch = Batch.of(rows, length, HISTORY, PREFIXES, items.meanItem());
        return Forward.of(network, items, batch, 0, null);
    }

    /// A network whose every part says something.
    private PreferenceNetwork network(ActivationKind activation) {
        var network = new PreferenceNetwork(
                TwoGroups.NETWORK.with(activation),
                Whitening.of(data.items(), TwoGroups.WIDTH, TwoGroups.WIDTH),
                TwoGroups.WIDTH,
                12,
                1,
                new Device("cpu"));
        SplittableRandom random = new SplittableRandom(9);
        network.parameters().all().stream()
                .filter(parameter -> !parameter.name().startsWith("connector.")
                        && !parameter.name().equals("change")
                        && (activation != ActivationKind.NONE
                                || !parameter.name().startsWith("tokens.")))
                .forEach(parameter -> {
                    float[] values = network.parameters().values(parameter.name());
                    for (int i = 0; i < values.length; i++) {
                        values[i] += (float) (0.3 * random.nextGaussian());
                    }
                    network.parameters().set(parameter.name(), values);
                });
        return network;
    }
}
