package dev.konomi.cli.bench;

import dev.konomi.train.stage.SteppedTraining;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// Something that takes training steps, one after the other.
@FunctionalInterface
interface Steps {
    /// @param count how many; at least 1
    StepTimes take(int count);

    /// Konomi's own.
    static Steps of(SteppedTraining training) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return count -> {
            double[] losses = new double[count];
            long[] wall = new long[count];
            long[] cpu = new long[count];
            for (int i = 0; i < count; i++) {
                long wallBefore = System.nanoTime();
                long cpuBefore = threads.getCurrentThreadCpuTime();
                losses[i] = training.step();
                wall[i] = System.nanoTime() - wallBefore;
                cpu[i] = threads.getCurrentThreadCpuTime() - cpuBefore;
            }
            return new StepTimes(losses, wall, cpu);
        };
    }
}
