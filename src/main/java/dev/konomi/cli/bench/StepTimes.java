package dev.konomi.cli.bench;

import java.util.Arrays;

/// Training steps that were taken.
///
/// @param losses before each step
/// @param wall how long each took, in nanoseconds
/// @param cpu processor time of the thread that took it, in nanoseconds; what other work on the
///     machine takes is not in it
public record StepTimes(double[] losses, long[] wall, long[] cpu) {
    static final StepTimes NONE = new StepTimes(new double[0], new long[0], new long[0]);

    /// @return these, then the others
    StepTimes and(StepTimes others) {
        double[] allLosses = Arrays.copyOf(losses, losses.length + others.losses.length);
        System.arraycopy(others.losses, 0, allLosses, losses.length, others.losses.length);
        return new StepTimes(allLosses, joined(wall, others.wall), joined(cpu, others.cpu));
    }

    private static long[] joined(long[] first, long[] second) {
        long[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// @return in milliseconds
    double medianWall() {
        return Quantiles.of(wall).median() / 1e6;
    }

    /// @return in milliseconds
    double medianCpu() {
        return Quantiles.of(cpu).median() / 1e6;
    }
}
