package dev.konomi.train.stage;

/// A temperature that makes probabilities honest: `P(a ≻ b) = σ((s(a) − s(b)) / T)`, `T` by maximum likelihood
/// (Guo et al., arXiv 1706.04599) on people that were not trained on.
///
/// @param temperature `T`
/// @param loss mean negative log-likelihood at that temperature, in nats
public record Calibration(double temperature, double loss) {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /// @param margins `s(preferred) − s(other)`
    /// @param weights of the margins
    static Calibration of(double[] margins, double[] weights) {
        double low = Math.log(0.1);
        double high = Math.log(10);
        while (high - low > 1e-4) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss(margins, weights, Math.exp(left)) < loss(margins, weights, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        double temperature = Math.exp((low + high) / 2);
        return new Calibration(temperature, loss(margins, weights, temperature));
    }

    static double loss(double[] margins, double[] weights, double temperature) {
        double sum = 0;
        double mass = 0;
        for (int i = 0; i < margins.length; i++) {
            sum += weights[i] * loss(margins[i] / temperature);
            mass += weights[i];
        }
        return sum / mass;
    }

    /// @return `−log σ(margin)`
    static double loss(double margin) {
        return Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
    }
}
