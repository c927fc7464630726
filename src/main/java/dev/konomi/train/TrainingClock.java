package dev.konomi.train;

import dev.konomi.train.stage.Progress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Measures the training of a head and tells how far the whole is.
final class TrainingClock implements Progress {
    private final int steps;
    private final double from;
    private final double to;
    private final Watcher watcher;
    private final long started = System.nanoTime();
    private String stage = "";
    private int lastStep;
    private long lastTime;
    private int beforeStage;
    private int lastTotal;
    private long timedSteps;
    private long timedNanos;

    /// @param steps of all the head's stages
    /// @param from how much of the whole is done before it, 0 to 1
    /// @param to how much is done after it
    TrainingClock(int steps, double from, double to, Watcher watcher) {
        this.steps = Math.max(1, steps);
        this.from = from;
        this.to = to;
        this.watcher = watcher;
    }

    @Override
    public void step(String now, int step, int total, double loss) {
        long time = System.nanoTime();
        if (now.equals(stage)) {
            timedSteps += step - lastStep;
            timedNanos += time - lastTime;
        } else {
            beforeStage += lastTotal;
            stage = now;
            lastTotal = total;
        }
        lastStep = step;
        lastTime = time;
        double done = Math.min(1, (beforeStage + step) / (double) steps);
        watcher.at(
                now,
                from + (to - from) * done,
                String.format(Locale.ROOT, "step %d of %d, loss %.4f", step, total, loss));
    }

    @Override
    public void saved(Path checkpoint) {
        watcher.saved(checkpoint);
    }

    /// @return since this was made
    double seconds() {
        return (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /// @return mean time of a step, in milliseconds; of all training where too few steps were seen one by one
    double stepMillis() {
        return timedSteps == 0 ? 1_000 * seconds() / steps : timedNanos / 1e6 / timedSteps;
    }
}
