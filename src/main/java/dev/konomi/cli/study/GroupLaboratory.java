package dev.konomi.cli.study;

import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.stage.Seeds;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.TrainingPlan;
import java.nio.file.Path;
import java.util.SequencedMap;

/// Trains the full recipe twice in a world, the second time from other seeds, and looks at the
/// tokens.
///
/// @param recipes the full one's is trained
/// @param pictures of all worlds
/// @param work where checkpoints are kept
record GroupLaboratory(Recipes recipes, PictureEncodings pictures, Path work) implements GroupStudy.Laboratory {
    /// Added to a world's seed for what is random in the second training: no world of the study
    /// has such a seed.
    private static final long AGAIN = 500_000;

    @Override
    public GroupRun run(RunKey key) {
        PreparedWorld world = PreparedWorld.of(key.world(), pictures);
        Dataset training = world.training(Inputs.BOTH, key.people());
        TrainingPlan plan = recipes.plan(key);
        Path checkpoints = work.resolve("checkpoints");
        String fingerprint = recipes.fingerprint(key);
        String name = GroupRun.name(key);
        Path once = checkpoints.resolve("groups-" + name + "-" + fingerprint);
        Path again = checkpoints.resolve("groups-again-" + name + "-" + fingerprint);
        // What is prepared for all runs does not count as this one's time.
        long started = System.nanoTime();
        TrainedModel model = StudyTraining.late("groups " + name, plan, training, once);
        GroupExamination examination = new GroupExamination(world);
        SequencedMap<String, Double> figures = examination.figures(model, training);
        TrainedModel retrained = StudyTraining.late(
                "groups again " + name, plan.withSeeds(Seeds.of(key.world().seed() + AGAIN)), training, again);
        GroupRun run = new GroupRun(
                key,
                fingerprint,
                (System.nanoTime() - started) / 1e9,
                StudyRun.thisMachine(),
                figures,
                examination.edits(model, retrained, training));
        StudyTraining.forget(once);
        StudyTraining.forget(again);
        return run;
    }
}
