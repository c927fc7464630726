package dev.konomi.train.dataset;

import dev.konomi.item.Encoding;
import dev.konomi.item.ImageRefused;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.release.ObjectStore;
import dev.konomi.train.dataset.DatabaseDataset.Progress;
import dev.konomi.train.dataset.DatabaseDataset.Words;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Items with their encodings, over JDBC: kept ones from the database, missing ones from the encoder, which are then
/// kept for the functions and the next training.
final class EncodedItems {
    private static final int READ_AT_ONCE = 1_000;
    private static final int ENCODED_AT_ONCE = 32;

    private final Connection connection;
    private final ObjectStore store;
    private final String tenant;
    private final ItemEncoder encoder;

    EncodedItems(Connection connection, ObjectStore store, String tenant, ItemEncoder encoder) {
        this.connection = connection;
        this.store = store;
        this.tenant = tenant;
        this.encoder = encoder;
    }

    /// An item that could be encoded.
    record Item(Encoding encoding, Words words) {}

    private record Stored(@Nullable String image, @Nullable String text, List<String> tags) {}

    /// @param digests content digests, each once
    /// @return the items by content digest; those that cannot be encoded are left out
    Map<String, Item> of(List<String> digests, Progress progress) throws SQLException {
        Map<String, Stored> stored = new HashMap<>();
        Map<String, Encoding> encodings = new HashMap<>();
        for (int from = 0; from < digests.size(); from += READ_AT_ONCE) {
            List<String> part = digests.subList(from, Math.min(digests.size(), from + READ_AT_ONCE));
            readContents(part, stored);
            readEncodings(part, encodings);
        }
        List<String> missing = digests.stream()
                .filter(digest -> stored.containsKey(digest) && !encodings.containsKey(digest))
                .toList();
        for (int from = 0; from < missing.size(); from += ENCODED_AT_ONCE) {
            List<String> part = missing.subList(from, Math.min(missing.size(), from + ENCODED_AT_ONCE));
            Map<String, ItemContent> contents = new HashMap<>();
            for (String digest : part) {
                content(stored.get(digest)).ifPresent(content -> contents.put(digest, content));
            }
            Map<String, Encoding> fresh = encode(contents);
            keep(fresh);
            encodings.putAll(fresh);
            progress.encoded(from + part.size(), missing.size());
        }
        Map<String, Item> items = new HashMap<>();
        encodings.forEach((digest, encoding) -> {
            Stored content = stored.get(digest);
            if (content != null) {
                items.put(
                        digest, new Item(encoding, new Words(content.text == null ? "" : content.text, content.tags)));
            }
        });
        return items;
    }

    private void readContents(List<String> digests, Map<String, Stored> into) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select digest, image, words, tags from content where tenant = ? and digest = any(?)")) {
            statement.setString(1, tenant);
            statement.setArray(2, connection.createArrayOf("text", digests.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    into.put(
                            rows.getString(1), new Stored(rows.getString(2), rows.getString(3), Arrays.asList((String[])
                                    rows.getArray(4).getArray())));
                }
            }
        }
    }

    private void readEncodings(List<String> digests, Map<String, Encoding> into) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select digest, image, words from encoding where tenant = ? and encoder = ? and digest = any(?)""")) {
            statement.setString(1, tenant);
            statement.setString(2, encoder.digest());
            statement.setArray(3, connection.createArrayOf("text", digests.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    into.put(rows.getString(1), Encoding.of(rows.getBytes(2), rows.getBytes(3)));
                }
            }
        }
    }

    private Optional<ItemContent> content(@Nullable Stored stored) {
        if (stored == null) {
            return Optional.empty();
        }
        byte[] image = stored.image == null
                ? null
                : store.get("tenants/" + tenant + "/items/" + stored.image)
                        .toCompletableFuture()
                        .join()
                        .map(ObjectStore.Found::bytes)
                        .orElse(null);
        boolean wordless = (stored.text == null || stored.text.isBlank()) && stored.tags.isEmpty();
        return image == null && wordless
                ? Optional.empty()
                : Optional.of(new ItemContent(image, stored.text, stored.tags));
    }

    /// One bad image does not sink its batch.
    private Map<String, Encoding> encode(Map<String, ItemContent> contents) {
        Map<String, Encoding> fresh = new HashMap<>();
        List<String> digests = new ArrayList<>(contents.keySet());
        try {
            List<Encoding> all =
                    encoder.encode(digests.stream().map(contents::get).toList());
            for (int i = 0; i < digests.size(); i++) {
                fresh.put(digests.get(i), all.get(i));
            }
        } catch (ImageRefused oneOfThem) {
            if (digests.size() > 1) {
                contents.forEach((digest, content) -> fresh.putAll(encode(Map.of(digest, content))));
            }
        }
        return fresh;
    }

    private void keep(Map<String, Encoding> encodings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into encoding (tenant, digest, encoder, image, words) values (?, ?, ?, ?, ?)
                on conflict do nothing""")) {
            for (Map.Entry<String, Encoding> entry : encodings.entrySet()) {
                statement.setString(1, tenant);
                statement.setString(2, entry.getKey());
                statement.setString(3, encoder.digest());
                statement.setBytes(4, Encoding.bytes(entry.getValue().image()));
                statement.setBytes(5, Encoding.bytes(entry.getValue().text()));
                statement.addBatch();
            }
            int[] kept = statement.executeBatch();
            if (kept.length != encodings.size()) {
                throw new SQLException("Of " + encodings.size() + " encodings " + kept.length + " were kept.");
            }
        }
    }
}
