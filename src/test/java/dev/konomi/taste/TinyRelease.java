package dev.konomi.taste;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.item.Encoding;
import dev.konomi.release.Manifest;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.Publication;
import dev.konomi.release.Publisher;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenCard;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.export.LateExport;
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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A small release as the trainer would publish it, trained in a second for a town in which
/// nothing is to be learned.
public final class TinyRelease {
    private static final NetworkSettings NETWORK = new NetworkSettings(8, 5, 3, ActivationKind.BAYES, 2);
    private static final int CROWD = 100;

    private static final List<TokenCard.Concept> WORDS = List.of(
            new TokenCard.Concept("watercolour", "watercolour", "水彩", 1),
            new TokenCard.Concept("pink", "pink", "ピンク", 1),
            new TokenCard.Concept("low-poly", "low poly", "ローポリ", -1));

    private TinyRelease() {}

    /// @param seed of the town, and so of the release
    /// @param encoder digest of the encoder
    /// @param width of its encodings
    /// @return a folder with a sealed release
    public static Path sealed(String tenant, long seed, String encoder, int width, @Nullable String parent, int crowd) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Encoding> items = new ArrayList<>();
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(new Encoding(gaussian(random, width), gaussian(random, width)));
            digests.add("%064x".formatted(seed * 1000 + i));
        }
        List<Person> people = new ArrayList<>();
        for (int p = 0; p < 30; p++) {
            List<Observation> observations = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int item = random.nextInt(39);
                observations.add(new Choice(item, 39, 1, 1_000L * i));
            }
            people.add(new Person(p, observations));
        }
        Dataset data = new Dataset(encoder, width, items, people);
        try {
            Path folder = Files.createTempDirectory("tiny-release");
            TrainedModel model = Training.run(
                    data,
                    TrainingPlan.quick().withNetwork(NETWORK).withSteps(6, 6, 3),
                    Files.createTempDirectory("tiny"),
                    Progress.SILENT);
            LateExport.write(model, folder);
            write(folder, model, digests, items, crowd);
            Manifest unused = ReleaseFolder.seal(folder, about(tenant, encoder, width, parent, model));
            if (!unused.tenant().equals(tenant)) {
                throw new AssertionError(unused.tenant());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return digest of the release, which is current now
    public static String publish(ObjectStore store, Path folder) {
        Publication publication = new Publisher(store, Clock.systemUTC())
                .publish(folder)
                .toCompletableFuture()
                .join();
        return switch (publication) {
            case Publication.Published published -> published.pointer().release();
            default -> throw new AssertionError(publication);
        };
    }

    /// @return digest of a release that is current now
    public static String publish(ObjectStore store, String tenant, long seed, String encoder, int width) {
        return publish(store, sealed(tenant, seed, encoder, width, null, CROWD));
    }

    private static void write(Path folder, TrainedModel model, List<String> digests, List<Encoding> items, int crowd)
            throws IOException {
        Map<String, Float> offsets = new HashMap<>();
        float[] offsetOf = new float[items.size()];
        for (int i = 0; i < offsetOf.length; i++) {
            offsetOf[i] = 0.01f * i;
            offsets.put(digests.get(i), offsetOf[i]);
        }
        TrainedModel.Items seen = model.items(items);
        Files.write(folder.resolve(ItemOffsets.FILE), ItemOffsets.of(offsets).bytes());
        Files.write(
                folder.resolve(CatalogueSample.FILE),
                CatalogueSample.of(digests, new ItemVectors(seen.features(), seen.appeal()), offsetOf)
                        .bytes());
        List<TokenCard> cards = new ArrayList<>();
        for (int m = 0; m < model.tokens().length; m++) {
            cards.add(new TokenCard(
                    TokenCard.idOf(model.tokens()[m]),
                    model.prior()[m],
                    model.tokens()[m],
                    new TokenCard.Name("group " + m, "グループ" + m),
                    WORDS,
                    List.of(digests.get(m)),
                    crowd));
        }
        Files.write(folder.resolve(TokenBook.FILE), new TokenBook(cards).bytes());
    }

    private static Manifest about(
            String tenant, String encoder, int width, @Nullable String parent, TrainedModel model) {
        return new Manifest(
                Manifest.SCHEMA,
                tenant,
                Instant.parse("2026-11-24T10:00:00Z"),
                parent,
                new Manifest.Encoder(encoder, width),
                "late",
                new TreeMap<>(),
                new TreeMap<>(),
                new Manifest.Model(
                        model.parameterCount(), model.tokens().length, model.tokens()[0].length, NETWORK.dimension()),
                new Manifest.Calibration(model.temperature()),
                0,
                new TreeMap<>(),
                new Manifest.Data("none", 1, 1, 1),
                new TreeMap<>(),
                new Manifest.Provenance("test", "25", "cpu", 1, "test"),
                "test",
                null);
    }

    private static float[] gaussian(SplittableRandom random, int width) {
        float[] vector = new float[width];
        for (int k = 0; k < width; k++) {
            vector[k] = (float) random.nextGaussian();
        }
        return vector;
    }
}
