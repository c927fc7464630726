package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final int PAIRS = 40_000;

    @Test
    void theTemperatureThatMakesMarginsHonestIsFound() {
        for (double temperature : new double[] {0.5, 1, 2.5}) {
            double[] margins = answers(temperature);
            double[] weights = new double[PAIRS];
            Arrays.fill(weights, 1);
            Calibration found = Calibration.of(margins, weights);

            assertEquals(temperature, found.temperature(), 0.05 * temperature);
            assertTrue(found.loss() <= Calibration.loss(margins, weights, 1) + 1e-9);
        }
    }

    @Test
    void whatHasNoWeightDoesNotCount() {
        double[] margins = answers(1);
        double[] weights = new double[PAIRS];
        Arrays.fill(weights, 0, PAIRS / 2, 2);
        Arrays.fill(margins, PAIRS / 2, PAIRS, -30);

        assertEquals(1, Calibration.of(margins, weights).temperature(), 0.05);
    }

    /// Margins `s(preferred) − s(other)` of people who follow `σ(margin / temperature)`.
    private static double[] answers(double temperature) {
        SplittableRandom random = new SplittableRandom(1);
        double[] margins = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            double margin = 2 * random.nextGaussian();
            margins[i] = random.nextDouble() < 1 / (1 + Math.exp(-margin / temperature)) ? margin : -margin;
        }
        return margins;
    }
}
