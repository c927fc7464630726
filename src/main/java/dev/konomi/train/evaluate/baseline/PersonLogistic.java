package dev.konomi.train.evaluate.baseline;

/// Logistic regression of each person by itself, general appeal as an offset:
/// `w = argmax Σ ω_i log σ(w·d_i + β_i) − |w|² / 2τ²`.
///
/// @param deviation `τ`, how far a person's taste is from general appeal
record PersonLogistic(double deviation) implements Personal {
    /// Vectors have norm 1: log-odds of this size.
    static final double[] DEVIATIONS = {0.3, 0.7, 1.5, 3, 6};

    @Override
    public OnItems on(float[][] items) {
        return appeal -> (history, candidates) -> {
            float[] taste = taste(Evidence.of(history, items, appeal), items[0].length);
            double[] scores = new double[candidates.length];
            for (int c = 0; c < scores.length; c++) {
                scores[c] = FeatureSpace.dot(taste, items[candidates[c]]);
            }
            return scores;
        };
    }

    private float[] taste(Evidence evidence, int dimension) {
        int n = evidence.size();
        double[][] kernel = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                kernel[i][j] =
                        deviation * deviation * FeatureSpace.dot(evidence.difference()[i], evidence.difference()[j]);
                kernel[j][i] = kernel[i][j];
            }
        }
        double[] a = Newton.dual(kernel, evidence.appeal(), evidence.weight());
        float[] taste = new float[dimension];
        for (int i = 0; i < n; i++) {
            float factor = (float) (deviation * deviation * a[i]);
            for (int k = 0; k < dimension; k++) {
                taste[k] += factor * evidence.difference()[i][k];
            }
        }
        return taste;
    }
}
