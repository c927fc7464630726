package dev.konomi.train.dataset;

import dev.konomi.event.SignalPolicy;
import dev.konomi.history.EveryHistory;
import dev.konomi.history.History;
import dev.konomi.history.HistoryBuilder;
import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemEncoder;
import dev.konomi.release.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;

/// A tenant's events as a data set, with what a release needs to know of its items besides their encodings.
///
/// @param dataset everybody's observations; items ordered by content digest
/// @param items content digest of each item, by index
/// @param words text and tags of each item, by index
/// @param events how many events said something about an item that could be encoded
/// @param fingerprint SHA-256 of encoder, items and observations: the same data gives the same one
/// @param unreadable how many items could not be encoded; what was said about them is left out
public record DatabaseDataset(
        Dataset dataset, List<String> items, List<Words> words, long events, String fingerprint, int unreadable) {
    /// The most observations of a person that are trained on, the newest: more than a history when serving, since
    /// each of them is also something to predict.
    public static final int LONGEST = 256;

    public DatabaseDataset {
        items = List.copyOf(items);
        words = List.copyOf(words);
        if (items.size() != dataset.items().size() || words.size() != items.size()) {
            throw new IllegalArgumentException(
                    "%d encodings, %d digests and %d texts do not belong to the same items: give one of each."
                            .formatted(dataset.items().size(), items.size(), words.size()));
        }
    }

    /// An item's words.
    ///
    /// @param text prompt, review or description; empty where there is none
    /// @param tags short words, possibly none
    public record Words(String text, List<String> tags) {
        public Words {
            tags = List.copyOf(tags);
        }
    }

    /// Told how many of the items that must be encoded are.
    @FunctionalInterface
    public interface Progress {
        /// Says nothing.
        Progress SILENT = (done, total) -> {};

        /// @param done items encoded
        /// @param total items to encode
        void encoded(int done, int total);
    }

    /// Reads a tenant's events and the encodings of all their items; encodes and keeps those that are missing.
    ///
    /// @param database holds the events
    /// @param store holds the images
    /// @param tenant whose events
    /// @param recordedBy events recorded later are left out
    /// @param policy what events say
    /// @param encoder reads items
    /// @param progress told how encoding gets on
    /// @return the data set
    /// @throws IllegalStateException when the database fails
    public static DatabaseDataset read(
            DataSource database,
            ObjectStore store,
            String tenant,
            Instant recordedBy,
            SignalPolicy policy,
            ItemEncoder encoder,
            Progress progress) {
        try (Connection connection = database.getConnection()) {
            List<Told> told = new ArrayList<>();
            new EveryHistory(new HistoryBuilder(policy, LONGEST))
                    .read(
                            connection,
                            tenant,
                            Long.MAX_VALUE,
                            recordedBy.atOffset(ZoneOffset.UTC),
                            (person, history) -> told.add(new Told(person, history)));
            TreeSet<String> digests = new TreeSet<>();
            told.forEach(one -> digests.addAll(one.history.items()));
            Map<String, EncodedItems.Item> encoded =
                    new EncodedItems(connection, store, tenant, encoder).of(List.copyOf(digests), progress);
            return of(told, encoded, digests, encoder);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The events of tenant '" + tenant + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /// Reads items by name, whoever may have said anything about them.
    ///
    /// @param digests content digests, each once
    /// @return their encodings, in this order
    /// @throws IllegalStateException when the database fails, or an item is unknown or cannot be encoded
    public static List<Encoding> encodings(
            DataSource database, ObjectStore store, String tenant, List<String> digests, ItemEncoder encoder) {
        try (Connection connection = database.getConnection()) {
            Map<String, EncodedItems.Item> items =
                    new EncodedItems(connection, store, tenant, encoder).of(digests, Progress.SILENT);
            return digests.stream()
                    .map(digest -> {
                        EncodedItems.Item item = items.get(digest);
                        if (item == null) {
                            throw new IllegalStateException("There is no encoding of item " + digest + ".");
                        }
                        return item.encoding();
                    })
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The items of tenant '" + tenant + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private record Told(long person, History history) {}

    private static DatabaseDataset of(
            List<Told> told, Map<String, EncodedItems.Item> encoded, TreeSet<String> digests, ItemEncoder encoder) {
        List<String> items = new ArrayList<>();
        List<Encoding> encodings = new ArrayList<>();
        List<Words> words = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (String digest : digests) {
            EncodedItems.Item item = encoded.get(digest);
            if (item != null) {
                places.put(digest, items.size());
                items.add(digest);
                encodings.add(item.encoding());
                words.add(item.words());
            }
        }
        List<Person> people = new ArrayList<>();
        long events = 0;
        for (Told one : told) {
            List<Observation> observations = new ArrayList<>();
            String last = "";
            for (int i = 0; i < one.history.observations().size(); i++) {
                Optional<Observation> placed = placed(one.history.observations().get(i), one.history.items(), places);
                if (placed.isPresent()) {
                    observations.add(placed.get());
                    String event = one.history.events().get(i);
                    events += event.equals(last) ? 0 : 1;
                    last = event;
                }
            }
            if (!observations.isEmpty()) {
                people.add(new Person(one.person, observations));
            }
        }
        Dataset dataset = new Dataset(encoder.digest(), encoder.width(), encoder.statistics(), encodings, people);
        return new DatabaseDataset(
                dataset, items, words, events, fingerprint(dataset, items), digests.size() - items.size());
    }

    private static Optional<Observation> placed(Observation observation, List<String> own, Map<String, Integer> all) {
        return switch (observation) {
            case Observation.Choice choice -> {
                Integer chosen = all.get(own.get(choice.chosen()));
                Integer rejected = all.get(own.get(choice.rejected()));
                yield chosen == null || rejected == null
                        ? Optional.empty()
                        : Optional.of(new Observation.Choice(chosen, rejected, choice.weight(), choice.at()));
            }
            case Observation.Opinion opinion ->
                Optional.ofNullable(all.get(own.get(opinion.item())))
                        .map(item -> new Observation.Opinion(item, opinion.liked(), opinion.weight(), opinion.at()));
        };
    }

    private static String fingerprint(Dataset dataset, List<String> items) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, dataset.encoderDigest());
            items.forEach(item -> update(digest, item));
            dataset.people().forEach(person -> update(digest, person.toString()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }
}
