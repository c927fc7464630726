package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.stage.Validation.Judgement;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ValidationTest {
    private static final int PEOPLE = 30;

    @Test
    void aGainThatEverybodyHasIsClear() {
        SplittableRandom random = new SplittableRandom(1);
        double[] losses = random.doubles(PEOPLE, 0.4, 0.7).toArray();
        double[] lower = Arrays.stream(losses).map(loss -> loss - 0.001).toArray();
        assertTrue(judgement(lower).clearlyBetterThan(judgement(losses)));
        assertFalse(judgement(losses).clearlyBetterThan(judgement(lower)));
        assertFalse(judgement(losses).clearlyBetterThan(judgement(losses)));
    }

    @Test
    void ofChangesThatAreChanceAloneOneInFortyPassesForClear() {
        SplittableRandom random = new SplittableRandom(2);
        double[] losses = random.doubles(PEOPLE, 0.4, 0.7).toArray();
        int clear = 0;
        int draws = 4_000;
        for (int draw = 0; draw < draws; draw++) {
            double[] others = Arrays.stream(losses)
                    .map(loss -> loss + 0.05 * random.nextGaussian())
                    .toArray();
            clear += judgement(others).clearlyBetterThan(judgement(losses)) ? 1 : 0;
        }
        assertEquals(0.027, (double) clear / draws, 0.01);
    }

    @Test
    void onePersonDecidesNothing() {
        assertFalse(judgement(new double[] {0.1}).clearlyBetterThan(judgement(new double[] {0.9})));
    }

    private static Judgement judgement(double[] byPerson) {
        double mean = Arrays.stream(byPerson).average().orElseThrow();
        return new Judgement(mean, 0.5, new double[6], 1, byPerson);
    }
}
