package dev.konomi.train.algebra;

/// The factor of a symmetric, positive definite matrix, `A = L Lᵀ`.
public final class Cholesky {
    /// A pivot that rounding has made zero or negative.
    private static final double SMALLEST = 1e-300;

    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /// @param matrix `A`, `[n][n]`; its lower triangle is read, nothing in it changes
    public static Cholesky of(double[][] matrix) {
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
        return new Cholesky(lower);
    }

    /// @return `L` at `row`, `column`; 0 above the diagonal
    public double at(int row, int column) {
        return lower[row][column];
    }

    /// @param right `[n]`
    /// @return `x` of `A x = right`
    public double[] solve(double[] right) {
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

    /// @return `A⁻¹`, `[n][n]`
    public double[][] inverse() {
        double[][] inverse = new double[lower.length][];
        for (int k = 0; k < inverse.length; k++) {
            double[] unit = new double[inverse.length];
            unit[k] = 1;
            inverse[k] = solve(unit);
        }
        return inverse;
    }
}
