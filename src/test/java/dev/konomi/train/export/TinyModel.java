package dev.konomi.train.export;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.release.Manifest;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.Verification;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.stage.Progress;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.Training;
import dev.konomi.train.stage.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A small model of a small town, trained in a second, and its release.
public final class TinyModel {
    static final int WIDTH = 12;
    static final NetworkSettings NETWORK = new NetworkSettings(8, 5, 3, ActivationKind.BAYES, 2);
    private static final long HOUR = 3_600_000;

    private TinyModel() {}

    static TrainingPlan plan(NetworkSettings network) {
        return TrainingPlan.quick().withNetwork(network).withSteps(6, 6, 3);
    }

    static TrainedModel train(Dataset data, NetworkSettings network) {
        try {
            Path checkpoints = Files.createTempDirectory("tiny");
            return Training.run(data, plan(network), checkpoints, Progress.SILENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Items with both modalities and with one of them, people with choices and opinions over weeks.
    static Dataset data(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            float[] image = gaussian(random);
            float[] text = gaussian(random);
            for (int k = 0; k < WIDTH; k++) {
                text[k] = 0.7f * image[k] + 0.5f * text[k];
            }
            items.add(new Encoding(i % 5 == 1 ? null : image, i % 5 == 2 ? null : text));
        }
        List<Person> people = new ArrayList<>();
        for (int p = 0; p < 40; p++) {
            people.add(new Person(p, observations(random, items.size(), random.nextInt(1, 20))));
        }
        return new Dataset("tiny", WIDTH, items, people);
    }

    static Release release(TrainedModel model, Dataset data, Path folder) {
        LateExport.write(model, folder);
        NetworkSettings network = model.settings();
        Manifest about = new Manifest(
                Manifest.SCHEMA,
                "tiny",
                Instant.parse("2026-11-24T10:00:00Z"),
                null,
                new Manifest.Encoder(data.encoderDigest(), data.width()),
                "late",
                new TreeMap<>(),
                new TreeMap<>(),
                new Manifest.Model(model.parameterCount(), model.tokens().length, network.width(), network.dimension()),
                new Manifest.Calibration(model.temperature()),
                0,
                new TreeMap<>(),
                new Manifest.Data("none", 1, 1, 1),
                new TreeMap<>(),
                new Manifest.Provenance("test", "25", "cpu", 1, "test"),
                "test",
                null);
        Manifest sealed = ReleaseFolder.seal(folder, about);
        return switch (ReleaseFolder.verify(folder)) {
            case Verification.Sound(Release release) when release.digest().equals(sealed.digest()) -> release;
            case Verification.Sound(Release release) ->
                throw new AssertionError("The digest changed: " + release.digest());
            case Verification.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    private static List<Observation> observations(SplittableRandom random, int items, int count) {
        List<Observation> observations = new ArrayList<>();
        long at = 1_700_000_000_000L;
        for (int i = 0; i < count; i++) {
            at += random.nextLong(200 * HOUR);
            int item = random.nextInt(items);
            int other = (item + 1 + random.nextInt(items - 1)) % items;
            float weight = random.nextInt(4) == 0 ? 0.3f : 1;
            observations.add(
                    random.nextInt(3) == 0
                            ? new Opinion(item, random.nextBoolean(), weight, at)
                            : new Choice(Math.min(item, other), Math.max(item, other), weight, at));
        }
        return observations;
    }

    private static float[] gaussian(SplittableRandom random) {
        float[] vector = new float[WIDTH];
        for (int k = 0; k < WIDTH; k++) {
            vector[k] = (float) random.nextGaussian();
        }
        return vector;
    }
}
