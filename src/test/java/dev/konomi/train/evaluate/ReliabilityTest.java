package dev.konomi.train.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.report.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(7, 100);

    @Test
    void aCalibratedStreamOfAnswersHasNearlyNoError() {
        for (long seed = 1; seed <= 5; seed++) {
            double error =
                    Reliability.of(answers(seed, 2_000, 1)).error(BOOTSTRAP).mean();
            // 32,000 answers in 15 bins: the mean absolute deviation of a bin's share is about .008.
            assertTrue(error < 0.015, "seed " + seed + ": " + error);
        }
    }

    @Test
    void isWhatATextbookSays() {
        // All pairs are predicted at .8 and half of the people agree: the gap is .3 in every bin.
        double logit = Math.log(4);
        Reliability reliability = Reliability.of(new Outcome(
                List.of(new TestPerson(1, List.of(), Collections.nCopies(30, new Target(0, 1, 0.5)))), new double[][] {
                    Collections.nCopies(30, logit).stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray()
                }));
        assertEquals(0.3, reliability.error(BOOTSTRAP).mean(), 1e-12);
        assertEquals(Reliability.BINS, reliability.bins().size());
        for (Reliability.Bin bin : reliability.bins()) {
            assertEquals(2, bin.pairs());
            assertEquals(0.8, bin.predicted(), 1e-12);
            assertEquals(0.5, bin.actual(), 1e-12);
        }
    }

    @Test
    void doesNotDependOnWhichOfAPairIsWrittenFirst() {
        Outcome outcome = answers(3, 50, 1.7);
        double[][] turned = new double[50][];
        List<TestPerson> people = new ArrayList<>();
        for (int i = 0; i < turned.length; i++) {
            TestPerson person = outcome.people().get(i);
            turned[i] = outcome.differences()[i].clone();
            List<Target> targets = new ArrayList<>();
            for (int t = 0; t < turned[i].length; t++) {
                Target target = person.targets().get(t);
                turned[i][t] = -turned[i][t];
                targets.add(new Target(target.second(), target.first(), 1 - target.probability()));
            }
            people.add(new TestPerson(person.id(), List.of(), targets));
        }
        Estimate once = Reliability.of(outcome).error(BOOTSTRAP);
        Estimate again = Reliability.of(new Outcome(people, turned)).error(BOOTSTRAP);
        assertEquals(once.mean(), again.mean(), 1e-12);
        assertEquals(once.low(), again.low(), 1e-12);
    }

    @Test
    void drawingAPersonTwiceIsHavingThemTwice() {
        Outcome outcome = answers(4, 20, 2);
        List<TestPerson> people = new ArrayList<>(outcome.people());
        people.add(outcome.people().getLast());
        double[][] differences = new double[21][];
        System.arraycopy(outcome.differences(), 0, differences, 0, 20);
        differences[20] = outcome.differences()[19];
        int[] twice = new int[20];
        Arrays.fill(twice, 1);
        twice[19] = 2;
        int[] once = new int[21];
        Arrays.fill(once, 1);
        // The same but for pairs that a bin's edge cuts through.
        assertEquals(
                Reliability.of(new Outcome(people, differences)).error(once),
                Reliability.of(outcome).error(twice),
                0.01);
    }

    /// People who answer as often as the true logit says; predictions are `scale` times the true
    /// logits.
    private static Outcome answers(long seed, int count, double scale) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TestPerson> people = new ArrayList<>();
        double[][] differences = new double[count][16];
        for (int i = 0; i < count; i++) {
            List<Target> targets = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                double logit = 1.5 * random.nextGaussian();
                targets.add(new Target(0, 1, random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0));
                differences[i][t] = scale * logit;
            }
            people.add(new TestPerson(i, List.of(), targets));
        }
        return new Outcome(people, differences);
    }
}
