package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Ranker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Half of the people like items that have two things or neither, the other half those that have one of them. Each
/// thing by itself tells nothing about anybody.
class TastesForTwoThingsTogetherTest {
    private static final int WIDTH = TwoGroups.WIDTH;
    private static final int ITEMS = 60;
    private static final int CHOICES = 24;

    @TempDir
    Path folder;

    @Test
    void areFoundAndHoldForItemsThatNobodyHasSeen() {
        TrainedModel model = Training.run(people(1, 160), TwoGroups.plan(3, 400, 20, 10), folder, Progress.SILENT);

        Dataset unseen = people(2, 100);
        Ranker ranker = model.ranker(unseen);
        int right = 0;
        int asked = 0;
        for (Person person : unseen.people()) {
            List<Observation> history = person.observations().subList(0, 12);
            for (Observation next : person.observations().subList(12, CHOICES)) {
                var choice = (Observation.Choice) next;
                double[] scores = ranker.score(history, new int[] {choice.chosen(), choice.rejected()});
                right += scores[0] > scores[1] ? 1 : 0;
                asked++;
            }
        }
        assertTrue(right > 0.8 * asked, right + " of " + asked + " choices were foreseen");
    }

    private static Dataset people(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Encoding> items = new ArrayList<>();
        double[] together = new double[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            float[] image = new float[WIDTH];
            for (int k = 0; k < WIDTH; k++) {
                image[k] = random.nextBoolean() ? 1 : -1;
            }
            together[item] = image[0] * image[1];
            items.add(new Encoding(image, null));
        }
        List<Person> people = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            List<Observation> choices = new ArrayList<>();
            while (choices.size() < CHOICES) {
                int one = random.nextInt(ITEMS);
                int other = random.nextInt(ITEMS);
                // who does not care about a pair would toss a coin: such pairs are left out
                if (together[one] != together[other]) {
                    boolean first = together[one] > together[other] == (id % 2 == 0);
                    choices.add(new Observation.Choice(
                            first ? one : other, first ? other : one, 1, choices.size() * 86_400_000L));
                }
            }
            people.add(new Person(id, choices));
        }
        return new Dataset("together", WIDTH, items, people);
    }
}
