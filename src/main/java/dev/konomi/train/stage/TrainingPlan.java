package dev.konomi.train.stage;

import dev.konomi.train.network.NetworkSettings;
import java.util.function.Consumer;

/// What to train, how long, and with which switches.
///
/// @param network shape and switches of the network; of its tokens those stay that become groups
/// @param seeds of everything random
/// @param device where, and in which precision
/// @param threads of the trainer; with one, the same seeds give the same parameters to the last bit
/// @param tokenSteps steps of the latent-class fit
/// @param stageOneSteps steps with all parameters
/// @param stageTwoSteps steps with the tokens alone
/// @param base weight of `L_base`
/// @param contrast `λ`, weight of the contrastive preference loss
/// @param dense whether every prefix of a history predicts every later observation
/// @param modalityDropout probability of each modality of an item that has both to be dropped
/// @param validation share of people that are kept for choosing and calibrating
public record TrainingPlan(
        NetworkSettings network,
        Seeds seeds,
        Device device,
        int threads,
        int tokenSteps,
        int stageOneSteps,
        int stageTwoSteps,
        double base,
        double contrast,
        boolean dense,
        double modalityDropout,
        double validation) {
    /// Where to train, and how exactly.
    public enum Device {
        /// in f32
        CPU,
        /// in f32
        CUDA,
        /// the head in sequence in mixed precision, bf16 and f32; the late head, which is small,
        /// in f32
        CUDA_BF16;

        org.bytedeco.pytorch.Device torch() {
            return new org.bytedeco.pytorch.Device(this == CPU ? "cpu" : "cuda");
        }

        boolean mixed() {
            return this == CUDA_BF16;
        }
    }

    public TrainingPlan {
        if (threads < 1 || tokenSteps < 0 || stageOneSteps < 0 || stageTwoSteps < 0) {
            throw new IllegalArgumentException("A plan needs one thread or more and no negative steps, got " + threads
                    + " threads and " + tokenSteps + ", " + stageOneSteps + ", " + stageTwoSteps + " steps.");
        }
        if (base < 0 || contrast < 0 || base + contrast <= 0) {
            throw new IllegalArgumentException(
                    "The loss has no positive part: base " + base + ", contrast " + contrast + ".");
        }
        if (!(validation > 0 && validation < 1) || !(modalityDropout >= 0 && modalityDropout < 0.5)) {
            throw new IllegalArgumentException("validation " + validation
                    + " must lie between 0 and 1, modalityDropout " + modalityDropout + " between 0 and 0.5.");
        }
    }

    /// The best recipe so far: half a minute on one quiet core for 4,000 people with 40 choices each.
    public static TrainingPlan full() {
        return new TrainingPlan(
                NetworkSettings.DEFAULT, Seeds.of(1), Device.CPU, 1, 1500, 300, 100, 0.25, 1, true, 0.05, 0.1);
    }

    /// For a first look and for tests.
    public static TrainingPlan quick() {
        return new TrainingPlan(
                NetworkSettings.DEFAULT, Seeds.of(1), Device.CPU, 1, 500, 100, 30, 0.25, 1, true, 0.05, 0.15);
    }

    public TrainingPlan withNetwork(NetworkSettings changed) {
        return changed(draft -> draft.network = changed);
    }

    public TrainingPlan withSeeds(Seeds changed) {
        return changed(draft -> draft.seeds = changed);
    }

    public TrainingPlan on(Device changed, int changedThreads) {
        return changed(draft -> {
            draft.device = changed;
            draft.threads = changedThreads;
        });
    }

    public TrainingPlan withSteps(int token, int one, int two) {
        return changed(draft -> {
            draft.tokenSteps = token;
            draft.stageOneSteps = one;
            draft.stageTwoSteps = two;
        });
    }

    public TrainingPlan withModalityDropout(double changed) {
        return changed(draft -> draft.modalityDropout = changed);
    }

    /// @param changedBase weight of `L_base`
    /// @param changedContrast weight of the contrastive preference loss
    public TrainingPlan withLoss(double changedBase, double changedContrast) {
        return changed(draft -> {
            draft.base = changedBase;
            draft.contrast = changedContrast;
        });
    }

    /// @return the same that learns from the whole history's predictions alone, not from every prefix's
    public TrainingPlan withoutDenseSupervision() {
        return changed(draft -> draft.dense = false);
    }

    private TrainingPlan changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.plan();
    }

    /// A plan whose parts can be changed.
    private static final class Draft {
        private NetworkSettings network;
        private Seeds seeds;
        private Device device;
        private int threads;
        private int tokenSteps;
        private int stageOneSteps;
        private int stageTwoSteps;
        private double base;
        private double contrast;
        private boolean dense;
        private double modalityDropout;
        private final double validation;

        Draft(TrainingPlan plan) {
            network = plan.network;
            seeds = plan.seeds;
            device = plan.device;
            threads = plan.threads;
            tokenSteps = plan.tokenSteps;
            stageOneSteps = plan.stageOneSteps;
            stageTwoSteps = plan.stageTwoSteps;
            base = plan.base;
            contrast = plan.contrast;
            dense = plan.dense;
            modalityDropout = plan.modalityDropout;
            validation = plan.validation;
        }

        TrainingPlan plan() {
            return new TrainingPlan(
                    network,
                    seeds,
                    device,
                    threads,
                    tokenSteps,
                    stageOneSteps,
                    stageTwoSteps,
                    base,
                    contrast,
                    dense,
                    modalityDropout,
                    validation);
        }
    }
}
