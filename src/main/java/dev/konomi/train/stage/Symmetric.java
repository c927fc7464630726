package dev.konomi.train.stage;

/// Symmetric, positive definite systems, by Cholesky's factor.
final class Symmetric {
    private static final double SMALLEST = 1e-300;

    private Symmetric() {}

    /// @param matrix `[n][n]`
    /// @param right `[n]`
    /// @return `x` of `matrix x = right`
    static double[] solve(double[][] matrix, double[] right) {
        return back(factor(matrix), right);
    }

    /// @param matrix `[n][n]`
    /// @return its inverse
    static double[][] inverse(double[][] matrix) {
        double[][] factor = factor(matrix);
        double[][] inverse = new double[matrix.length][];
        for (int k = 0; k < inverse.length; k++) {
            double[] unit = new double[inverse.length];
            unit[k] = 1;
            inverse[k] = back(factor, unit);
        }
        return inverse;
    }

    /// @return lower triangular `L` of `matrix = L Lᵀ`
    private static double[][] factor(double[][] matrix) {
        int n = matrix.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double left = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    left -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(Math.max(left, SMALLEST)) : left / lower[j][j];
            }
        }
        return lower;
    }

    private static double[] back(double[][] lower, double[] right) {
        int n = right.length;
        double[] x = right.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= lower[k][i] * x[k];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }
}
