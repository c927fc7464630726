package dev.konomi.train.evaluate.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.TestPeople;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final int ITEMS = 200;

    @Test
    void eachBaselineLearnsWhichCampAPersonBelongsTo() {
        Camps camps = new Camps(1);
        Map<String, Baseline> fitted = Baselines.fit(camps.data(0, 300), Appeal.of(camps.appeal), 8, 1);
        Protocol protocol = camps.protocol(1_000, 150);

        double popularity = accuracy(Objects.requireNonNull(fitted.get(Baselines.POPULARITY)), camps, protocol, 8);
        for (String name : List.of(Baselines.NEAREST, Baselines.LOGISTIC, Baselines.BPR)) {
            double known = accuracy(Objects.requireNonNull(fitted.get(name)), camps, protocol, 8);
            assertTrue(
                    known > popularity + (name.equals(Baselines.NEAREST) ? 0.01 : 0.04),
                    name + " " + known + " against popularity's " + popularity);
        }
        assertTrue(
                accuracy(Objects.requireNonNull(fitted.get(Baselines.BPR)), camps, protocol, 1) > popularity + 0.02,
                "whoever knows the camps needs one pair only");
    }

    @Test
    void opinionsTeachAsChoicesDo() {
        Camps camps = new Camps(2).withOpinions();
        Map<String, Baseline> fitted = Baselines.fit(camps.data(0, 300), Appeal.of(camps.appeal), 8, 1);
        Protocol protocol = camps.protocol(1_000, 150);

        double popularity = accuracy(Objects.requireNonNull(fitted.get(Baselines.POPULARITY)), camps, protocol, 8);
        for (String name : List.of(Baselines.NEAREST, Baselines.LOGISTIC, Baselines.BPR)) {
            double known = accuracy(Objects.requireNonNull(fitted.get(name)), camps, protocol, 8);
            assertTrue(
                    known > popularity + (name.equals(Baselines.NEAREST) ? 0.01 : 0.04),
                    name + " " + known + " against popularity's " + popularity);
        }
    }

    @Test
    void ofSomebodyUnknownGeneralAppealIsAllTheySay() {
        Camps camps = new Camps(3);
        Map<String, Baseline> fitted = Baselines.fit(camps.data(0, 200), Appeal.of(camps.appeal), 8, 1);
        int[] all = camps.all();
        double[] popularity = Objects.requireNonNull(fitted.get(Baselines.POPULARITY))
                .ranker(camps.data(0, 0), camps.appeal)
                .score(List.of(), all);

        for (String name : List.of(Baselines.NEAREST, Baselines.LOGISTIC)) {
            double[] scores = Objects.requireNonNull(fitted.get(name))
                    .ranker(camps.data(0, 0), camps.appeal)
                    .score(List.of(), all);
            assertArrayEquals(order(popularity), order(scores), name);
        }
    }

    @Test
    void whereHistoriesSayNothingPopularityIsHardlyHurt() {
        Camps camps = new Camps(4).withoutTaste();
        Map<String, Baseline> fitted = Baselines.fit(camps.data(0, 300), Appeal.of(camps.appeal), 8, 1);
        Protocol protocol = camps.protocol(1_000, 200);

        double popularity = accuracy(Objects.requireNonNull(fitted.get(Baselines.POPULARITY)), camps, protocol, 8);
        for (String name : List.of(Baselines.NEAREST, Baselines.LOGISTIC, Baselines.BPR)) {
            double known = accuracy(Objects.requireNonNull(fitted.get(name)), camps, protocol, 8);
            assertTrue(known > popularity - 0.015, name + " " + known + " against popularity's " + popularity);
        }
    }

    @Test
    void peopleOfTheDataUnderTestAreNotLookedAt() {
        Camps camps = new Camps(5);
        Map<String, Baseline> fitted = Baselines.fit(camps.data(0, 100), Appeal.of(camps.appeal), 8, 1);
        List<Observation> history = camps.person(7).observations().subList(0, 8);

        fitted.forEach((name, baseline) -> assertArrayEquals(
                baseline.ranker(camps.data(0, 0), camps.appeal).score(history, camps.all()),
                baseline.ranker(camps.data(5_000, 50), camps.appeal).score(history, camps.all()),
                name));
    }

    @Test
    void appealIsOnlyAskedForOnBehalfOfTrainingPeople() {
        Camps camps = new Camps(6);
        Set<Long> asking = new HashSet<>();
        Baselines.fit(
                camps.data(0, 100),
                (item, person) -> {
                    asking.add(person);
                    return camps.appeal[item];
                },
                8,
                1);

        assertTrue(asking.stream().allMatch(person -> person < 100));
        assertTrue(asking.size() > 50, "everybody's own part must be left out of the appeal they are taught with");
    }

    @Test
    void theSameSeedGivesTheSameBaselines() {
        Camps camps = new Camps(7);
        List<Observation> history = camps.person(7).observations().subList(0, 8);
        Map<String, Baseline> one = Baselines.fit(camps.data(0, 100), Appeal.of(camps.appeal), 8, 3);
        Map<String, Baseline> two = Baselines.fit(camps.data(0, 100), Appeal.of(camps.appeal), 8, 3);

        assertEquals(List.of("popularity", "nearest", "logistic", "bpr"), List.copyOf(one.keySet()));
        one.forEach((name, baseline) -> assertArrayEquals(
                baseline.ranker(camps.data(0, 0), camps.appeal).score(history, camps.all()),
                Objects.requireNonNull(two.get(name))
                        .ranker(camps.data(0, 0), camps.appeal)
                        .score(history, camps.all()),
                name));
    }

    @Test
    void aModelThatKnowsTheCampsAloneIsGivenGeneralAppeal() {
        Camps camps = new Camps(8);
        Dataset training = camps.data(0, 200);
        Ranker campOnly = (history, candidates) -> {
            double camp = 0;
            for (Observation observation : history) {
                Choice choice = (Choice) observation;
                camp += camps.camp[choice.chosen()] - camps.camp[choice.rejected()];
            }
            double sign = Math.tanh(camp);
            return Arrays.stream(candidates)
                    .mapToDouble(c -> sign * camps.camp[c])
                    .toArray();
        };
        Baseline mixed = Baselines.withAppeal(data -> campOnly, training, Appeal.of(camps.appeal), 8, 1);
        Protocol protocol = camps.protocol(1_000, 150);

        double alone = mean(protocol.ask(campOnly, 8).accuracies());
        double together = accuracy(mixed, camps, protocol, 8);
        assertTrue(together > alone + 0.03, together + " against " + alone);
    }

    @Test
    void onePersonIsTooFewAndTheMessageSaysSo() {
        Camps camps = new Camps(9);

        var refused = assertThrows(
                IllegalArgumentException.class, () -> Baselines.fit(camps.data(0, 1), Appeal.of(camps.appeal), 8, 1));
        assertTrue(String.valueOf(refused.getMessage()).contains("two people"));
    }

    private static double accuracy(Baseline baseline, Camps camps, Protocol protocol, int length) {
        return mean(protocol.ask(baseline.ranker(camps.data(0, 0), camps.appeal), length)
                .accuracies());
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static Integer[] order(double[] scores) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
        return order;
    }

    /// Everybody sees how good an item is; half of the people like one kind of item, the others its
    /// opposite.
    private static final class Camps {
        private final long seed;
        private final double[] appeal = new double[ITEMS];
        private final double[] camp = new double[ITEMS];
        private final List<Encoding> items = new ArrayList<>();
        private double taste = 2.5;
        private boolean opinions;

        Camps(long seed) {
            this.seed = seed;
            SplittableRandom random = new SplittableRandom(seed);
            for (int item = 0; item < ITEMS; item++) {
                appeal[item] = random.nextGaussian();
                camp[item] = random.nextGaussian();
                float[] image = new float[12];
                for (int i = 0; i < image.length; i++) {
                    image[i] = (float) random.nextGaussian();
                }
                image[3] = (float) (2 * camp[item]);
                items.add(new Encoding(image, null));
            }
        }

        Camps withoutTaste() {
            taste = 0;
            return this;
        }

        Camps withOpinions() {
            opinions = true;
            return this;
        }

        Dataset data(int from, int people) {
            List<Person> all = new ArrayList<>();
            for (int id = from; id < from + people; id++) {
                all.add(person(id));
            }
            return new Dataset("plain", 12, items, all);
        }

        Protocol protocol(int from, int people) {
            return new Protocol(data(from, people).people().stream()
                    .map(person -> TestPeople.of(person, 8, 16))
                    .flatMap(Optional::stream)
                    .toList());
        }

        int[] all() {
            int[] all = new int[ITEMS];
            Arrays.setAll(all, i -> i);
            return all;
        }

        Person person(int id) {
            SplittableRandom random = new SplittableRandom(31 * seed + id);
            double side = id % 2 == 0 ? taste : -taste;
            List<Observation> observations = new ArrayList<>();
            for (int i = 0; i < (opinions ? 60 : 24); i++) {
                int one = random.nextInt(ITEMS);
                int other = (one + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
                if (opinions) {
                    boolean liked = random.nextDouble() < 1 / (1 + Math.exp(-utility(side, one)));
                    observations.add(new Opinion(one, liked, 1, i));
                } else {
                    boolean first = random.nextDouble() < 1 / (1 + Math.exp(utility(side, other) - utility(side, one)));
                    observations.add(new Choice(first ? one : other, first ? other : one, 1, i));
                }
            }
            return new Person(id, observations);
        }

        private double utility(double side, int item) {
            return appeal[item] + side * camp[item];
        }
    }
}
