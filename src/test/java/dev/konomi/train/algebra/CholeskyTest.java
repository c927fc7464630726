package dev.konomi.train.algebra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class CholeskyTest {
    private static final double CLOSE = 1e-9;

    @RepeatedTest(8)
    void factorSolutionAndInverseFitAnyPositiveDefiniteMatrix(RepetitionInfo repetition) {
        int n = repetition.getCurrentRepetition();
        double[][] matrix = positiveDefinite(new SplittableRandom(n), n);
        Cholesky cholesky = Cholesky.of(matrix);

        double[][] inverse = cholesky.inverse();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double product = 0;
                double identity = 0;
                for (int k = 0; k < n; k++) {
                    product += cholesky.at(i, k) * cholesky.at(j, k);
                    identity += matrix[i][k] * inverse[k][j];
                }
                assertEquals(matrix[i][j], product, CLOSE);
                assertEquals(i == j ? 1 : 0, identity, CLOSE);
            }
            double[] column = new double[n];
            for (int k = 0; k < n; k++) {
                column[k] = matrix[k][i];
            }
            double[] unit = new double[n];
            unit[i] = 1;
            assertArrayEquals(unit, cholesky.solve(column), CLOSE);
        }
    }

    private static double[][] positiveDefinite(SplittableRandom random, int n) {
        double[][] root = new double[n][n];
        for (double[] row : root) {
            for (int k = 0; k < n; k++) {
                row[k] = random.nextDouble(-1, 1);
            }
        }
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] = i == j ? 0.5 : 0;
                for (int k = 0; k < n; k++) {
                    matrix[i][j] += root[i][k] * root[j][k];
                }
            }
        }
        return matrix;
    }
}
