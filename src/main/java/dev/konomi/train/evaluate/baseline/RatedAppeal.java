package dev.konomi.train.evaluate.baseline;

import dev.konomi.item.Encoding;
import dev.konomi.train.algebra.Cholesky;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/// General appeal where people are real: what others make of the very item, pulled towards what
/// its content lets one expect: `(k c(z) + Σ r) / (k + n)` over the `n` ratings `r` of the item
/// by people other than the one who is asked, each less its person's usual rating. `c` is the
/// ridge regression of items' mean ratings on their vectors, its strength chosen by leaving one
/// item out; an item that nobody rated has nothing else.
public final class RatedAppeal implements Appeal {
    /// `k`: ratings that the content is worth.
    private static final double CONTENT = 2;

    /// Ratings of a person that pull its usual rating to everybody's.
    private static final double USUAL = 5;

    private static final double[] RIDGES = {0.03, 0.1, 0.3, 1, 3, 10, 30};

    /// A rating.
    ///
    /// @param person id
    /// @param item index
    /// @param value on the data's own scale
    public record Rating(long person, int item, double value) {}

    private final double[] content;
    private final double[] sum;
    private final int[] count;
    private final Map<Long, Map<Integer, Double>> own;

    private RatedAppeal(double[] content, double[] sum, int[] count, Map<Long, Map<Integer, Double>> own) {
        this.content = content;
        this.sum = sum;
        this.count = count;
        this.own = own;
    }

    /// @param items all items, rated or not
    /// @param width `d_e`
    /// @param ratings by training people only, at most one of a person and an item
    /// @throws IllegalArgumentException when there is no rating
    public static RatedAppeal fit(List<Encoding> items, int width, List<Rating> ratings) {
        return fit(items, ratings, seen -> FeatureSpace.of(seen, width));
    }

    /// The same with features made by hand, each standardised: a ridge regression as one finds it in
    /// textbooks.
    ///
    /// @param items all items, rated or not, each with its features as an image token
    /// @param width how many features there are
    /// @param ratings by training people only, at most one of a person and an item
    /// @throws IllegalArgumentException when there is no rating
    public static RatedAppeal ofHandMade(List<Encoding> items, int width, List<Rating> ratings) {
        return fit(items, ratings, seen -> FeatureSpace.standardised(seen, width));
    }

    private static RatedAppeal fit(
            List<Encoding> items, List<Rating> ratings, Function<List<Encoding>, FeatureSpace> spaces) {
        double overall = ratings.stream()
                .mapToDouble(Rating::value)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("There is no rating to learn general appeal from."));
        Map<Long, double[]> usual = new HashMap<>();
        for (Rating rating : ratings) {
            double[] sums = usual.computeIfAbsent(rating.person(), person -> new double[2]);
            sums[0] += rating.value() - overall;
            sums[1]++;
        }
        double[] sum = new double[items.size()];
        int[] count = new int[items.size()];
        Map<Long, Map<Integer, Double>> own = new HashMap<>();
        for (Rating rating : ratings) {
            double[] sums = Objects.requireNonNull(usual.get(rating.person()));
            double value = rating.value() - overall - sums[0] / (sums[1] + USUAL);
            sum[rating.item()] += value;
            count[rating.item()]++;
            own.computeIfAbsent(rating.person(), person -> new HashMap<>()).put(rating.item(), value);
        }
        return new RatedAppeal(content(items, spaces, sum, count), sum, count, own);
    }

    @Override
    public double of(int item, long asking) {
        Double mine = own.getOrDefault(asking, Map.of()).get(item);
        double others = mine == null ? sum[item] : sum[item] - mine;
        int raters = mine == null ? count[item] : count[item] - 1;
        return (CONTENT * content[item] + others) / (CONTENT + raters);
    }

    /// @return the appeal of all items for somebody who rated none of them in training
    public double[] scores() {
        double[] scores = new double[content.length];
        Arrays.setAll(scores, item -> (CONTENT * content[item] + sum[item]) / (CONTENT + count[item]));
        return scores;
    }

    private static double[] content(
            List<Encoding> items, Function<List<Encoding>, FeatureSpace> spaces, double[] sum, int[] count) {
        int[] rated =
                IntStream.range(0, sum.length).filter(item -> count[item] > 0).toArray();
        FeatureSpace space =
                spaces.apply(IntStream.of(rated).mapToObj(items::get).toList());
        float[][] vectors = space.vectors(items);
        double[] mean = new double[sum.length];
        double[] weight = new double[sum.length];
        for (int item : rated) {
            mean[item] = sum[item] / count[item];
            // Beyond a few ratings the rest is the item's own, which content cannot explain.
            weight[item] = count[item] / (count[item] + CONTENT);
        }
        double best = Double.POSITIVE_INFINITY;
        double[] chosen = new double[space.dimension()];
        for (double ridge : RIDGES) {
            double[][] inverse = inverse(vectors, weight, rated, ridge, space.dimension());
            double[] w = new double[space.dimension()];
            for (int item : rated) {
                double[] direction = times(inverse, vectors[item]);
                for (int k = 0; k < w.length; k++) {
                    w[k] += weight[item] * mean[item] * direction[k];
                }
            }
            double loss = 0;
            for (int item : rated) {
                double leverage = weight[item] * dot(times(inverse, vectors[item]), vectors[item]);
                double residual = (mean[item] - dot(w, vectors[item])) / Math.max(1e-6, 1 - leverage);
                loss += weight[item] * residual * residual;
            }
            if (loss < best) {
                best = loss;
                chosen = w;
            }
        }
        double[] content = new double[sum.length];
        for (int item = 0; item < content.length; item++) {
            content[item] = dot(chosen, vectors[item]);
        }
        return content;
    }

    private static double[][] inverse(float[][] vectors, double[] weight, int[] rated, double ridge, int dimension) {
        double[][] gram = new double[dimension][dimension];
        for (int item : rated) {
            float[] x = vectors[item];
            for (int i = 0; i < dimension; i++) {
                for (int j = 0; j < dimension; j++) {
                    gram[i][j] += weight[item] * x[i] * x[j];
                }
            }
        }
        for (int k = 0; k < dimension; k++) {
            gram[k][k] += ridge;
        }
        return Cholesky.of(gram).inverse();
    }

    private static double[] times(double[][] matrix, float[] vector) {
        double[] product = new double[matrix.length];
        Arrays.setAll(product, i -> dot(matrix[i], vector));
        return product;
    }

    private static double dot(double[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
