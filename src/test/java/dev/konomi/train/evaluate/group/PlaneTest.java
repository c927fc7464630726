package dev.konomi.train.evaluate.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlaneTest {
    @Test
    void findsTheTwoDirectionsThatVaryMost() {
        SplittableRandom random = new SplittableRandom(1);
        double[] first = {.6, .8, 0, 0, 0};
        double[] second = {-.8, .6, 0, 0, 0};
        float[][] rows = new float[500][5];
        double[][] truth = new double[500][2];
        for (int i = 0; i < rows.length; i++) {
            truth[i] = new double[] {3 * random.nextGaussian(), random.nextGaussian()};
            for (int k = 0; k < 5; k++) {
                rows[i][k] =
                        (float) (7 + truth[i][0] * first[k] + truth[i][1] * second[k] + .01 * random.nextGaussian());
            }
        }
        double[][] plane = Plane.of(rows);
        for (int axis = 0; axis < 2; axis++) {
            double products = 0;
            double squares = 0;
            double trueSquares = 0;
            for (int i = 0; i < rows.length; i++) {
                products += plane[i][axis] * truth[i][axis];
                squares += plane[i][axis] * plane[i][axis];
                trueSquares += truth[i][axis] * truth[i][axis];
            }
            assertEquals(1, Math.abs(products) / Math.sqrt(squares * trueSquares), 0.02);
        }
    }

    @Test
    void keepsDistancesOfPointsThatLieOnAPlane() {
        SplittableRandom random = new SplittableRandom(2);
        float[][] rows = new float[40][2];
        for (float[] row : rows) {
            row[0] = (float) random.nextGaussian();
            row[1] = (float) random.nextGaussian();
        }
        double[][] plane = Plane.of(rows);
        for (int i = 1; i < rows.length; i++) {
            assertEquals(
                    Math.hypot(rows[i][0] - rows[0][0], rows[i][1] - rows[0][1]),
                    Math.hypot(plane[i][0] - plane[0][0], plane[i][1] - plane[0][1]),
                    1e-4);
        }
    }

    @Test
    void pointsThatAreAllTheSameLieInTheMiddle() {
        for (double[] point : Plane.of(new float[][] {{.5f, .5f}, {.5f, .5f}})) {
            assertArrayEquals(new double[2], point, 1e-9);
        }
    }
}
