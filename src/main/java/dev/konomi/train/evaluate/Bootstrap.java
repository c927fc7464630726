package dev.konomi.train.evaluate;

import dev.konomi.report.Estimate;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/// 95 % percentile intervals by resampling people, never their single answers: a person's answers depend on each other.
///
/// @param seed of the resampling; the same seed gives the same intervals
/// @param resamples how often people are drawn anew
public record Bootstrap(long seed, int resamples) {
    /// Enough resamples for the third digit of an interval's ends.
    public static final Bootstrap DEFAULT = new Bootstrap(1, 2000);

    public Bootstrap {
        if (resamples < 40) {
            throw new IllegalArgumentException("A 95 % interval needs 40 resamples or more, got " + resamples + ".");
        }
    }

    /// @param values one value a person
    /// @return mean over people
    public Estimate mean(double[] values) {
        return statistic(values.length, counts -> weighted(values, counts));
    }

    /// The paired difference: both values of a person are drawn together.
    ///
    /// @param values one value a person
    /// @param others the same people's values, in the same order
    /// @return mean of `values − others`
    public Estimate difference(double[] values, double[] others) {
        requireSamePeople(values, others);
        double[] differences = new double[values.length];
        Arrays.setAll(differences, i -> values[i] - others[i]);
        return mean(differences);
    }

    /// The share of a gain: people are drawn once for numerator and denominator together.
    ///
    /// @param numerator one value a person, e.g. Konomi minus popularity
    /// @param denominator the same people's values, e.g. ideal observer minus popularity
    /// @return `mean(numerator) / mean(denominator)`
    public Estimate ratio(double[] numerator, double[] denominator) {
        requireSamePeople(numerator, denominator);
        return statistic(numerator.length, counts -> weighted(numerator, counts) / weighted(denominator, counts));
    }

    /// Any statistic of people.
    ///
    /// @param people how many there are
    /// @param statistic from how often each person was drawn, `[people]`
    /// @return the statistic with everybody drawn once, and its interval
    public Estimate statistic(int people, ToDoubleFunction<int[]> statistic) {
        if (people < 1) {
            throw new IllegalArgumentException(
                    "An interval over people needs at least one person, got " + people + ".");
        }
        int[] once = new int[people];
        Arrays.fill(once, 1);
        double mean = statistic.applyAsDouble(once);
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[resamples];
        int[] counts = new int[people];
        for (int i = 0; i < resamples; i++) {
            draw(counts, random);
            drawn[i] = statistic.applyAsDouble(counts);
        }
        return interval(mean, drawn);
    }

    /// Any statistic of people in several worlds: worlds are drawn anew, and in each that is drawn, people.
    ///
    /// @param people how many there are in each world
    /// @param statistic from how often each person was drawn, `[worlds][people]`
    /// @return the statistic with everybody drawn once, and its interval
    public Estimate nested(int[] people, ToDoubleFunction<int[][]> statistic) {
        if (people.length == 0 || Arrays.stream(people).anyMatch(each -> each < 1)) {
            throw new IllegalArgumentException(
                    "Every world needs at least one person, got " + Arrays.toString(people) + ".");
        }
        int[][] counts = Arrays.stream(people).mapToObj(int[]::new).toArray(int[][]::new);
        for (int[] world : counts) {
            Arrays.fill(world, 1);
        }
        double mean = statistic.applyAsDouble(counts);
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            for (int[] world : counts) {
                Arrays.fill(world, 0);
            }
            for (int j = 0; j < people.length; j++) {
                int[] world = counts[random.nextInt(people.length)];
                for (int k = 0; k < world.length; k++) {
                    world[random.nextInt(world.length)]++;
                }
            }
            drawn[i] = statistic.applyAsDouble(counts);
        }
        return interval(mean, drawn);
    }

    /// Any statistic of people crossed with groups of items: both are drawn anew, each by itself, and an answer counts
    /// as often as its person and its groups were drawn together (the pigeonhole bootstrap: Owen, *The pigeonhole
    /// bootstrap*, 2007).
    ///
    /// @param people how many there are
    /// @param groups how many there are
    /// @param statistic from how often each person and each group was drawn; not a number where nothing was drawn
    /// @return the statistic with everybody and everything drawn once, and its interval
    public Estimate crossed(int people, int groups, ToDoubleBiFunction<int[], int[]> statistic) {
        if (people < 1 || groups < 1) {
            throw new IllegalArgumentException("An interval over people and groups needs one of each, got " + people
                    + " people and " + groups + " groups.");
        }
        int[] person = new int[people];
        int[] group = new int[groups];
        Arrays.fill(person, 1);
        Arrays.fill(group, 1);
        double mean = statistic.applyAsDouble(person, group);
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            draw(person, random);
            draw(group, random);
            drawn[i] = statistic.applyAsDouble(person, group);
        }
        double[] defined =
                Arrays.stream(drawn).filter(value -> !Double.isNaN(value)).toArray();
        return interval(mean, defined.length == 0 ? new double[] {mean} : defined);
    }

    private static void draw(int[] counts, SplittableRandom random) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < counts.length; i++) {
            counts[random.nextInt(counts.length)]++;
        }
    }

    private static Estimate interval(double mean, double[] drawn) {
        Arrays.sort(drawn);
        return new Estimate(mean, quantile(drawn, 0.025), quantile(drawn, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static double weighted(double[] values, int[] counts) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < values.length; i++) {
            sum += counts[i] * values[i];
            count += counts[i];
        }
        return sum / count;
    }

    private static void requireSamePeople(double[] values, double[] others) {
        if (values.length != others.length) {
            throw new IllegalArgumentException(
                    "A paired comparison needs the same people, got " + values.length + " and " + others.length + ".");
        }
    }
}
