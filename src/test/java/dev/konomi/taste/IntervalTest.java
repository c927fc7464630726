package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.release.Manifest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private static final Manifest.Spread SPREAD = new Manifest.Spread(0.7, 1.5);

    @Test
    void holdsNineOfTenTruths() {
        Random random = new Random(1);
        for (double margin : new double[] {-4, -1, 0, 0.5, 2, 6}) {
            for (double tokenVariance : new double[] {0, 0.5, 6}) {
                Interval interval = Interval.of(SPREAD, margin, tokenVariance, chance(0.5 * margin));
                double deviation = Math.sqrt(0.49 * tokenVariance + 1.5);
                int inside = 0;
                for (int i = 0; i < 20_000; i++) {
                    double truth = chance(0.7 * margin + deviation * random.nextGaussian());
                    inside += truth >= interval.low() && truth <= interval.high() ? 1 : 0;
                }
                assertEquals(0.9, inside / 20_000.0, 0.012, margin + ", " + tokenVariance);
            }
        }
    }

    @Test
    void isNoWiderThanTheOneWithEqualTails() {
        for (double margin = -6; margin <= 6; margin += 0.5) {
            Interval interval = Interval.of(SPREAD, margin, 2, chance(0.7 * margin));
            double deviation = Math.sqrt(0.98 + 1.5);
            double equal = chance(0.7 * margin + 1.645 * deviation) - chance(0.7 * margin - 1.645 * deviation);
            assertTrue(interval.high() - interval.low() <= equal + 1e-4, "at " + margin);
        }
    }

    @Test
    void isWiderForWhoseTokensDisagreeAndHoldsWhatIsAnswered() {
        Interval sure = Interval.of(SPREAD, 1, 0, 0.6);
        Interval unsure = Interval.of(SPREAD, 1, 9, 0.6);
        assertTrue(sure.high() - sure.low() < unsure.high() - unsure.low());
        Interval stretched = Interval.of(new Manifest.Spread(1, 0.01), 5, 0, 0.5);
        assertEquals(0.5, stretched.low());
        assertTrue(stretched.high() > 0.99);
    }

    @Test
    void tokensThatAgreeHaveNoVariance() {
        float[][] tokens = {{1, 0}, {0, 1}, {5, 5}};
        float[] features = {2, 2};
        assertEquals(0, Interval.tokenVariance(new float[] {0.5f, 0.5f, 0}, tokens, features), 1e-9);
        assertEquals(81, Interval.tokenVariance(new float[] {0.5f, 0, 0.5f}, tokens, features), 1e-4);
    }

    @Test
    void refusesWhatIsNoInterval() {
        assertThrows(IllegalArgumentException.class, () -> new Interval(0.6, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Interval(-0.1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Interval(0.1, Double.NaN));
    }

    private static double chance(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
