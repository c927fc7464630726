package dev.konomi.train;

import dev.konomi.release.Sha256;
import dev.konomi.retrain.TrainingFigures;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.SequenceTraining;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.TrainedSequence;
import dev.konomi.train.stage.Training;
import dev.konomi.train.stage.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Trains the late head and, where it is asked for, the head in sequence after it. Each goes on from its own
/// checkpoints: whoever changes the plan of one does not repeat the other.
///
/// @param late the late head's plan; its device is that of both
/// @param sequence the plan of the head in sequence
/// @param checkpoints a folder for all checkpoints
/// @param watcher told how it gets on
record TrainHeads(TrainingPlan late, Optional<SequencePlan> sequence, Path checkpoints, Watcher watcher) {
    /// Which part of the whole training is; loading and encoding come before it.
    private static final double FROM = 0.15;

    private static final double TO = 0.92;

    /// Where the late head ends when the head in sequence follows.
    private static final double BETWEEN = 0.6;

    /// What came of it.
    ///
    /// @param heads what was trained
    /// @param figures what it took, without the seconds of interrupted runs
    record Done(Heads heads, TrainingFigures figures) {}

    /// @param data what is known
    /// @param people of it who are trained on
    Done run(DatabaseDataset data, Dataset people) {
        TrainingClock lateClock = new TrainingClock(
                late.tokenSteps() + late.stageOneSteps() + late.stageTwoSteps(),
                FROM,
                sequence.isPresent() ? BETWEEN : TO,
                watcher);
        TrainedModel model = Training.run(people, late, folder(data, late), lateClock);
        double lateSeconds = lateClock.seconds();
        if (sequence.isEmpty()) {
            return new Done(
                    new Heads(model, Optional.empty()), figures(model, data, people, lateClock, lateSeconds, null));
        }
        SequencePlan plan = sequence.get();
        TrainingClock clock = new TrainingClock(plan.decoderSteps() + plan.tokenSteps(), BETWEEN, TO, watcher);
        TrainedSequence head = SequenceTraining.run(people, plan, late.device(), folder(data, plan), clock);
        double seconds = clock.seconds();
        var took =
                new TrainingFigures.InSequence(head.parameterCount(), plan.decoderSteps(), plan.tokenSteps(), seconds);
        return new Done(
                new Heads(model, Optional.of(head)),
                figures(model, data, people, lateClock, lateSeconds + seconds, took));
    }

    private Path folder(DatabaseDataset data, Record plan) {
        String name = Sha256.of((data.fingerprint() + plan).getBytes(StandardCharsets.UTF_8));
        return checkpoints.resolve(name.substring(0, 24));
    }

    private TrainingFigures figures(
            TrainedModel model,
            DatabaseDataset data,
            Dataset people,
            TrainingClock clock,
            double seconds,
            TrainingFigures.@Nullable InSequence took) {
        return new TrainingFigures(
                model.parameterCount(),
                late.tokenSteps(),
                late.stageOneSteps(),
                late.stageTwoSteps(),
                seconds,
                clock.stepMillis(),
                late.device().name().toLowerCase(Locale.ROOT),
                people.people().size(),
                data.items().size(),
                data.events(),
                took);
    }
}
