package dev.konomi.cli.study;

import dev.konomi.cli.Bar;
import dev.konomi.cli.pilot.PilotScale;
import dev.konomi.cli.pilot.Town;
import dev.konomi.gallery.Catalogue;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.baseline.Appeal;
import dev.konomi.train.evaluate.baseline.Baselines;
import dev.konomi.train.stage.Progress;
import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.SequenceTraining;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.TrainedSequence;
import dev.konomi.train.stage.Training;
import dev.konomi.train.stage.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Trains a variant on a world's people; a training that was killed goes on from its last checkpoint.
///
/// @param recipes of all variants
/// @param pictures for the prior's world
/// @param work where checkpoints are kept, and the prior
record StudyTraining(Recipes recipes, PictureEncodings pictures, Path work) {
    /// Of the people that weights of what is told are chosen on.
    private static final long BASELINE_SEED = 1;

    /// @param prior from [#prior]
    TrainedVariant run(RunKey key, PreparedWorld world, Optional<TrainedSequence> prior) {
        return key.variant().inSequence() ? inSequence(key, world, prior) : late(key, world);
    }

    /// The decoder that all worlds' runs with a prior start from; fitted when it is first asked for, then kept.
    ///
    /// @return nothing where the variant starts from nothing
    Optional<TrainedSequence> prior(RunKey key) {
        return key.variant().start() == Variant.Start.PRIOR ? Optional.of(prior()) : Optional.empty();
    }

    /// Deletes the checkpoints of a training whose run is finished.
    void forget(RunKey key) {
        forget(checkpoints(key));
    }

    /// Deletes a finished training's checkpoints.
    static void forget(Path checkpoints) {
        if (!Files.exists(checkpoints)) {
            return;
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(checkpoints);
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoints in " + checkpoints + " cannot be deleted.", e);
        }
    }

    private Path checkpoints(RunKey key) {
        return work.resolve("checkpoints").resolve(key.name() + "-" + recipes.fingerprint(key));
    }

    private TrainedVariant late(RunKey key, PreparedWorld world) {
        Inputs inputs = key.variant().inputs();
        TrainingPlan plan = recipes.plan(key);
        Dataset training = world.training(inputs, key.people());
        TrainedModel model = late(key.name(), plan, training, checkpoints(key));
        return new TrainedVariant(
                model.ranker(world.asked(inputs)).calibrated(model.temperature()),
                key.variant().besideLatentClass() ? Optional.of(rivals(key, model, world)) : Optional.empty(),
                steps(plan),
                model.chosen(),
                model.metrics());
    }

    /// @param name of the training, for people
    /// @param checkpoints made if need be; training goes on from what is in there
    static TrainedModel late(String name, TrainingPlan plan, Dataset people, Path checkpoints) {
        try (Bar bar = new Bar(name, steps(plan))) {
            Files.createDirectories(checkpoints);
            return Training.run(people, plan, checkpoints, (stage, step, total, loss) -> {
                int before = stage.equals("token-fit")
                        ? 0
                        : stage.equals("stage-one") ? plan.tokenSteps() : plan.tokenSteps() + plan.stageOneSteps();
                bar.to(before + (long) step);
                bar.says(stage);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("No checkpoints can be kept in " + checkpoints + ".", e);
        }
    }

    private static int steps(TrainingPlan plan) {
        return plan.tokenSteps() + plan.stageOneSteps() + plan.stageTwoSteps();
    }

    private static TrainedVariant.Rivals rivals(RunKey key, TrainedModel model, PreparedWorld world) {
        TrainedModel latentClasses = model.latentClasses();
        return new TrainedVariant.Rivals(
                told(key, latentClasses, world),
                latentClasses.ranker(world.asked(key.variant().inputs())),
                told(key, model, world));
    }

    /// Weights of taste and appeal are chosen on people whom the model was not fitted to: with few people, those who
    /// were learned from would give its tastes too much weight, and make it too weak.
    private static Ranker told(RunKey key, TrainedModel model, PreparedWorld world) {
        Inputs inputs = key.variant().inputs();
        Town town = world.town();
        return Baselines.withAppeal(
                        model::ranker,
                        world.others(inputs, key.people()),
                        Appeal.of(town.appeal(town.catalogue())),
                        PilotScale.HISTORY,
                        BASELINE_SEED)
                .ranker(world.asked(inputs), town.appeal(town.heldOut()));
    }

    private TrainedVariant inSequence(RunKey key, PreparedWorld world, Optional<TrainedSequence> prior) {
        Inputs inputs = key.variant().inputs();
        SequencePlan plan = recipes.sequence(key);
        Dataset training = world.training(inputs, key.people());
        Path checkpoints = checkpoints(key);
        int steps = plan.decoderSteps() + plan.tokenSteps();
        TrainedSequence head;
        try (Bar bar = bar(key, steps)) {
            Progress progress = (stage, step, total, loss) -> {
                bar.to(stage.equals(SequenceTraining.DECODER) ? step : plan.decoderSteps() + (long) step);
                bar.says(stage);
            };
            head = prior.isPresent()
                    ? SequenceTraining.run(training, plan, prior.get(), checkpoints, progress)
                    : SequenceTraining.run(training, plan, checkpoints, progress);
        }
        SortedMap<String, Double> metrics = new TreeMap<>(head.metrics());
        if (prior.isPresent()) {
            metrics.putAll(ofPrior());
        }
        String chosen = plan.tokenSteps() > 0
                ? SequenceTraining.TOKENS
                : plan.decoderSteps() > 0 ? SequenceTraining.DECODER : "prior";
        return new TrainedVariant(
                head.ranker(world.asked(inputs)).calibrated(head.temperature()),
                Optional.empty(),
                steps,
                chosen,
                metrics);
    }

    private TrainedSequence prior() {
        Catalogue catalogue = Catalogue.of(TrainingWorlds.FIRST, PreparedWorld.PICTURES, false);
        EncodedCatalogue items =
                pictures.of(TrainingWorlds.FIRST, List.of(catalogue)).getFirst();
        SequencePlan plan = recipes.prior();
        try (Bar bar = new Bar("prior", plan.decoderSteps())) {
            return SequenceTraining.beforehand(
                    items.dataset(Inputs.BOTH, List.of()),
                    new TrainingWorlds(catalogue, PreparedWorld.CHOICES),
                    plan,
                    work.resolve("prior-" + recipes.priorFingerprint()),
                    (stage, step, total, loss) -> bar.to(step));
        }
    }

    private Map<String, Double> ofPrior() {
        int last = recipes.prior().decoderSteps() - 1;
        return Map.of(
                "prior.steps", (double) recipes.prior().decoderSteps(),
                "prior.firstWorld", (double) TrainingWorlds.seed(0, 0),
                "prior.lastWorld", (double) TrainingWorlds.seed(last, TrainingWorlds.AT_ONCE - 1));
    }

    private static Bar bar(RunKey key, int steps) {
        return new Bar(key.variant().id() + " " + key.world().name(), steps);
    }
}
