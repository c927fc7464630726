package dev.konomi.train.evaluate.baseline;

import dev.konomi.train.algebra.Cholesky;

/// Small dense Newton solves of logistic likelihoods.
final class Newton {
    private static final int STEPS = 25;
    private static final double ENOUGH = 1e-6;

    private Newton() {}

    /// The mode of `Σ ω_i log σ(f_i + c_i) − ½ fᵀ K⁻¹ f`, written `f = K a`: logistic
    /// regression in the dual (Rasmussen and Williams, Gaussian Processes for Machine Learning,
    /// algorithm 3.1).
    ///
    /// @param kernel `K`, `[n][n]`
    /// @param offset `c`, `[n]`
    /// @param weight `ω`, `[n]`
    /// @return `a`, `[n]`
    static double[] dual(double[][] kernel, double[] offset, double[] weight) {
        int n = weight.length;
        double[] a = new double[n];
        double[] f = new double[n];
        for (int step = 0; step < STEPS; step++) {
            double[] root = new double[n];
            double[] b = new double[n];
            for (int i = 0; i < n; i++) {
                double surprise = 1 / (1 + Math.exp(f[i] + offset[i]));
                double curvature = weight[i] * surprise * (1 - surprise);
                root[i] = Math.sqrt(curvature);
                b[i] = curvature * f[i] + weight[i] * surprise;
            }
            double[] kb = times(kernel, b);
            double[][] system = new double[n][n];
            double[] right = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    system[i][j] = root[i] * kernel[i][j] * root[j] + (i == j ? 1 : 0);
                }
                right[i] = root[i] * kb[i];
            }
            double[] solved = Cholesky.of(system).solve(right);
            double moved = 0;
            for (int i = 0; i < n; i++) {
                double next = b[i] - root[i] * solved[i];
                moved = Math.max(moved, Math.abs(next - a[i]));
                a[i] = next;
            }
            f = times(kernel, a);
            if (moved < ENOUGH) {
                break;
            }
        }
        return a;
    }

    /// The mode of `Σ ω_i log σ(w·x_i) − ½ ridge |w|²` with few features.
    ///
    /// @param rows `x`, `[n][k]`
    /// @param weight `ω`, `[n]`
    /// @return `w`, `[k]`
    static double[] primal(double[][] rows, double[] weight, double ridge) {
        int k = rows[0].length;
        double[] w = new double[k];
        for (int step = 0; step < STEPS; step++) {
            double[][] hessian = new double[k][k];
            double[] gradient = new double[k];
            for (int i = 0; i < k; i++) {
                hessian[i][i] = ridge;
                gradient[i] = -ridge * w[i];
            }
            for (int n = 0; n < rows.length; n++) {
                double surprise = 1 / (1 + Math.exp(dot(rows[n], w)));
                for (int i = 0; i < k; i++) {
                    gradient[i] += weight[n] * surprise * rows[n][i];
                    for (int j = 0; j < k; j++) {
                        hessian[i][j] += weight[n] * surprise * (1 - surprise) * rows[n][i] * rows[n][j];
                    }
                }
            }
            double[] move = Cholesky.of(hessian).solve(gradient);
            double longest = 0;
            for (double value : move) {
                longest = Math.max(longest, Math.abs(value));
            }
            // A full step may overshoot where the data are nearly separable.
            double share = Math.min(1, 2 / Math.max(longest, 1e-12));
            for (int i = 0; i < k; i++) {
                w[i] += share * move[i];
            }
            if (longest < ENOUGH) {
                break;
            }
        }
        return w;
    }

    /// @return mean `−log σ(w·x)`, in nats
    static double loss(double[][] rows, double[] weight, double[] w) {
        double sum = 0;
        double mass = 0;
        for (int n = 0; n < rows.length; n++) {
            double margin = dot(rows[n], w);
            sum += weight[n] * (Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))));
            mass += weight[n];
        }
        return sum / mass;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }
}
