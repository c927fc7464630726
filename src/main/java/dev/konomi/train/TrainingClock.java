package dev.konomi.train;

import dev.konomi.train.stage.Progress;
import dev.konomi.train.stage.TrainingPlan;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Measures training and tells how far it is.
final class TrainingClock implements Progress {
    /// Which part of the whole training is; loading and encoding come before it.
    private static final double FROM = 0.15;

    private static final double TO = 0.92;

    private final TrainingPlan plan;
    private final Watcher watcher;
    private final long started = System.nanoTime();
    private String stage = "";
    private int lastStep;
    private long lastTime;
    private int beforeStage;
    private int lastTotal;
    private long timedSteps;
    private long timedNanos;

    TrainingClock(TrainingPlan plan, Watcher watcher) {
        this.plan = plan;
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
        double done = Math.min(1, (beforeStage + step) / (double) Math.max(1, steps()));
        watcher.at(
                now,
                FROM + (TO - FROM) * done,
                String.format(Locale.ROOT, "step %d of %d, loss %.4f", step, total, loss));
    }

    private int steps() {
        return plan.tokenSteps() + plan.stageOneSteps() + plan.stageTwoSteps();
    }

    /// @return since this was made
    double seconds() {
        return (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /// @return mean time of a step, in milliseconds; of all training where too few steps were seen one by one
    double stepMillis() {
        return timedSteps == 0 ? 1_000 * seconds() / Math.max(1, steps()) : timedNanos / 1e6 / timedSteps;
    }
}
