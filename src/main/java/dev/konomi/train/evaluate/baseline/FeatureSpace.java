package dev.konomi.train.evaluate.baseline;

import dev.konomi.item.Encoding;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Items as baselines see them: image and text tokens side by side, what is missing at its mean and
/// the rest scaled up
/// so that norms compare, projected on the principal components of the training items and whitened.
/// A vector has norm 1
/// on average.
final class FeatureSpace {
    /// The most principal components.
    static final int COMPONENTS = 64;

    /// Variance added to every component, as a share of the mean variance of the components kept.
    private static final double FLOOR = 0.02;

    /// A feature that hardly varies is not scaled up to the size of others.
    private static final double RARE = 0.02;

    private static final int ITERATIONS = 12;
    private static final int SPARE = 8;
    private final int width;
    private final float[] mean;
    private final float[][] components;

    private FeatureSpace(int width, float[] mean, float[][] components) {
        this.width = width;
        this.mean = mean;
        this.components = components;
    }

    /// @param items training items only
    /// @param width `d_e`
    static FeatureSpace of(List<Encoding> items, int width) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("There is no training item to take statistics from.");
        }
        float[] mean = mean(items, width);
        float[][] rows = items.stream().map(item -> centred(item, width, mean)).toArray(float[][]::new);
        int kept = Math.max(1, Math.min(COMPONENTS, Math.min(items.size() / 4, 2 * width)));
        double[][] basis = principal(covariance(rows, 2 * width), kept);
        double[] variance = new double[kept];
        for (float[] row : rows) {
            for (int k = 0; k < kept; k++) {
                double at = dot(basis[k], row);
                variance[k] += at * at / rows.length;
            }
        }
        double average = Arrays.stream(variance).average().orElseThrow();
        float[][] components = new float[kept][2 * width];
        for (int k = 0; k < kept; k++) {
            double scale = 1 / Math.sqrt(kept * (variance[k] + FLOOR * average + 1e-12));
            for (int i = 0; i < 2 * width; i++) {
                components[k][i] = (float) (scale * basis[k][i]);
            }
        }
        return new FeatureSpace(width, mean, components);
    }

    /// Features that mean something one by one, image tokens only: each less its mean, divided by its
    /// deviation.
    ///
    /// @param items training items only, each with an image token
    /// @param width how many features there are
    static FeatureSpace standardised(List<Encoding> items, int width) {
        float[] mean = mean(items, width);
        double[] variance = new double[width];
        for (Encoding item : items) {
            float[] row = centred(item, width, mean);
            for (int i = 0; i < width; i++) {
                // A single token is scaled up by the root of two.
                variance[i] += row[i] * row[i] / 2 / items.size();
            }
        }
        float[][] components = new float[width][2 * width];
        for (int i = 0; i < width; i++) {
            components[i][i] = (float) (1 / Math.sqrt(2 * width * (variance[i] + RARE * RARE)));
        }
        return new FeatureSpace(width, mean, components);
    }

    /// @return how many components were kept
    int dimension() {
        return components.length;
    }

    /// @return `[N][dimension]`; the training items' mean is the origin
    float[][] vectors(List<Encoding> items) {
        return items.stream()
                .map(item -> {
                    float[] row = centred(item, width, mean);
                    float[] vector = new float[components.length];
                    for (int k = 0; k < vector.length; k++) {
                        vector[k] = (float) dot(components[k], row);
                    }
                    return vector;
                })
                .toArray(float[][]::new);
    }

    private static float[] mean(List<Encoding> items, int width) {
        double[] sum = new double[2 * width];
        int[] count = new int[2];
        for (Encoding item : items) {
            add(item.image(), sum, 0, count, 0);
            add(item.text(), sum, width, count, 1);
        }
        float[] mean = new float[2 * width];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / Math.max(1, count[i < width ? 0 : 1]));
        }
        return mean;
    }

    private static void add(float @Nullable [] token, double[] sum, int from, int[] count, int modality) {
        if (token != null) {
            for (int i = 0; i < token.length; i++) {
                sum[from + i] += token[i];
            }
            count[modality]++;
        }
    }

    private static float[] centred(Encoding item, int width, float[] mean) {
        float[] row = new float[2 * width];
        float scale = item.image() == null || item.text() == null ? (float) Math.sqrt(2) : 1;
        place(item.image(), row, 0, mean, scale);
        place(item.text(), row, width, mean, scale);
        return row;
    }

    private static void place(float @Nullable [] token, float[] row, int from, float[] mean, float scale) {
        if (token != null) {
            for (int i = 0; i < token.length; i++) {
                row[from + i] = scale * (token[i] - mean[from + i]);
            }
        }
    }

    private static float[][] covariance(float[][] rows, int width) {
        float[][] covariance = new float[width][width];
        for (float[] row : rows) {
            for (int i = 0; i < width; i++) {
                float left = row[i] / rows.length;
                float[] into = covariance[i];
                for (int j = 0; j < width; j++) {
                    into[j] += left * row[j];
                }
            }
        }
        return covariance;
    }

    /// Orthogonal iteration (Golub and Van Loan, Matrix Computations, 8.2.4), a few directions more
    /// than are wanted.
    private static double[][] principal(float[][] symmetric, int kept) {
        int width = symmetric.length;
        int count = Math.min(width, kept + SPARE);
        SplittableRandom random = new SplittableRandom(64);
        double[][] basis = new double[count][width];
        for (double[] direction : basis) {
            Arrays.setAll(direction, i -> random.nextGaussian());
        }
        orthonormalise(basis, random);
        for (int round = 0; round < ITERATIONS; round++) {
            for (int k = 0; k < count; k++) {
                double[] direction = basis[k];
                double[] image = new double[width];
                Arrays.setAll(image, i -> dot(direction, symmetric[i]));
                basis[k] = image;
            }
            orthonormalise(basis, random);
        }
        return basis;
    }

    private static void orthonormalise(double[][] basis, SplittableRandom random) {
        for (int k = 0; k < basis.length; k++) {
            double before = norm(basis[k]);
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < k; j++) {
                    subtract(basis[k], basis[j]);
                }
            }
            // Fewer directions than asked for: any other will do, its variance is zero.
            if (norm(basis[k]) <= 1e-9 * before || before == 0) {
                Arrays.setAll(basis[k], i -> random.nextGaussian());
                for (int pass = 0; pass < 2; pass++) {
                    for (int j = 0; j < k; j++) {
                        subtract(basis[k], basis[j]);
                    }
                }
            }
            double norm = norm(basis[k]);
            for (int i = 0; i < basis[k].length; i++) {
                basis[k][i] /= norm;
            }
        }
    }

    private static void subtract(double[] from, double[] direction) {
        double along = 0;
        for (int i = 0; i < from.length; i++) {
            along += from[i] * direction[i];
        }
        for (int i = 0; i < from.length; i++) {
            from[i] -= along * direction[i];
        }
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static double dot(double[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    static double dot(float[] left, float[] right) {
        float sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
