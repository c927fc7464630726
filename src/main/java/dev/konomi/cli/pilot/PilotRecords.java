package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.cli.Workplace;
import dev.konomi.cli.bench.ServingBench;
import dev.konomi.cli.bench.ServingFigures;
import dev.konomi.cli.measure.Subject;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemEncoder;
import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.ReleaseReader;
import dev.konomi.release.Verification;
import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.taste.SequenceModel;
import dev.konomi.token.TokenBook;
import dev.konomi.train.Train;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.evaluate.ModelRanker;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.SequenceRanker;
import dev.konomi.train.evaluate.baseline.Appeal;
import dev.konomi.train.evaluate.baseline.Baseline;
import dev.konomi.train.evaluate.baseline.Baselines;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// What database and object store hold after a training: the people and items that were learned
/// from, the unseen pictures, and the release.
final class PilotRecords implements AutoCloseable {
    private static final long BASELINE_SEED = 1;

    private final DatabaseDataset learnedFrom;
    private final Map<String, Integer> seenPictures;
    private final Dataset unseen;
    private final OnnxItemEncoder encoder;
    private final Release release;
    private final OnnxTasteModel model;
    private final SequenceModel sequence;
    private final OnnxTasteModel latentClasses;

    private PilotRecords(
            DatabaseDataset learnedFrom,
            Map<String, Integer> seenPictures,
            Dataset unseen,
            OnnxItemEncoder encoder,
            Release release,
            OnnxTasteModel latentClasses) {
        this.learnedFrom = learnedFrom;
        this.seenPictures = seenPictures;
        this.unseen = unseen;
        this.encoder = encoder;
        this.release = release;
        this.model = OnnxTasteModel.load(release, 1);
        this.sequence = SequenceModel.load(release, 1);
        this.latentClasses = latentClasses;
    }

    /// @param request the training that ended with a release
    /// @param seen content digests of the pictures that people learned from chose from
    /// @param unseenDigests content digests of the unseen pictures, by number
    static PilotRecords read(PilotHost host, JsonNode request, List<String> seen, List<String> unseenDigests) {
        Workplace workplace = host.workplace();
        DataSource database = workplace.database();
        ObjectStore store = workplace.store();
        OnnxItemEncoder encoder = OnnxItemEncoder.atelier(1);
        DatabaseDataset learnedFrom = DatabaseDataset.read(
                database,
                store,
                workplace.tenant(),
                Instant.parse(request.path("startedAt").asText()),
                workplace.signals(),
                encoder,
                DatabaseDataset.Progress.SILENT);
        Map<String, Integer> seenPictures = new HashMap<>();
        for (int number = 0; number < seen.size(); number++) {
            seenPictures.put(seen.get(number), number);
        }
        Dataset unseen = new Dataset(
                encoder.digest(),
                encoder.width(),
                DatabaseDataset.encodings(database, store, workplace.tenant(), unseenDigests, encoder),
                List.of());
        Path folder = host.folder().resolve("examined");
        return new PilotRecords(
                learnedFrom,
                seenPictures,
                unseen,
                encoder,
                release(
                        store,
                        folder,
                        workplace.tenant(),
                        request.path("release").asText()),
                latentClasses(host));
    }

    private static OnnxTasteModel latentClasses(PilotHost host) {
        Path folder = host.trainerWork().resolve(host.workplace().tenant()).resolve(Train.LATENT_CLASSES);
        return switch (ReleaseFolder.verify(folder)) {
            case Verification.Sound(Release sound) -> OnnxTasteModel.load(sound, 1);
            case Verification.Refused(String reason) ->
                throw new IllegalStateException("The latent-class logit cannot be loaded: " + reason);
        };
    }

    private static Release release(ObjectStore store, Path folder, String tenant, String digest) {
        return switch (new ReleaseReader(store, folder)
                .read(tenant, digest)
                .toCompletableFuture()
                .join()) {
            case Verification.Sound(Release sound) -> sound;
            case Verification.Refused(String reason) ->
                throw new IllegalStateException("The published release cannot be loaded: " + reason);
        };
    }

    /// @return the unseen pictures, by number
    Dataset unseen() {
        return unseen;
    }

    /// @return the release over the unseen pictures
    Ranker ranker() {
        return ModelRanker.ofNewItems(model, unseen.items());
    }

    /// @return the release over the unseen pictures, to be measured
    Subject subject() {
        return new Subject(
                model,
                TokenBook.read(release.file(TokenBook.FILE)),
                unseen.items(),
                release.manifest().calibration());
    }

    /// @return the encoder that all pictures were read by
    ItemEncoder encoder() {
        return encoder;
    }

    /// @return by name, the late head for somebody who has not read the prompts, and the head in sequence
    Map<String, Ranker> otherRankers() {
        List<Encoding> withoutWords = unseen.items().stream()
                .map(encoding -> new Encoding(encoding.image(), null))
                .toList();
        Map<String, Ranker> rankers = new LinkedHashMap<>();
        rankers.put(Standings.IMAGE_ONLY, ModelRanker.ofNewItems(model, withoutWords));
        rankers.put(Standings.IN_SEQUENCE, new SequenceRanker(sequence, unseen.items()));
        return rankers;
    }

    /// @return all baselines, fitted to the people that Konomi learned from
    Map<String, Baseline> baselines(Town town) {
        double[] bySeenPicture = town.appeal(town.catalogue());
        Appeal appeal = Appeal.of(learnedFrom.items().stream()
                .mapToDouble(digest -> bySeenPicture[picture(digest)])
                .toArray());
        Dataset training = learnedFrom.dataset();
        Map<String, Baseline> fitted = Baselines.fit(training, appeal, PilotScale.HISTORY, BASELINE_SEED);
        Map<String, Baseline> ordered = new LinkedHashMap<>();
        fitted.forEach((name, baseline) -> {
            if (name.equals(Baselines.BPR)) {
                ordered.put(
                        "latentClass",
                        Baselines.withAppeal(
                                data -> ModelRanker.ofNewItems(latentClasses, data.items()),
                                training,
                                appeal,
                                PilotScale.HISTORY,
                                BASELINE_SEED));
            }
            ordered.put(name, baseline);
        });
        return ordered;
    }

    private int picture(String digest) {
        Integer number = seenPictures.get(digest);
        if (number == null) {
            throw new IllegalStateException("The training data holds an item that was not painted: " + digest + ".");
        }
        return number;
    }

    /// @return what a scoring by the release takes in this process
    ServingFigures bench(int rounds) {
        return ServingBench.run(release, encoder, rounds, _ -> {});
    }

    @Override
    public void close() {
        model.close();
        sequence.close();
        encoder.close();
        latentClasses.close();
    }
}
