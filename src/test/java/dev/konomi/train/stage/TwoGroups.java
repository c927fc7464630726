package dev.konomi.train.stage;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Whitening;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;

/// A town small enough to train on in a second: people of two groups with opposite tastes choose between items.
final class TwoGroups {
    static final int WIDTH = 6;
    static final NetworkSettings NETWORK = new NetworkSettings(WIDTH, 3, 2, ActivationKind.BAYES, 2);

    private static final int ITEMS = 40;
    private static final long DAY = 86_400_000;
    private static final double SHARPNESS = 3;

    private TwoGroups() {}

    /// @return people whose choices follow their group's taste; every fourth observation is an opinion, some lack an
    /// image
    static Dataset people(long seed, int count, int observations) {
        return people(seed, count, observations, SHARPNESS);
    }

    /// @return people who toss a coin
    static Dataset coinTossers(long seed, int count, int observations) {
        return people(seed, count, observations, 0);
    }

    private static Dataset people(long seed, int count, int observations, double sharpness) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Encoding> items = new ArrayList<>();
        double[][] vectors = new double[ITEMS][WIDTH];
        for (int item = 0; item < ITEMS; item++) {
            float[] image = new float[WIDTH];
            float[] text = new float[WIDTH];
            for (int k = 0; k < WIDTH; k++) {
                vectors[item][k] = random.nextGaussian();
                image[k] = (float) vectors[item][k];
                text[k] = (float) (vectors[item][k] + 0.3 * random.nextGaussian());
            }
            items.add(new Encoding(item % 7 == 3 ? null : image, item % 7 == 5 ? null : text));
        }
        List<Person> people = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            List<Observation> seen = new ArrayList<>();
            for (int i = 0; i < observations; i++) {
                seen.add(observe(random, vectors, id % 2 == 0 ? sharpness : -sharpness, i));
            }
            people.add(new Person(id, seen));
        }
        return new Dataset("two-groups", WIDTH, items, people);
    }

    private static Observation observe(SplittableRandom random, double[][] vectors, double taste, int day) {
        int one = random.nextInt(ITEMS);
        int other = (one + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
        float weight = 0.5f + (float) random.nextDouble();
        if (day % 4 == 3) {
            return new Observation.Opinion(one, agrees(random, taste * vectors[one][0]), weight, day * DAY);
        }
        boolean first = agrees(random, taste * (vectors[one][0] - vectors[other][0]));
        return new Observation.Choice(first ? one : other, first ? other : one, weight, day * DAY);
    }

    private static boolean agrees(SplittableRandom random, double logOdds) {
        return random.nextDouble() < 1 / (1 + Math.exp(-logOdds));
    }

    /// @return a plan of that many steps for [#NETWORK]
    /// @param data whose items the network is to see
    /// @return a network as it is before training
    static PreferenceNetwork network(Dataset data) {
        return new PreferenceNetwork(
                NETWORK, Whitening.of(data.items(), WIDTH, WIDTH), WIDTH, 12, 1, new Device("cpu"));
    }

    static TrainingPlan plan(long seed, int token, int one, int two) {
        return TrainingPlan.quick()
                .withNetwork(NETWORK)
                .withSeeds(Seeds.of(seed))
                .withSteps(token, one, two);
    }
}
