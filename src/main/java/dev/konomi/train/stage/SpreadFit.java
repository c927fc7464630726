package dev.konomi.train.stage;

import dev.konomi.release.Manifest;
import java.util.List;
import java.util.Optional;

/// How far people's true log-odds lie from what a model makes of them, though nobody ever tells
/// theirs: if they lie far, the surprises of one person go together, since whoever prefers
/// against expectation does so with like items too.
///
/// Given the history before, the log-odds of a person's later choices are `N(c·s, c² C + v K)`:
/// `s` the model's margins, `C` their covariance over tokens, `a` as probabilities, `K` the
/// likeness of the items' vectors (cosines), for what is the person's alone. With `κ² = 1 + π/8
/// (c² C_jj + v K_jj)` a choice has the probability `p = σ(c s / κ)` (MacKay, The evidence
/// framework applied to classification networks, 1992), and to first order two of them the
/// covariance `φ_i φ_j (c² C_ij + v K_ij)` with `φ = p (1 − p) / κ`. `c` is what makes the
/// choice that follows a history most likely, `v` what makes the products of surprises fit, by
/// weighted least squares; both in turn.
///
/// @param scale `c`, log-odds for each unit of the score
/// @param variance `v`, in log-odds squared
/// @param error standard error of `v`, over people
/// @param total mean variance of one item's log-odds
record SpreadFit(double scale, double variance, double error, double total) {
    /// A person's choices after part of the history; the first of them directly follows it.
    ///
    /// @param margins `s(preferred) − s(other)`, `[J]`
    /// @param tokenVariance `C_jj`, `[J]`
    /// @param tokenCovariance `C_0j`, `[J]`
    /// @param ownVariance `K_jj`, `[J]`
    /// @param ownCovariance `K_0j`, `[J]`
    record Later(
            double[] margins,
            double[] tokenVariance,
            double[] tokenCovariance,
            double[] ownVariance,
            double[] ownCovariance) {}

    /// A share of the variance: a standard error as large as this is 7 % of an interval's width.
    private static final double LARGEST_ERROR = 0.15;

    private static final int TURNS = 12;
    private static final int DAMPED = 3;
    private static final int HALVINGS = 40;
    private static final double SMALLEST = 0.05;
    private static final double LARGEST = 5;
    private static final double ATTENUATION = Math.PI / 8;

    /// @param people whom the model has not learned from, each after some of their histories; at least one
    ///   choice
    static SpreadFit of(List<List<Later>> people) {
        double scale = 0.5;
        double variance = 1;
        double error = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            scale = scale(people, variance);
            double[] products = new double[people.size()];
            double[] weights = new double[people.size()];
            double product = 0;
            double weight = 0;
            for (int person = 0; person < products.length; person++) {
                for (Later later : people.get(person)) {
                    addProducts(later, scale, variance, products, weights, person);
                }
                product += products[person];
                weight += weights[person];
            }
            double fitted = weight == 0 ? 0 : Math.max(0, product / weight);
            error = weight == 0 ? Double.POSITIVE_INFINITY : error(products, weights, fitted) / weight;
            variance = turn < DAMPED ? (variance + fitted) / 2 : fitted;
        }
        return new SpreadFit(scale, variance, error, variance + scale * scale * meanTokenVariance(people));
    }

    /// The variance with its standard error on top: too narrow an interval is worse than too wide a one.
    ///
    /// @return for a manifest, if there are enough people to trust it
    Optional<Manifest.Spread> trusted() {
        return total > 0 && error < LARGEST_ERROR * total
                ? Optional.of(new Manifest.Spread(scale, variance + error))
                : Optional.empty();
    }

    private static void addProducts(
            Later later, double scale, double variance, double[] products, double[] weights, int person) {
        double[] surprise = new double[later.margins().length];
        double[] slope = new double[surprise.length];
        double[] kappa = new double[surprise.length];
        for (int j = 0; j < surprise.length; j++) {
            kappa[j] = kappa(later, j, scale, variance);
            double p = 1 / (1 + Math.exp(-scale * later.margins()[j] / kappa[j]));
            surprise[j] = 1 - p;
            slope[j] = p * (1 - p);
        }
        for (int j = 1; j < surprise.length; j++) {
            double likeness = later.ownCovariance()[j] / (kappa[0] * kappa[j]);
            double both = slope[0] * slope[j];
            double ofTokens = both / (kappa[0] * kappa[j]) * scale * scale * later.tokenCovariance()[j];
            products[person] += likeness * (surprise[0] * surprise[j] - ofTokens);
            weights[person] += likeness * likeness * both;
        }
    }

    private static double kappa(Later later, int j, double scale, double variance) {
        return Math.sqrt(
                1 + ATTENUATION * (scale * scale * later.tokenVariance()[j] + variance * later.ownVariance()[j]));
    }

    private static double error(double[] products, double[] weights, double fitted) {
        double squares = 0;
        for (int person = 0; person < products.length; person++) {
            double residual = products[person] - fitted * weights[person];
            squares += residual * residual;
        }
        return Math.sqrt(squares);
    }

    /// Golden section over its logarithm.
    private static double scale(List<List<Later>> people, double variance) {
        double golden = (Math.sqrt(5) - 1) / 2;
        double low = Math.log(SMALLEST);
        double high = Math.log(LARGEST);
        for (int i = 0; i < HALVINGS; i++) {
            double left = high - golden * (high - low);
            double right = low + golden * (high - low);
            if (loss(people, Math.exp(left), variance) < loss(people, Math.exp(right), variance)) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private static double loss(List<List<Later>> people, double scale, double variance) {
        double loss = 0;
        for (List<Later> person : people) {
            for (Later later : person) {
                loss += Calibration.loss(scale * later.margins()[0] / kappa(later, 0, scale, variance));
            }
        }
        return loss;
    }

    /// A choice is a difference of two items, so its variance is about twice an item's.
    private static double meanTokenVariance(List<List<Later>> people) {
        return people.stream()
                .flatMap(List::stream)
                .mapToDouble(later -> later.tokenVariance()[0] / 2)
                .average()
                .orElse(0);
    }
}
