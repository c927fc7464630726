package dev.konomi.gallery;

import java.util.SplittableRandom;

/// Random shares that add up to one.
final class Dirichlet {
    private Dirichlet() {}

    /// A draw from the symmetric Dirichlet distribution of `size` shares: gamma variates divided by their sum.
    static double[] draw(SplittableRandom random, int size, double concentration) {
        double[] shares = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            shares[i] = gamma(random, concentration);
            sum += shares[i];
        }
        for (int i = 0; i < size; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000).
    private static double gamma(SplittableRandom random, double shape) {
        if (shape < 1) {
            return gamma(random, shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
