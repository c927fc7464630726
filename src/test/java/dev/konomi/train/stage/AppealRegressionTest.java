package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.dataset.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AppealRegressionTest {
    private static final int ROWS = 60;

    @Test
    void whatIsPredictedOfALeftOutGroupIsWhatAFitWithoutItPredicts() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] rows = gaussian(random, 20, 5);
            double[] wanted = gaussian(random, 1, 20)[0];
            List<int[]> groups = List.of(
                    new int[] {0, 3, 4}, new int[] {1}, IntStream.range(5, 20).toArray());
            double[] ridges = {0.5, 0.5, 2, 2, 0.1};
            double expected = 0;
            for (int[] group : groups) {
                int[] left = IntStream.range(0, 20)
                        .filter(i -> Arrays.stream(group).noneMatch(out -> out == i))
                        .toArray();
                double[] found = new AppealRegression(
                                IntStream.of(left).mapToObj(i -> rows[i]).toArray(double[][]::new),
                                IntStream.of(left).mapToDouble(i -> wanted[i]).toArray(),
                                List.of(),
                                5)
                        .new Fit(ridges)
                        .found();
                for (int out : group) {
                    double residual = wanted[out] - dot(found, rows[out]);
                    expected += residual * residual;
                }
            }
            assertEquals(
                    expected, new AppealRegression(rows, wanted, groups, 2, 5).new Fit(ridges).loss(), 1e-8 * expected);
        }
    }

    @Test
    void whereContentSaysNothingNothingIsLearned() {
        double predicted = 0;
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] wanted = gaussian(random, 1, ROWS)[0];
            double[] found = new AppealRegression(gaussian(random, ROWS, 20), wanted, alone(), 20).best();
            predicted += dot(found, found) / 40;
        }
        assertTrue(predicted < 0.1, "variance " + predicted + " of 1 predicted");
    }

    /// What an encoder makes of pictures that it was not taught must not drown what does say
    /// something.
    @Test
    void aBlockOfNoiseIsLeftOut() {
        double together = 0;
        double apart = 0;
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] rows = gaussian(random, ROWS, 30);
            double[] rule = new double[30];
            for (int k = 24; k < 30; k++) {
                rule[k] = 0.6 * random.nextGaussian();
            }
            double[] wanted = Arrays.stream(rows)
                    .mapToDouble(row -> dot(rule, row) + random.nextGaussian())
                    .toArray();
            together += error(new AppealRegression(rows, wanted, alone(), 30).best(), rule);
            apart += error(new AppealRegression(rows, wanted, alone(), 24, 30).best(), rule);
        }
        assertTrue(apart < 0.7 * together, apart + " in blocks, " + together + " in one");
    }

    @Test
    void aPersonWithoutAHistoryHasWhatWasFoundWhateverTokensSay() {
        Dataset data = TwoGroups.people(4, 12, 24);
        float[][] scores = new float[2][];
        for (int seed = 0; seed < 2; seed++) {
            var network = TwoGroups.network(data);
            float[] vectors = network.parameters().values("tokens.vectors");
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = (float) random.nextGaussian();
            }
            network.parameters().set("tokens.vectors", vectors);
            AppealRegression.run(network, data, data.people(), 0);
            scores[seed] = TrainedModel.expected(network, data.items());
        }
        assertArrayEquals(scores[0], scores[1], 1e-4f);
    }

    @Test
    void onlySmallCataloguesHaveTheirAppealRegressed() {
        assertTrue(AppealRegression.suits(29, TwoGroups.NETWORK));
        assertFalse(AppealRegression.suits(30, TwoGroups.NETWORK));
    }

    private static double error(double[] found, double[] rule) {
        double sum = 0;
        for (int k = 0; k < rule.length; k++) {
            sum += (found[k] - rule[k]) * (found[k] - rule[k]);
        }
        return sum;
    }

    private static List<int[]> alone() {
        return IntStream.range(0, ROWS).mapToObj(i -> new int[] {i}).toList();
    }

    private static double[][] gaussian(SplittableRandom random, int rows, int columns) {
        List<double[]> drawn = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            drawn.add(
                    random.doubles(columns).map(unused -> random.nextGaussian()).toArray());
        }
        return drawn.toArray(double[][]::new);
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int k = 0; k < left.length; k++) {
            sum += left[k] * right[k];
        }
        return sum;
    }
}
