package dev.konomi.cli.study;

import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Bootstrap;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Estimates over worlds and the people in them: worlds are drawn anew, and in each that is
/// drawn, people. Arguments are one array a world, one value a person.
final class AcrossWorlds {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 1000);

    private AcrossWorlds() {}

    /// @return mean over people
    static Estimate mean(List<double[]> worlds) {
        return BOOTSTRAP.nested(sizes(worlds), counts -> mean(worlds, counts));
    }

    /// @param worlds whose people are drawn
    /// @param statistic from how often each person was drawn, `[worlds][people]`
    static Estimate statistic(List<double[]> worlds, ToDoubleFunction<int[][]> statistic) {
        return BOOTSTRAP.nested(sizes(worlds), statistic);
    }

    /// @param counts how often each person was drawn
    /// @return mean over those who were
    static double mean(List<double[]> worlds, int[][] counts) {
        return sum(worlds, counts) / drawn(counts);
    }

    /// @return sum of the ones by sum of the others, the same people drawn in both
    static Estimate ratio(List<double[]> numerators, List<double[]> denominators) {
        return BOOTSTRAP.nested(sizes(numerators), counts -> sum(numerators, counts) / sum(denominators, counts));
    }

    /// @return `values − others`, by person
    /// @throws IllegalArgumentException unless both are as long
    static double[] difference(double[] values, double[] others) {
        if (values.length != others.length) {
            throw new IllegalArgumentException("Only the same people can be compared, got " + values.length + " and "
                    + others.length + ": delete the older run.");
        }
        double[] differences = new double[values.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = values[i] - others[i];
        }
        return differences;
    }

    private static int[] sizes(List<double[]> worlds) {
        return worlds.stream().mapToInt(world -> world.length).toArray();
    }

    private static double sum(List<double[]> worlds, int[][] counts) {
        double sum = 0;
        for (int world = 0; world < counts.length; world++) {
            double[] values = worlds.get(world);
            for (int i = 0; i < values.length; i++) {
                sum += counts[world][i] * values[i];
            }
        }
        return sum;
    }

    private static long drawn(int[][] counts) {
        long drawn = 0;
        for (int[] world : counts) {
            for (int count : world) {
                drawn += count;
            }
        }
        return drawn;
    }
}
