package dev.konomi.train;

import dev.konomi.history.HistoryBuilder;
import dev.konomi.history.Observation;
import dev.konomi.release.Manifest;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.Verification;
import dev.konomi.taste.CatalogueSample;
import dev.konomi.taste.ItemOffsets;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.taste.SequenceModel;
import dev.konomi.taste.Taste;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenNaming;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.export.Parity;
import dev.konomi.train.lineage.HistoryPanel;
import dev.konomi.train.stage.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A release in the making: a folder whose graphs run as they will when served.
///
/// @param folder holds the release's files
/// @param heads what it was exported from
/// @param release as sealed before the gate has spoken
/// @param model the late head's graphs
/// @param sequence the graphs of the head in sequence, where it was trained
/// @param sample what scores are held against
/// @param lineage how its tokens descend from the champion's
record Challenger(
        Path folder,
        Heads heads,
        Release release,
        OnnxTasteModel model,
        Optional<SequenceModel> sequence,
        CatalogueSample sample,
        Manifest.Lineage lineage)
        implements AutoCloseable {
    private static final int PEOPLE_AT_ONCE = 128;

    /// Writes the graphs of what was trained.
    @FunctionalInterface
    interface Export {
        /// @param heads what was trained
        /// @param folder exists
        void write(Heads heads, Path folder);
    }

    /// Thrown when the exported files are no release.
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(String reason) {
            super(reason);
        }
    }

    /// Writes all files but the manifest's verdict.
    ///
    /// @param folder emptied first
    /// @param champion the release before; its tokens' ids go on
    /// @param about the manifest so far
    /// @throws Unusable when the graphs cannot be loaded
    static Challenger write(
            Path folder,
            Heads heads,
            DatabaseDataset data,
            List<Person> training,
            Optional<Release> champion,
            Manifest about,
            Export export) {
        emptied(folder);
        export.write(heads, folder);
        TrainedModel trained = heads.late();
        float[] offsets = trained.offsets();
        Map<String, Float> byItem = new HashMap<>();
        for (int i = 0; i < offsets.length; i++) {
            byItem.put(data.items().get(i), offsets[i]);
        }
        put(folder.resolve(ItemOffsets.FILE), ItemOffsets.of(byItem).bytes());

        Release release = sealed(folder, about);
        Optional<SequenceModel> sequence = heads.sequence().map(_ -> loaded(() -> SequenceModel.load(release, 1)));
        OnnxTasteModel model = loaded(() -> OnnxTasteModel.load(release, 1));
        ItemVectors vectors = model.items(data.dataset().items());
        CatalogueSample sample = CatalogueSample.of(data.items(), vectors, offsets);
        put(folder.resolve(CatalogueSample.FILE), sample.bytes());
        TokenBook drafted = tokens(trained, model, vectors, data, training);
        Descent descent = Descent.of(drafted, model, data.dataset(), training, champion);
        put(folder.resolve(TokenBook.FILE), descent.book().bytes());
        put(folder.resolve(HistoryPanel.FILE), descent.panel());
        return new Challenger(folder, heads, release, model, sequence, sample, descent.lineage());
    }

    /// @param trained people and items that the graphs are tried on
    /// @return by head, how far what is served is from the trainer
    /// @throws Unusable when a graph fails
    SortedMap<String, Double> exportDifferences(Dataset trained) {
        SortedMap<String, Double> differences = new TreeMap<>();
        try {
            differences.put("late", Parity.difference(heads.late(), model, trained));
            if (heads.sequence().isPresent() && sequence.isPresent()) {
                differences.put("sequence", Parity.difference(heads.sequence().get(), sequence.get(), trained));
            }
        } catch (IllegalStateException fails) {
            throw new Unusable(String.valueOf(fails.getMessage()));
        }
        return differences;
    }

    /// @param about the manifest with the verdict
    /// @return the release as it is published
    Release sealed(Manifest about) {
        return sealed(folder, about);
    }

    /// @return score of the median item for somebody of whom nothing is known
    double medianScore() {
        return sample.median(model.taste(new ItemVectors(new float[0][], new float[0]), List.of()));
    }

    private static TokenBook tokens(
            TrainedModel trained,
            OnnxTasteModel model,
            ItemVectors vectors,
            DatabaseDataset data,
            List<Person> training) {
        double[] explained = new double[trained.prior().length];
        for (int from = 0; from < training.size(); from += PEOPLE_AT_ONCE) {
            List<List<Observation>> histories =
                    training.subList(from, Math.min(training.size(), from + PEOPLE_AT_ONCE)).stream()
                            .map(Challenger::newest)
                            .toList();
            for (Taste taste : model.tastes(vectors, histories)) {
                for (int m = 0; m < explained.length; m++) {
                    explained[m] += taste.activations()[m];
                }
            }
        }
        int[] people = new int[explained.length];
        double[] priors = new double[explained.length];
        for (int m = 0; m < people.length; m++) {
            people[m] = (int) Math.round(explained[m]);
            priors[m] = trained.prior()[m];
        }
        List<TokenNaming.Item> catalogue = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            catalogue.add(
                    new TokenNaming.Item(data.items().get(i), texts(data.words().get(i)), vectors.features()[i]));
        }
        return new TokenNaming().book(model.tokens(), priors, people, catalogue);
    }

    private static List<Observation> newest(Person person) {
        List<Observation> all = person.observations();
        return all.subList(Math.max(0, all.size() - HistoryBuilder.LONGEST), all.size());
    }

    private static List<String> texts(DatabaseDataset.Words words) {
        return Stream.concat(Stream.of(words.text()), words.tags().stream())
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static Release sealed(Path folder, Manifest about) {
        try {
            // The digest is what verification finds in the folder, not what was meant to be there.
            Manifest manifest = ReleaseFolder.seal(folder, about);
            return switch (ReleaseFolder.verify(folder)) {
                case Verification.Sound(Release release) when release.digest().equals(manifest.digest()) -> release;
                case Verification.Sound(Release other) ->
                    throw new Unusable("The folder changed while it was sealed: it became " + other.digest() + ".");
                case Verification.Refused(String reason) -> throw new Unusable(reason);
            };
        } catch (IllegalArgumentException unreadable) {
            throw new Unusable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static <T> T loaded(Supplier<T> graphs) {
        try {
            return graphs.get();
        } catch (IllegalArgumentException unreadable) {
            throw new Unusable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static void emptied(Path folder) {
        try {
            Folders.delete(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " could not be emptied.", e);
        }
    }

    private static void put(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written.", e);
        }
    }

    @Override
    public void close() {
        model.close();
        sequence.ifPresent(SequenceModel::close);
    }
}
