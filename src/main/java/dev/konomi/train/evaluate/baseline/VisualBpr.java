package dev.konomi.train.evaluate.baseline;

import dev.konomi.train.algebra.Cholesky;
import dev.konomi.train.evaluate.Ranker;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Visual Bayesian personalised ranking (He and McAuley, arXiv 1510.01784): `s(u, z) = β(z) +
/// b·x(z) + θ_u·E x(z)`,
/// with
/// general appeal `β` as an offset. Factors of single items are left out, since the items asked
/// about are new. `E`,
/// `b` and everybody's `θ_u` are learned by stochastic gradients; unseen people are folded in: `θ`
/// is then the mode of
/// a logistic regression under the training people's distribution of `θ`.
final class VisualBpr {
    static final int FACTORS = 16;
    private static final float RATE = 0.15f;
    private static final float TASTE_DECAY = 0.03f;
    private static final float DECAY = 1e-4f;

    /// A pair of a training person.
    ///
    /// @param person place among the training people
    /// @param preferred an item, or −1 for the mean item
    /// @param other an item, or −1 for the mean item
    /// @param appeal log-odds that general appeal gives to the pair
    record Pair(int person, int preferred, int other, float appeal, float weight) {}

    private final int dimension;
    private final float[][] embedding;
    private final float[] bias;
    private final float[][] tastes;

    /// @param dimension `D` of the items' vectors
    /// @param people how many
    VisualBpr(int dimension, int people, long seed) {
        this.dimension = dimension;
        SplittableRandom random = new SplittableRandom(seed);
        embedding = gaussian(random, FACTORS, dimension, 0.3);
        tastes = gaussian(random, people, FACTORS, 0.3);
        bias = new float[dimension];
    }

    private static float[][] gaussian(SplittableRandom random, int rows, int columns, double deviation) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return values;
    }

    /// One pass over all pairs.
    ///
    /// @param items `[N][D]`
    /// @param pairs in the order in which they are looked at
    /// @param done share of all passes that is done
    void pass(float[][] items, List<Pair> pairs, double done) {
        float rate = (float) (RATE * (1 - done) + 0.01 * done);
        float[] difference = new float[dimension];
        float[] seen = new float[FACTORS];
        for (Pair pair : pairs) {
            for (int i = 0; i < dimension; i++) {
                difference[i] = (pair.preferred() < 0 ? 0 : items[pair.preferred()][i])
                        - (pair.other() < 0 ? 0 : items[pair.other()][i]);
            }
            float[] taste = tastes[pair.person()];
            double margin = pair.appeal() + FeatureSpace.dot(bias, difference);
            for (int k = 0; k < FACTORS; k++) {
                seen[k] = (float) FeatureSpace.dot(embedding[k], difference);
                margin += taste[k] * seen[k];
            }
            float push = (float) (pair.weight() / (1 + Math.exp(margin)));
            for (int k = 0; k < FACTORS; k++) {
                float[] row = embedding[k];
                float along = rate * push * taste[k];
                float keep = 1 - rate * DECAY;
                for (int i = 0; i < dimension; i++) {
                    row[i] = keep * row[i] + along * difference[i];
                }
                taste[k] += rate * (push * seen[k] - TASTE_DECAY * taste[k]);
            }
            for (int i = 0; i < dimension; i++) {
                bias[i] += rate * (push * difference[i] - DECAY * bias[i]);
            }
        }
    }

    /// @param strength how much wider than the training people's the tastes of unseen people are
    ///     taken to be; theirs
    ///     are shrunk by the penalty
    /// @return the model as it is now, for people it has not seen
    Personal folded(double strength) {
        float[] mean = new float[FACTORS];
        for (float[] taste : tastes) {
            for (int k = 0; k < FACTORS; k++) {
                mean[k] += taste[k] / tastes.length;
            }
        }
        double[][] covariance = new double[FACTORS][FACTORS];
        for (float[] taste : tastes) {
            for (int k = 0; k < FACTORS; k++) {
                for (int l = 0; l < FACTORS; l++) {
                    covariance[k][l] += (taste[k] - mean[k]) * (taste[l] - mean[l]) / tastes.length;
                }
            }
        }
        for (int k = 0; k < FACTORS; k++) {
            covariance[k][k] += 1e-6;
        }
        float[] general = bias.clone();
        for (int k = 0; k < FACTORS; k++) {
            for (int i = 0; i < dimension; i++) {
                general[i] += mean[k] * embedding[k][i];
            }
        }
        return new FoldedIn(whitened(embedding, covariance), general, new PersonLogistic(strength));
    }

    /// @return `Lᵀ E` with `L Lᵀ` the covariance: tastes are then standard normal
    private static float[][] whitened(float[][] embedding, double[][] covariance) {
        Cholesky factor = Cholesky.of(covariance);
        int dimension = embedding[0].length;
        float[][] map = new float[FACTORS][dimension];
        for (int k = 0; k < FACTORS; k++) {
            for (int l = k; l < FACTORS; l++) {
                for (int i = 0; i < dimension; i++) {
                    map[k][i] += (float) (factor.at(l, k) * embedding[l][i]);
                }
            }
        }
        return map;
    }

    private record FoldedIn(float[][] map, float[] general, PersonLogistic regression) implements Personal {
        @Override
        public OnItems on(float[][] items) {
            float[][] seen = new float[items.length][map.length];
            double[] expected = new double[items.length];
            for (int item = 0; item < items.length; item++) {
                for (int k = 0; k < map.length; k++) {
                    seen[item][k] = (float) FeatureSpace.dot(map[k], items[item]);
                }
                expected[item] = FeatureSpace.dot(general, items[item]);
            }
            OnItems folded = regression.on(seen);
            return appeal -> {
                double[] offset = new double[items.length];
                Arrays.setAll(offset, item -> appeal[item] + expected[item]);
                Ranker ranker = folded.ranker(offset);
                return (history, candidates) -> {
                    double[] scores = ranker.score(history, candidates);
                    for (int c = 0; c < scores.length; c++) {
                        scores[c] += expected[candidates[c]];
                    }
                    return scores;
                };
            };
        }
    }
}
