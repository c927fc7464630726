package dev.konomi.cli.bench;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemEncoder;
import dev.konomi.release.Manifest;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.Verification;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.export.LateExport;
import dev.konomi.train.export.SequenceExport;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.stage.Progress;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.TrainedSequence;
import dev.konomi.train.stage.Training;
import dev.konomi.train.stage.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A release of the usual sizes that has learnt next to nothing: what serving costs does not
/// depend on what weights say.
public final class StandInRelease {
    private static final int ITEMS = 64;
    private static final int PEOPLE = 8;
    private static final int CHOICES = 8;
    private static final long SEED = 1;

    private StandInRelease() {}

    /// @param encoder whose encodings it takes
    /// @param folder an empty folder for its files
    /// @return a release with both heads
    /// @throws IOException when the folder cannot be written
    public static Release in(ItemEncoder encoder, Path folder) throws IOException {
        Path checkpoints = Files.createTempDirectory("konomi-bench");
        TrainedModel late =
                Training.run(data(encoder), TrainingPlan.quick().withSteps(2, 2, 1), checkpoints, Progress.SILENT);
        var sequence = TrainedSequence.untrained(SequenceConfig.small(encoder.width()), SEED);
        LateExport.write(late, folder);
        SequenceExport.write(sequence, folder);
        Manifest sealed = ReleaseFolder.seal(folder, about(encoder, late));
        return switch (ReleaseFolder.verify(folder)) {
            case Verification.Sound(Release release) -> release;
            case Verification.Refused(String reason) ->
                throw new IllegalStateException("Release " + sealed.digest() + " is not sound: " + reason);
        };
    }

    private static Manifest about(ItemEncoder encoder, TrainedModel late) {
        return new Manifest(
                Manifest.SCHEMA,
                "bench",
                Instant.EPOCH,
                null,
                new Manifest.Encoder(encoder.digest(), encoder.width()),
                "late",
                new TreeMap<>(),
                new TreeMap<>(),
                new Manifest.Model(
                        late.parameterCount(),
                        late.tokens().length,
                        late.settings().width(),
                        late.settings().dimension()),
                new Manifest.Calibration(late.temperature()),
                0,
                new TreeMap<>(),
                new Manifest.Data("none", PEOPLE * CHOICES, PEOPLE, ITEMS),
                new TreeMap<>(),
                new Manifest.Provenance("0.1.0", System.getProperty("java.version"), "cpu", 1, "./konomi bench"),
                "not judged: made to be measured",
                null);
    }

    private static Dataset data(ItemEncoder encoder) {
        var random = new SplittableRandom(SEED);
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(new Encoding(gaussian(random, encoder.width()), gaussian(random, encoder.width())));
        }
        List<Person> people = new ArrayList<>();
        for (int person = 0; person < PEOPLE; person++) {
            List<Observation> observations = new ArrayList<>();
            for (int i = 0; i < CHOICES; i++) {
                int chosen = random.nextInt(ITEMS);
                int rejected = (chosen + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
                observations.add(new Choice(chosen, rejected, 1, i));
            }
            people.add(new Person(person, observations));
        }
        return new Dataset(encoder.digest(), encoder.width(), items, people);
    }

    private static float[] gaussian(SplittableRandom random, int width) {
        float[] token = new float[width];
        for (int i = 0; i < width; i++) {
            token[i] = (float) random.nextGaussian();
        }
        return token;
    }
}
