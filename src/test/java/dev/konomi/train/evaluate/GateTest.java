package dev.konomi.train.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Verdict.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(7, 200);

    @Test
    void aCopyOfTheChampionIsPromoted() {
        Outcome champion = knowing(1);
        assertInstanceOf(Verdict.Promote.class, Gate.compare(champion, champion, 0, BOOTSTRAP));
    }

    @Test
    void aChallengerThatLearntNothingIsRefused() {
        assertInstanceOf(Verdict.Refuse.class, Gate.compare(knowing(0), knowing(1), 0, BOOTSTRAP));
    }

    @Test
    void aDamagedExportIsRefused() {
        assertInstanceOf(Verdict.Refuse.class, Gate.compare(knowing(1), knowing(1), Double.NaN, BOOTSTRAP));
        assertInstanceOf(Verdict.Refuse.class, Gate.compare(knowing(1), knowing(1), 1.1e-4, BOOTSTRAP));
    }

    @Test
    void boundariesAreAsStated() {
        assertInstanceOf(Verdict.Refuse.class, judge(-0.005, 0, 0));
        assertInstanceOf(Verdict.Promote.class, judge(Math.nextUp(-0.005), 0.01, 1e-4));
        assertInstanceOf(Verdict.Refuse.class, judge(0, Math.nextUp(0.01), 0));
        assertInstanceOf(Verdict.Refuse.class, judge(0, 0, Math.nextUp(1e-4)));
    }

    @Test
    void intervalsAreWiderThanIfAnswersWereIndependent() {
        // 40 people of whom each gives 16 equal answers: 640 answers carry the news of 40.
        SplittableRandom random = new SplittableRandom(3);
        double[] people = random.doubles(40).map(value -> value < 0.5 ? 0 : 1).toArray();
        double[] answers = new double[640];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = people[i / 16];
        }
        double clustered = BOOTSTRAP.mean(people).halfWidth();
        double ignorant = BOOTSTRAP.mean(answers).halfWidth();
        assertTrue(clustered > 3 * ignorant, clustered + " against " + ignorant);
        List<TestPerson> asked = new ArrayList<>();
        double[][] differences = new double[40][16];
        for (int i = 0; i < 40; i++) {
            asked.add(new TestPerson(i, List.of(), java.util.Collections.nCopies(16, new Target(0, 1, people[i]))));
            java.util.Arrays.fill(differences[i], 1);
        }
        assertEquals(
                clustered,
                BOOTSTRAP.mean(new Outcome(asked, differences).accuracies()).halfWidth(),
                1e-12);
    }

    @Test
    void trueProbabilitiesAreCalibratedAndDoubledLogitsAreNot() {
        Outcome truth = knowing(1);
        assertTrue(Reliability.of(truth).error(BOOTSTRAP).mean() < 1e-9);
        assertTrue(Reliability.of(knowing(2)).error(BOOTSTRAP).low() > 0.03);
        assertTrue(truth.auc() > 0.7);
        assertEquals(truth.auc(), knowing(2).auc(), 1e-12);
        assertEquals(0.5, knowing(0).auc(), 1e-12);
    }

    private static Verdict judge(double difference, double calibration, double export) {
        return Gate.judge(new Figures(
                new Estimate(difference, difference, difference),
                new Estimate(calibration, calibration, calibration),
                export));
    }

    /// Predictions that are `scale` times the true logits: 0 knows nothing, 2 is overconfident.
    private static Outcome knowing(double scale) {
        SplittableRandom random = new SplittableRandom(5);
        List<TestPerson> people = new ArrayList<>();
        double[][] differences = new double[100][16];
        for (int i = 0; i < differences.length; i++) {
            List<Target> targets = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                double logit = 1.5 * random.nextGaussian();
                targets.add(new Target(0, 1, 1 / (1 + Math.exp(-logit))));
                differences[i][t] = scale * logit;
            }
            people.add(new TestPerson(i, List.of(), targets));
        }
        return new Outcome(people, differences);
    }
}
