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
    void anOffsetIsOneNewtonStepFromWhatContentLetsExpect() {
        double expected = sigmoid(0.4 - -0.2);
        double information = 2 * expected * (1 - expected);
        float[] found = of(person(1, new Choice(0, 1, 2, 1)));
        assertEquals(2 * (1 - expected) / (STRENGTH + information), found[0], 1e-6);
        assertEquals(-found[0], found[1], 1e-6);
        assertEquals(0, found[2]);
    }

    @Test
    void anOpinionIsComparedWithTheMeanItemAndTheBaseRate() {
        double liked = sigmoid(0.1 + BASE_RATE);
        assertEquals(
                (1 - liked) / (STRENGTH + liked * (1 - liked)), of(person(1, new Opinion(2, true, 1, 1)))[2], 1e-6);
        double disliked = sigmoid(-0.1 - BASE_RATE);
        assertEquals(
                -(1 - disliked) / (STRENGTH + disliked * (1 - disliked)),
                of(person(1, new Opinion(2, false, 1, 1)))[2],
                1e-6);
    }

    @Test
    void whoIsLeftOutSaysNothingAndTheOthersSayWhatTheySaidBefore() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Person> others = people(random, 5);
            Person own = person(99, new Choice(3, 0, 1, 1), new Opinion(3, true, 1, 2));
            List<Person> all = new ArrayList<>(others);
            all.add(random.nextInt(all.size() + 1), own);
            float[] without = offsets.of(others, APPEAL, BASE_RATE);
            float[] with = offsets.of(all, APPEAL, BASE_RATE);
            assertEquals(0, without[3], "nobody else said anything about it");
            assertTrue(with[3] > 0);
            assertEquals(without[1], with[1]);
            assertEquals(without[2], with[2]);
            all.remove(own);
            assertArrayEquals(without, offsets.of(all, APPEAL, BASE_RATE));
        }
    }

    private float[] of(Person... people) {
        return offsets.of(List.of(people), APPEAL, BASE_RATE);
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
