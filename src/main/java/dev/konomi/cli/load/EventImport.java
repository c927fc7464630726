package dev.konomi.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends events through `put-items` and `record-event`, a batch at a time, and notes after each how
/// far it has come.
/// What it holds does not grow with the file.
public final class EventImport {
    /// Rows of a batch.
    public static final int BATCH = 200;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ITEMS = 200;
    private static final long MOST_BYTES = 4_000_000;
    private static final int REMEMBERED = 10_000;

    /// Calls a function.
    @FunctionalInterface
    public interface Functions {
        /// @param function its name
        /// @param payload its argument
        /// @return its answer
        JsonNode call(String function, JsonNode payload);
    }

    private final Functions functions;
    private final ImageFiles images;
    private final Path progress;
    private final Consumer<String> complaints;

    /// Items that were put a moment ago, and whether with words; the server would say `unchanged`.
    private final Map<String, Boolean> put = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// @param functions of the server
    /// @param images folder that keys start from, or null without images
    /// @param progress file that remembers how far the import has come
    /// @param complaints told why a row or an item was not taken
    public EventImport(Functions functions, @Nullable Path images, Path progress, Consumer<String> complaints) {
        this.functions = functions;
        this.images = new ImageFiles(images);
        this.progress = progress;
        this.complaints = complaints;
    }

    /// @param rows all rows of the file; those that are done with are passed over
    /// @param source names file and server
    /// @param watcher told after each batch
    /// @return what became of all rows, those of earlier runs included
    public Tally run(Iterator<EventRow> rows, String source, Consumer<Tally> watcher) {
        Tally tally = Tally.read(progress, source);
        List<EventRow> batch = new ArrayList<>(BATCH);
        while (rows.hasNext()) {
            EventRow row = rows.next();
            if (row.number() <= tally.rows()) {
                continue;
            }
            batch.add(row);
            if (batch.size() == BATCH || !rows.hasNext()) {
                tally = send(batch, tally).through(row.number());
                tally.write(progress);
                watcher.accept(tally);
                batch.clear();
            }
        }
        return tally;
    }

    private Tally send(List<EventRow> batch, Tally before) {
        putItems(batch);
        Tally tally = before;
        ArrayNode events = JSON.createArrayNode();
        List<EventRow> sent = new ArrayList<>();
        for (EventRow row : batch) {
            ObjectNode event = row.event();
            if (event == null) {
                complain(row.number(), row.problem());
                tally = tally.with("refused");
            } else {
                events.add(event);
                sent.add(row);
            }
        }
        if (sent.isEmpty()) {
            return tally;
        }
        JsonNode results = functions
                .call("record-event", JSON.createObjectNode().set("events", events))
                .path("results");
        if (results.size() != sent.size()) {
            throw new IllegalStateException("The server answered " + results.size() + " results for " + sent.size()
                    + " events: it is no Konomi, or another version.");
        }
        for (int i = 0; i < sent.size(); i++) {
            String status = results.get(i).path("status").asText();
            tally = tally.with(status);
            if (results.get(i).hasNonNull("reason")) {
                complain(sent.get(i).number(), results.get(i).get("reason").asText());
            }
        }
        return tally;
    }

    private void putItems(List<EventRow> batch) {
        ArrayNode items = JSON.createArrayNode();
        long bytes = 0;
        for (Map.Entry<String, EventRow.Item> item : items(batch).entrySet()) {
            boolean words = item.getValue().hasWords();
            Boolean before = put.get(item.getKey());
            if (before != null && (before || !words)) {
                continue;
            }
            Optional<ObjectNode> entry = entry(item.getKey(), item.getValue());
            if (entry.isPresent()) {
                items.add(entry.get());
                put.put(item.getKey(), words);
                bytes += entry.get().path("image").asText().length() + 1_000L;
            }
            if (items.size() == MOST_ITEMS || bytes > MOST_BYTES) {
                put(items);
                items.removeAll();
                bytes = 0;
            }
        }
        put(items);
    }

    /// The file may tell an item's words in one row and name the item alone in another.
    private static Map<String, EventRow.Item> items(List<EventRow> batch) {
        Map<String, EventRow.Item> items = new LinkedHashMap<>();
        for (EventRow row : batch) {
            row.items()
                    .forEach((key, item) -> items.merge(key, item, (before, now) -> before.hasWords() ? before : now));
        }
        return items;
    }

    /// Without an image and words the item was put before, by somebody else or with another of its
    /// events.
    private Optional<ObjectNode> entry(String key, EventRow.Item item) {
        Optional<byte[]> image = images.find(key);
        if (image.isEmpty() && !item.hasWords()) {
            return Optional.empty();
        }
        ObjectNode entry = JSON.createObjectNode().put("key", key);
        image.ifPresent(file -> entry.put("image", Base64.getEncoder().encodeToString(file)));
        if (!item.text().isEmpty()) {
            entry.put("text", item.text());
        }
        if (!item.tags().isEmpty()) {
            ArrayNode tags = entry.putArray("tags");
            item.tags().forEach(tags::add);
        }
        return Optional.of(entry);
    }

    private void put(ArrayNode items) {
        if (items.isEmpty()) {
            return;
        }
        JsonNode results = functions
                .call("put-items", JSON.createObjectNode().set("items", items))
                .path("results");
        results.forEach(result -> {
            if (result.path("status").asText().equals("refused")) {
                complaints.accept("item " + result.path("key").asText() + ": "
                        + result.path("reason").asText());
            }
        });
    }

    private void complain(long row, @Nullable String reason) {
        complaints.accept("row " + row + ": " + reason);
    }
}
