package dev.konomi.cli.study;

import dev.konomi.item.ItemEncoder;
import dev.konomi.train.stage.TrainedSequence;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Trains on simulated people and asks unseen ones, without a server: a key's world is prepared, the
/// variant trained in it and then examined.
final class GalleryLaboratory implements Laboratory {
    private final StudyFolder folder;
    private final Recipes recipes;
    private final PictureEncodings pictures;
    private final StudyTraining training;

    /// The last run's: a study goes world by world.
    private @Nullable PreparedWorld prepared;

    /// @param folder gets the worlds' figures
    /// @param work for encodings and checkpoints
    GalleryLaboratory(StudyFolder folder, Recipes recipes, ItemEncoder encoder, Path work) {
        this.folder = folder;
        this.recipes = recipes;
        this.pictures = new PictureEncodings(encoder, work);
        this.training = new StudyTraining(recipes, pictures, work);
    }

    @Override
    public StudyRun run(RunKey key) {
        PreparedWorld world = world(key);
        Examination examination = new Examination(world);
        if (folder.world(key.world()).filter(known -> known.ideal().whole()).isEmpty()) {
            folder.write(examination.ofIdealObserver());
        }
        Optional<TrainedSequence> prior = training.prior(key);
        // What is prepared for all runs does not count as this one's time.
        long started = System.nanoTime();
        TrainedVariant model = training.run(key, world, prior);
        StudyRun run = examination.of(key, model, recipes.fingerprint(key), started);
        if (DriftRun.isAskedOf(key)) {
            new DriftFolder(folder.path())
                    .write(new DriftExamination(world, DriftExamination.PEOPLE)
                            .of(key, recipes.fingerprint(key), model.ranker()));
        }
        training.forget(key);
        return run;
    }

    private PreparedWorld world(RunKey key) {
        PreparedWorld world = prepared;
        if (world == null || !world.key().equals(key.world())) {
            world = PreparedWorld.of(key.world(), pictures);
            prepared = world;
        }
        return world;
    }
}
