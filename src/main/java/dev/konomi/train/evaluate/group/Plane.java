package dev.konomi.train.evaluate.group;

import java.util.Arrays;

/// Points of many dimensions laid out on a plane: their two directions of largest variance
/// (principal components).
public final class Plane {
    private static final int MOST_STEPS = 1_000;
    private static final double SETTLED = 1e-12;

    private Plane() {}

    /// @param rows N points, `[N][D]`, all of the same D
    /// @return `[N][2]`, centred; the first coordinate varies most. Directions are signed so that
    ///   their largest part is positive; points that vary in fewer directions get zeros for the
    ///   rest
    public static double[][] of(float[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        double[] mean = new double[width];
        for (float[] row : rows) {
            for (int k = 0; k < width; k++) {
                mean[k] += row[k] / (double) rows.length;
            }
        }
        double[][] centred = new double[rows.length][width];
        double[][] covariance = new double[width][width];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < width; k++) {
                centred[i][k] = rows[i][k] - mean[k];
            }
            for (int k = 0; k < width; k++) {
                for (int l = 0; l < width; l++) {
                    covariance[k][l] += centred[i][k] * centred[i][l];
                }
            }
        }
        double[] first = direction(covariance);
        deflate(covariance, first);
        double[] second = direction(covariance);
        return Arrays.stream(centred)
                .map(row -> new double[] {dot(row, first), dot(row, second)})
                .toArray(double[][]::new);
    }

    /// The leading eigenvector by power iteration, from the row of largest variance; zero where
    /// nothing varies.
    private static double[] direction(double[][] covariance) {
        int width = covariance.length;
        int largest = 0;
        for (int k = 1; k < width; k++) {
            largest = covariance[k][k] > covariance[largest][largest] ? k : largest;
        }
        double[] direction = new double[width];
        if (width == 0 || covariance[largest][largest] <= SETTLED) {
            return direction;
        }
        System.arraycopy(covariance[largest], 0, direction, 0, width);
        normalise(direction);
        double change = 1;
        for (int step = 0; step < MOST_STEPS && change > SETTLED; step++) {
            double[] next = new double[width];
            for (int k = 0; k < width; k++) {
                next[k] = dot(covariance[k], direction);
            }
            normalise(next);
            change = 1 - dot(next, direction);
            direction = next;
        }
        int most = 0;
        for (int k = 1; k < width; k++) {
            most = Math.abs(direction[k]) > Math.abs(direction[most]) ? k : most;
        }
        if (direction[most] < 0) {
            for (int k = 0; k < width; k++) {
                direction[k] = -direction[k];
            }
        }
        return direction;
    }

    private static void deflate(double[][] covariance, double[] direction) {
        double value = 0;
        for (int k = 0; k < direction.length; k++) {
            value += direction[k] * dot(covariance[k], direction);
        }
        for (int k = 0; k < direction.length; k++) {
            for (int l = 0; l < direction.length; l++) {
                covariance[k][l] -= value * direction[k] * direction[l];
            }
        }
    }

    private static void normalise(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int k = 0; k < vector.length && length > 0; k++) {
            vector[k] /= length;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
