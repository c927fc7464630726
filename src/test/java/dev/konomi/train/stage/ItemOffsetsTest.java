package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.train.dataset.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemOffsetsTest {
    private static final double STRENGTH = 2;
    private static final double BASE_RATE = 0.5;
    private static final float[] APPEAL = {0.4f, -0.2f, 0.1f, 0};

    private final ItemOffsets offsets = new ItemOffsets(STRENGTH);

    @Test
    void atTheModeWhatChoicesSayAndThePriorAreInBalance() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Person> people = new ArrayList<>();
            for (int p = 0; p < 20; p++) {
                int one = random.nextInt(4);
                float weight = 0.5f + random.nextFloat();
                people.add(person(p, new Choice(one, (one + 1 + random.nextInt(3)) % 4, weight, 1)));
            }
            float[] found = offsets.of(people, APPEAL, BASE_RATE);
            double[] gradient = new double[4];
            for (int item = 0; item < 4; item++) {
                gradient[item] = -STRENGTH * found[item];
            }
            for (Person person : people) {
                Choice choice = (Choice) person.observations().getFirst();
                double surprise = choice.weight()
                        * sigmoid(APPEAL[choice.rejected()]
                                + found[choice.rejected()]
                                - APPEAL[choice.chosen()]
                                - found[choice.chosen()]);
                gradient[choice.chosen()] += surprise;
                gradient[choice.rejected()] -= surprise;
            }
            assertArrayEquals(new double[4], gradient, 1e-3, "seed " + seed);
        }
    }

    /// One Newton step from a far too sure appeal would overshoot by far.
    @Test
    void howeverWrongContentIsEventsWin() {
        for (float wrong : new float[] {-8, -3, 3, 8}) {
            List<Person> people = new ArrayList<>();
            for (int p = 0; p < 400; p++) {
                people.add(person(p, new Opinion(0, p % 2 == 0, 1, 1)));
            }
            float found = new ItemOffsets(0.3).of(people, new float[] {wrong}, 0)[0];
            assertEquals(0, wrong + found, 0.1, "appeal " + wrong);
        }
    }

    @Test
    void whatAnybodyLikesOfSomebodyWhoLikesEverythingSaysLess() {
        List<Observation> everything = new ArrayList<>();
        List<Observation> nothingElse = new ArrayList<>();
        for (int item = 2; item < 12; item++) {
            everything.add(new Opinion(item, true, 1, item));
            nothingElse.add(new Opinion(item, false, 1, item));
        }
        everything.add(new Opinion(0, true, 1, 20));
        nothingElse.add(new Opinion(1, true, 1, 20));
        float[] found =
                offsets.of(List.of(new Person(1, everything), new Person(2, nothingElse)), new float[12], BASE_RATE);
        assertTrue(0 < found[0] && found[0] < found[1], found[0] + " of the lenient one, " + found[1]);
    }

    @Test
    void anItemThatNobodyJudgedHasNoneAndOthersAreNotMovedByIt() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Person> others = people(random, 5);
            List<Person> all = new ArrayList<>(others);
            all.add(random.nextInt(all.size() + 1), person(99, new Opinion(3, true, 1, 2)));
            float[] without = offsets.of(others, APPEAL, BASE_RATE);
            float[] with = offsets.of(all, APPEAL, BASE_RATE);
            assertEquals(0, without[3], "nobody said anything about it");
            assertTrue(with[3] > 0);
            for (int item = 0; item < 3; item++) {
                assertEquals(without[item], with[item], 1e-4);
            }
        }
    }

    /// Of the first three items only.
    private static List<Person> people(Random random, int count) {
        List<Person> people = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            people.add(
                    random.nextBoolean()
                            ? person(p, new Choice(random.nextInt(2), 2, 1, 1))
                            : person(p, new Opinion(random.nextInt(3), random.nextBoolean(), 1, 1)));
        }
        return people;
    }

    private static Person person(long id, Observation... observations) {
        return new Person(id, List.of(observations));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
