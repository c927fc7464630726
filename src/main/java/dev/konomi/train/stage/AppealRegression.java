package dev.konomi.train.stage;

import dev.konomi.item.Encoding;
import dev.konomi.train.algebra.Cholesky;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// General appeal of a small catalogue: what everybody makes of each item ([ItemOffsets] against
/// nothing), regressed on the items' vectors with a ridge whose strength is chosen by leaving
/// items out, all that share their words at once: what is asked about new items are new words.
/// Many people's events about few items say little of content: a gradient fit of general appeal
/// learns such items by heart.
///
/// Minimises `Σ_z w_z (e_z − ē − b·x_z)² + λ |b|²`, `w_z = I_z / (I_z + ½)`: beyond a few events
/// the rest is the item's own, which content cannot explain. Residuals with a group left out are
/// `(I − H_gg)⁻¹ r_g`, `H` being the hat matrix (Cook and Weisberg, Residuals and Influence in
/// Regression, 1982).
final class AppealRegression {
    /// With more items a component general appeal is fitted with everything else.
    private static final int FEW = 5;

    private static final double EVENTS_STRENGTH = 0.3;
    private static final double OWN = 0.5;

    /// Of `λ` of a block of columns, in mean squared norms; the last one leaves it out.
    private static final double[] RIDGES = {0.1, 0.3, 1, 3, 10, 30, 1e6};

    private final double[][] rows;
    private final double[] wanted;
    private final List<int[]> groups;
    private final int[] ends;
    private final int width;
    private final double[][] gram;

    /// @param rows `[n][width]`, times the roots of their weights
    /// @param wanted `[n]`, likewise
    /// @param groups places of the rows that are left out together
    /// @param ends where each block of columns ends, in order; the last end is the width
    AppealRegression(double[][] rows, double[] wanted, List<int[]> groups, int... ends) {
        this.rows = rows;
        this.wanted = wanted;
        this.groups = groups;
        this.ends = ends.clone();
        this.width = ends[ends.length - 1];
        gram = gram();
    }

    /// @param seen how many items have events
    /// @return whether so few items have general appeal of their own kind
    static boolean suits(int seen, NetworkSettings settings) {
        return seen < FEW * settings.dimension();
    }

    /// Puts what is found in the network, so that a person without a history has it.
    ///
    /// @param data items
    /// @param people whose events count
    /// @param baseRate log-odds of a like among the opinions
    static void run(PreferenceNetwork network, Dataset data, List<Person> people, double baseRate) {
        List<Encoding> items = data.items();
        var effects = new ItemOffsets(EVENTS_STRENGTH).effects(people, new float[items.size()], baseRate);
        float[][] features = TrainedModel.items(network, items).features();
        int width = network.settings().dimension();
        double[] weights = new double[items.size()];
        double sum = 0;
        double mass = 0;
        for (int item = 0; item < weights.length; item++) {
            weights[item] = effects.information()[item] / (effects.information()[item] + OWN);
            sum += weights[item] * effects.offsets()[item];
            mass += weights[item];
        }
        List<double[]> rows = new ArrayList<>();
        List<Double> wanted = new ArrayList<>();
        Map<Object, List<Integer>> byWords = new LinkedHashMap<>();
        for (int item = 0; item < weights.length; item++) {
            if (weights[item] > 0) {
                double root = Math.sqrt(weights[item]);
                double[] row = new double[width];
                for (int k = 0; k < width; k++) {
                    row[k] = root * features[item][k];
                }
                float[] text = items.get(item).text();
                byWords.computeIfAbsent(text == null ? item : Arrays.hashCode(text), none -> new ArrayList<>())
                        .add(rows.size());
                rows.add(row);
                wanted.add(root * (effects.offsets()[item] - sum / mass));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        var regression = new AppealRegression(
                rows.toArray(double[][]::new),
                wanted.stream().mapToDouble(Double::doubleValue).toArray(),
                byWords.values().stream()
                        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                        .toList(),
                new int[] {width - Whitening.ofStatistics(data.statistics(), width), width});
        double[] found = regression.best();
        float[] without = network.withoutHistory();
        float[] appeal = new float[without.length];
        for (int k = 0; k < appeal.length; k++) {
            appeal[k] = (float) (k < width ? found[k] : 0) - without[k];
        }
        network.parameters().set("tower.appeal", appeal);
    }

    /// @return `b` of the strength that predicts left-out groups best; zeros where none predicts
    ///     anything
    double[] best() {
        double least = 0;
        for (double value : wanted) {
            least += value * value;
        }
        double[] best = new double[width];
        for (double[] ridges : ridges()) {
            Fit fit = new Fit(ridges);
            double loss = fit.loss();
            if (loss < least) {
                least = loss;
                best = fit.found;
            }
        }
        return best;
    }

    /// @return every strength of each block beside every strength of the others, one a column
    private List<double[]> ridges() {
        List<double[]> all = List.of(new double[0]);
        for (int end : ends) {
            List<double[]> longer = new ArrayList<>();
            for (double[] before : all) {
                double norm = norm(before.length, end);
                for (double ridge : RIDGES) {
                    double[] with = Arrays.copyOf(before, end);
                    Arrays.fill(with, before.length, end, ridge * norm + 1e-9);
                    longer.add(with);
                }
            }
            all = longer;
        }
        return all;
    }

    /// @return mean squared norm of these columns
    private double norm(int from, int to) {
        double norm = 0;
        for (double[] row : rows) {
            for (int k = from; k < to; k++) {
                norm += row[k] * row[k] / rows.length;
            }
        }
        return norm;
    }

    /// A regression with given strengths.
    final class Fit {
        private final double[][] inverse;
        private final double[] found = new double[width];

        /// @param ridges `λ` of each column
        Fit(double... ridges) {
            double[][] sum = new double[width][];
            for (int k = 0; k < width; k++) {
                sum[k] = gram[k].clone();
                sum[k][k] += ridges[k];
            }
            inverse = Cholesky.of(sum).inverse();
            double[] right = new double[width];
            for (int i = 0; i < rows.length; i++) {
                for (int k = 0; k < width; k++) {
                    right[k] += rows[i][k] * wanted[i];
                }
            }
            Arrays.setAll(found, k -> dot(inverse[k], right));
        }

        /// @return `b`, `[width]`
        double[] found() {
            return found.clone();
        }

        /// @return squared residuals of each group when nothing was learned from it, summed
        double loss() {
            return groups.stream().mapToDouble(this::leftOut).sum();
        }

        private double leftOut(int[] group) {
            int size = group.length;
            double[][] system = new double[size][size];
            double[] residual = new double[size];
            for (int i = 0; i < size; i++) {
                double[] row = rows[group[i]];
                residual[i] = wanted[group[i]] - dot(found, row);
                double[] direction = new double[width];
                Arrays.setAll(direction, k -> dot(inverse[k], row));
                for (int j = 0; j < size; j++) {
                    system[i][j] = (i == j ? 1 : 0) - dot(direction, rows[group[j]]);
                }
            }
            double[] left = Cholesky.of(system).solve(residual);
            return dot(left, left);
        }
    }

    private double[][] gram() {
        double[][] sums = new double[width][width];
        for (double[] row : rows) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    sums[i][j] += row[i] * row[j];
                }
            }
        }
        return sums;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int k = 0; k < left.length; k++) {
            sum += left[k] * right[k];
        }
        return sum;
    }
}
