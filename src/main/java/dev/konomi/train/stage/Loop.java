package dev.konomi.train.stage;

import dev.konomi.train.network.Parameters;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Steps of one stage: gradients, optimizer, checkpoints, progress.
///
/// @param stage its name, also that of its checkpoint
/// @param steps how many
/// @param warmup share of the steps in which rates rise
/// @param averaging time constant of the running average of weights, in steps; 0 keeps none
/// @param folder where checkpoints go
record Loop(String stage, int steps, double warmup, double averaging, Folder folder) {
    /// What all stages of one training share.
    ///
    /// @param path where checkpoints are written
    /// @param fingerprint of data and plan
    /// @param seeds of the draws
    /// @param progress told now and then
    /// @param peers with whom it is trained
    record Folder(Path path, String fingerprint, Seeds seeds, Progress progress, Peers peers) {
        /// Trained by this process alone.
        Folder(Path path, String fingerprint, Seeds seeds, Progress progress) {
            this(path, fingerprint, seeds, progress, Peers.NONE);
        }
    }

    private static final int CHECKPOINTS = 4;
    private static final int RAREST_CHECKPOINT = 250;
    private static final int PROGRESS_EVERY = 20;
    static final double LONGEST_GRADIENT = 1;

    /// The loss of one step, or this process's part of it; everything it allocates is freed when the step ends.
    @FunctionalInterface
    interface Step {
        Tensor loss(int step, SplittableRandom random);
    }

    /// Goes on from the stage's checkpoint, if there is one, to the last step.
    void run(Parameters parameters, Adam optimizer, Step step) {
        Path file = folder.path().resolve(stage + ".checkpoint");
        int first = 0;
        var found = Checkpoint.read(file, folder.fingerprint());
        if (found.isPresent()) {
            parameters.set(found.get().parameters());
            optimizer.restore(found.get().optimizer());
            first = found.get().step();
        }
        double recent = Double.NaN;
        for (int done = first; done < steps; done++) {
            try (var scope = new PointerScope()) {
                Tensor loss = step.loss(done, folder.seeds().step(stage, done));
                descend(optimizer, loss, done, schedule(done), averaging, folder.peers());
                if (done % PROGRESS_EVERY == 0) {
                    double value = folder.peers().sum(loss);
                    requireFinite(value, done);
                    recent = Double.isNaN(recent) ? value : 0.8 * recent + 0.2 * value;
                }
            }
            if ((done + 1) % PROGRESS_EVERY == 0 || done + 1 == steps) {
                folder.progress().step(stage, done + 1, steps, recent);
            }
            if ((done + 1) % checkpointEvery() == 0 || done + 1 == steps) {
                new Checkpoint(folder.fingerprint(), done + 1, parameters.copy(), optimizer.state()).write(file);
                folder.progress().saved(file);
            }
        }
        if (averaging > 0) {
            optimizer.useAverage();
        }
    }

    /// Gradients of a loss, then one step along them.
    ///
    /// @param done steps before this one
    /// @param factor the schedule's factor to all rates
    /// @param peers whose gradients are added to this process's
    static void descend(Adam optimizer, Tensor loss, int done, double factor, double averaging, Peers peers) {
        optimizer.zeroGradients();
        loss.backward();
        peers.addUp(optimizer.gradients());
        double keep = averaging == 0 ? 0 : Math.min(1 - 1 / averaging, (done + 1.0) / (done + 10.0));
        optimizer.step(done, factor, LONGEST_GRADIENT, keep);
    }

    private int checkpointEvery() {
        return Math.clamp(steps / CHECKPOINTS, PROGRESS_EVERY, RAREST_CHECKPOINT);
    }

    /// Linear warm-up, then a cosine to zero.
    private double schedule(int step) {
        double done = (double) step / steps;
        double rise = warmup == 0 ? 1 : Math.min(1, done / warmup + 0.01);
        return rise * (0.5 + 0.5 * Math.cos(Math.PI * done));
    }

    private void requireFinite(double loss, int step) {
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("The loss of " + stage + " is " + loss + " at step " + step
                    + ": encodings or weights of observations are out of range.");
        }
    }
}
