package dev.konomi.train.evaluate.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Bootstrap;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(5, 200);

    @Test
    void isOneForTheSameGroupsWhateverTheyAreCalled() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 30; round++) {
            int groups = 1 + random.nextInt(12);
            int[] known = labels(random, 2 + random.nextInt(60), groups);
            int[] renamed = IntStream.of(known).map(label -> groups + 2 - label).toArray();
            Agreement agreement = new Agreement(renamed, known);
            assertEquals(1, agreement.adjustedRandIndex(BOOTSTRAP).mean(), 1e-12);
            assertEquals(1, agreement.normalisedMutualInformation(BOOTSTRAP).mean(), 1e-12);
        }
    }

    @Test
    void isSymmetric() {
        SplittableRandom random = new SplittableRandom(2);
        int[] one = labels(random, 80, 5);
        int[] other = labels(random, 80, 9);
        Agreement agreement = new Agreement(one, other);
        Agreement turned = new Agreement(other, one);
        assertEquals(
                agreement.adjustedRandIndex(BOOTSTRAP).mean(),
                turned.adjustedRandIndex(BOOTSTRAP).mean(),
                1e-12);
        assertEquals(
                agreement.normalisedMutualInformation(BOOTSTRAP).mean(),
                turned.normalisedMutualInformation(BOOTSTRAP).mean(),
                1e-12);
    }

    @Test
    void isZeroOnAverageForRandomGroups() {
        SplittableRandom random = new SplittableRandom(3);
        double sum = 0;
        for (int round = 0; round < 200; round++) {
            sum += new Agreement(labels(random, 300, 24), labels(random, 300, 12))
                    .adjustedRandIndex(new Bootstrap(1, 40))
                    .mean();
        }
        assertEquals(0, sum / 200, 0.002);
    }

    @Test
    void isWhatTextbooksSay() {
        // Hubert and Arabie's index for this pair is 4/7, its normalised mutual information 0.8.
        Agreement split = new Agreement(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1});
        assertEquals(4 / 7.0, split.adjustedRandIndex(BOOTSTRAP).mean(), 1e-12);
        assertEquals(0.8, split.normalisedMutualInformation(BOOTSTRAP).mean(), 1e-12);
        // The table 1 1 0 / 1 2 1 / 0 0 4 of Yeung and Ruzzo (2001), whose index they give as .313.
        Agreement table =
                new Agreement(new int[] {0, 0, 1, 1, 1, 1, 2, 2, 2, 2}, new int[] {0, 1, 0, 1, 1, 2, 2, 2, 2, 2});
        assertEquals(0.313, table.adjustedRandIndex(BOOTSTRAP).mean(), 5e-4);
        // Groups that say nothing about each other.
        Agreement crossed = new Agreement(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1});
        assertEquals(-0.5, crossed.adjustedRandIndex(BOOTSTRAP).mean(), 1e-12);
        assertEquals(0, crossed.normalisedMutualInformation(BOOTSTRAP).mean(), 1e-12);
    }

    @Test
    void resamplingDoesNotMakeRandomGroupsAgree() {
        SplittableRandom random = new SplittableRandom(4);
        double middle = 0;
        for (int round = 0; round < 20; round++) {
            Estimate estimate =
                    new Agreement(labels(random, 100, 12), labels(random, 100, 12)).adjustedRandIndex(BOOTSTRAP);
            middle += (estimate.low() + estimate.high()) / 2 - estimate.mean();
        }
        // Twins of the same person, if compared, would lift the middle by about .01 · (1 − 1/12) · 12.
        assertEquals(0, middle / 20, 0.02);
    }

    @Test
    void theTestAnswersEvenlyWhereThereIsNothing() {
        SplittableRandom random = new SplittableRandom(6);
        double[] answers = new double[200];
        for (int round = 0; round < answers.length; round++) {
            answers[round] = new Agreement(labels(random, 60, 6), labels(random, 60, 6)).permutationTest(99, round);
        }
        Arrays.sort(answers);
        double distance = 0;
        for (int i = 0; i < answers.length; i++) {
            distance = Math.max(distance, Math.abs(answers[i] - (i + 1.0) / answers.length));
        }
        // Kolmogorov's distance: 1.63 / √200 would be surprising once in a hundred times.
        assertTrue(distance < 0.115, "distance " + distance);
    }

    @Test
    void theTestSeesGroupsThatAreThere() {
        SplittableRandom random = new SplittableRandom(7);
        int[] known = labels(random, 100, 8);
        int[] found = IntStream.of(known)
                .map(label -> random.nextDouble() < 0.4 ? label : random.nextInt(8))
                .toArray();
        assertEquals(0.001, new Agreement(found, known).permutationTest(999, 1), 1e-12);
    }

    @Test
    void otherPeopleAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Agreement(new int[] {0, 1}, new int[] {0, 1, 1}));
        assertThrows(IllegalArgumentException.class, () -> new Agreement(new int[] {0, -1}, new int[] {0, 1}));
    }

    private static int[] labels(SplittableRandom random, int people, int groups) {
        return random.ints(people, 0, groups).toArray();
    }
}
