package dev.konomi.cli.bench;

import dev.konomi.item.ItemEncoder;
import dev.konomi.release.Manifest;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.Verification;
import dev.konomi.taste.CatalogueSample;
import dev.konomi.taste.ItemOffsets;
import dev.konomi.taste.ItemVectors;
import dev.konomi.train.dataset.Dataset;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A release of the usual sizes that has learnt next to nothing: what serving costs does not
/// depend on what weights say.
public final class StandInRelease {
    /// Whose release it is.
    public static final String TENANT = "bench";

    private static final StandInPeople PEOPLE = new StandInPeople(64, 8, 8);
    private static final long SEED = 1;

    private StandInRelease() {}

    /// @param encoder whose encodings it takes
    /// @param folder an empty folder for its files
    /// @return a release with both heads
    /// @throws IOException when the folder cannot be written
    public static Release in(ItemEncoder encoder, Path folder) throws IOException {
        Path checkpoints = Files.createTempDirectory("konomi-bench");
        Dataset dataset = PEOPLE.dataset(encoder.digest(), encoder.width());
        TrainedModel late =
                Training.run(dataset, TrainingPlan.quick().withSteps(2, 2, 1), checkpoints, Progress.SILENT);
        var sequence = TrainedSequence.untrained(SequenceConfig.small(encoder.width()), SEED);
        LateExport.write(late, folder);
        SequenceExport.write(sequence, folder);
        writeCatalogue(dataset, late, folder);
        Manifest sealed = ReleaseFolder.seal(folder, about(encoder, late));
        return switch (ReleaseFolder.verify(folder)) {
            case Verification.Sound(Release release) -> release;
            case Verification.Refused(String reason) ->
                throw new IllegalStateException("Release " + sealed.digest() + " is not sound: " + reason);
        };
    }

    private static void writeCatalogue(Dataset dataset, TrainedModel late, Path folder) throws IOException {
        List<String> digests = IntStream.range(0, dataset.items().size())
                .mapToObj("%064x"::formatted)
                .toList();
        float[] offsets = new float[digests.size()];
        Files.write(folder.resolve(ItemOffsets.FILE), ItemOffsets.of(Map.of()).bytes());
        TrainedModel.Items items = late.items(dataset.items());
        Files.write(
                folder.resolve(CatalogueSample.FILE),
                CatalogueSample.of(digests, new ItemVectors(items.features(), items.appeal()), offsets)
                        .bytes());
    }

    private static Manifest about(ItemEncoder encoder, TrainedModel late) {
        return new Manifest(
                Manifest.SCHEMA,
                TENANT,
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
                late.calibration(),
                0,
                new TreeMap<>(),
                new Manifest.Data("none", (long) PEOPLE.people() * PEOPLE.choices(), PEOPLE.people(), PEOPLE.items()),
                new TreeMap<>(),
                new Manifest.Provenance("0.1.0", System.getProperty("java.version"), "cpu", 1, "./konomi bench"),
                "not judged: made to be measured",
                null);
    }
}
