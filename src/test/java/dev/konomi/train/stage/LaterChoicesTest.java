package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.taste.Interval;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.PreferenceNetwork;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;

class LaterChoicesTest {
    private static final double BASE_RATE = 0.4;
    private static final int FIRST = 4;

    private final Dataset data = TwoGroups.people(4, 3, 12);

    @Test
    void areWhatTheModelMakesOfThemFromTheHistoryBefore() {
        PreferenceNetwork network = network();
        ItemTable table = network.connector().table(data.items(), new Device("cpu"));
        var model = new TrainedModel(network, new float[data.items().size()], 1, null, 0, "", Map.of(), null);
        TrainedModel.Items items = model.items(data.items());
        List<List<SpreadFit.Later>> all = new LaterChoices(network, table, items, BASE_RATE).of(data.people());

        assertEquals(data.people().size(), all.size());
        for (int number = 0; number < all.size(); number++) {
            Person person = data.people().get(number);
            assertEquals(person.observations().size() - FIRST, all.get(number).size());
            for (int q = 0; q < all.get(number).size(); q++) {
                check(
                        model,
                        items,
                        person.observations(),
                        FIRST + q,
                        all.get(number).get(q));
            }
        }
    }

    private void check(
            TrainedModel model,
            TrainedModel.Items items,
            List<Observation> observations,
            int known,
            SpreadFit.Later later) {
        TrainedModel.Person person = model.person(items, observations.subList(0, known));
        float[][] tokens = model.tokens();
        assertEquals(observations.size() - known, later.margins().length);
        for (int j = 0; j < later.margins().length; j++) {
            Observation observation = observations.get(known + j);
            float[] difference = difference(items, observation);
            double margin = dot(person.taste(), difference) + appeal(items, observation);
            double liked = observation instanceof Opinion opinion ? opinion.liked() ? BASE_RATE : -BASE_RATE : 0;
            assertEquals(margin + liked, later.margins()[j], 1e-4);
            assertEquals(
                    Interval.tokenVariance(person.activations(), tokens, difference), later.tokenVariance()[j], 1e-3);
        }
        assertEquals(later.tokenVariance()[0], later.tokenCovariance()[0], 1e-9);
        assertEquals(later.ownVariance()[0], later.ownCovariance()[0], 1e-9);
        double expected = observations.get(known) instanceof Opinion ? 1 : later.ownVariance()[0];
        assertEquals(expected, later.ownVariance()[0], 1e-5);
    }

    private static float[] difference(TrainedModel.Items items, Observation observation) {
        return switch (observation) {
            case Choice choice -> minus(items.features()[choice.chosen()], items.features()[choice.rejected()]);
            case Opinion opinion ->
                opinion.liked()
                        ? items.features()[opinion.item()]
                        : minus(new float[items.features()[0].length], items.features()[opinion.item()]);
        };
    }

    private static double appeal(TrainedModel.Items items, Observation observation) {
        return switch (observation) {
            case Choice choice -> items.appeal()[choice.chosen()] - items.appeal()[choice.rejected()];
            case Opinion opinion -> (opinion.liked() ? 1 : -1) * items.appeal()[opinion.item()];
        };
    }

    private static float[] minus(float[] one, float[] other) {
        float[] difference = one.clone();
        for (int k = 0; k < difference.length; k++) {
            difference[k] -= other[k];
        }
        return difference;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }

    private PreferenceNetwork network() {
        var network = TwoGroups.network(data);
        SplittableRandom random = new SplittableRandom(3);
        for (String name : List.of("tokens.vectors", "tokens.prior", "tower.appeal")) {
            float[] values = network.parameters().values(name);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            network.parameters().set(name, values);
        }
        return network;
    }
}
