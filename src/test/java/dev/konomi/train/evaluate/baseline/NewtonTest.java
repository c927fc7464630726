package dev.konomi.train.evaluate.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NewtonTest {
    @Test
    void theDualFindsWhatThePrimalFinds() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 20; round++) {
            int n = 1 + random.nextInt(12);
            int k = 1 + random.nextInt(5);
            double[][] x = new double[n][k];
            double[] weight = new double[n];
            for (int i = 0; i < n; i++) {
                weight[i] = 0.2 + random.nextDouble();
                for (int j = 0; j < k; j++) {
                    x[i][j] = random.nextGaussian();
                }
            }
            double variance = 0.5 + random.nextDouble();
            double[][] kernel = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int l = 0; l < k; l++) {
                        kernel[i][j] += variance * x[i][l] * x[j][l];
                    }
                }
            }
            double[] a = Newton.dual(kernel, new double[n], weight);
            double[] w = Newton.primal(x, weight, 1 / variance);
            for (int l = 0; l < k; l++) {
                double fromDual = 0;
                for (int i = 0; i < n; i++) {
                    fromDual += variance * a[i] * x[i][l];
                }
                assertEquals(w[l], fromDual, 1e-5);
            }
        }
    }

    @Test
    void whatGeneralAppealExplainsIsNotExplainedOnceMore() {
        double[][] kernel = {{1}};
        double plain = Newton.dual(kernel, new double[] {0}, new double[] {1})[0];
        double expected = Newton.dual(kernel, new double[] {3}, new double[] {1})[0];

        assertTrue(expected < plain / 3);
    }

    @Test
    void separablePairsStayFinite() {
        double[] w = Newton.primal(new double[][] {{1, 0}, {1, 0.1}, {1, -0.1}}, new double[] {1e4, 1e4, 1e4}, 0.25);

        assertTrue(Double.isFinite(w[0]) && w[0] > 1 && w[0] < 100);
    }
}
