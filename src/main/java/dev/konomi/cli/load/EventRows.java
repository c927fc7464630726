package dev.konomi.cli.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.cli.load.EventRow.Item;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// Reads events row by row and holds one row at a time.
///
/// An event without an id is named by its content, so that sending a file twice records it once;
/// two rows that are
/// alike in everything are one event.
public final class EventRows implements Iterator<EventRow> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BETWEEN_ITEMS = "\\|";

    private final Iterator<EventRow> rows;

    private EventRows(Iterator<EventRow> rows) {
        this.rows = rows;
    }

    /// @param in a header and rows; items are named by key, several in `over` with `|` between them
    /// @param columns which column holds what
    /// @param type of all events, or null where a column says it
    /// @throws IllegalArgumentException when a column is missing
    public static EventRows csv(Reader in, EventColumns columns, @Nullable String type) throws IOException {
        CSVParser parser = CSVParser.parse(
                in,
                CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreSurroundingSpaces(true)
                        .setIgnoreEmptyLines(true)
                        .setAllowMissingColumnNames(true)
                        .get());
        columns.require(parser.getHeaderNames(), type);
        Iterator<CSVRecord> records = parser.iterator();
        return new EventRows(new Iterator<>() {
            private long number;

            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public EventRow next() {
                number++;
                return row(number, records.next(), columns, type);
            }
        });
    }

    /// @param in one event a line, as `record-event` takes it, with items by key, as `{key, text?,
    ///     tags?}` or with the
    ///     path of an image in place of its bytes
    public static EventRows jsonLines(BufferedReader in) {
        return new EventRows(new Iterator<>() {
            private long number;
            private @Nullable String line = advance();

            private @Nullable String advance() {
                try {
                    String next = in.readLine();
                    while (next != null && next.isBlank()) {
                        number++;
                        next = in.readLine();
                    }
                    return next;
                } catch (IOException failure) {
                    throw new UncheckedIOException("The events cannot be read on.", failure);
                }
            }

            @Override
            public boolean hasNext() {
                return line != null;
            }

            @Override
            public EventRow next() {
                String current = line;
                if (current == null) {
                    throw new NoSuchElementException("no more events");
                }
                number++;
                long mine = number;
                line = advance();
                return row(mine, current);
            }
        });
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public EventRow next() {
        return rows.next();
    }

    private static EventRow row(long number, CSVRecord record, EventColumns columns, @Nullable String type) {
        ObjectNode event = JSON.createObjectNode().put("schema", 1);
        for (String field : List.of("user", "type", "unit", "comment", "decision", "ofEvent")) {
            String value = field(record, columns, field);
            if (!value.isEmpty()) {
                event.put(field, value);
            }
        }
        if (type != null && !event.has("type")) {
            event.put("type", type);
        }
        Map<String, Item> items = new LinkedHashMap<>();
        String key = field(record, columns, "item");
        if (!key.isEmpty()) {
            event.putObject("item").put("key", key);
            items.put(key, new Item(field(record, columns, "text"), List.of()));
        }
        String over = field(record, columns, "over");
        if (!over.isEmpty()) {
            ArrayNode list = event.putArray("over");
            for (String other : over.split(BETWEEN_ITEMS)) {
                list.addObject().put("key", other.strip());
                items.putIfAbsent(other.strip(), new Item("", List.of()));
            }
        }
        try {
            event.put("at", instant(field(record, columns, "at")).toString());
            String value = field(record, columns, "value");
            if (!value.isEmpty()) {
                event.put("value", Double.parseDouble(value));
            }
        } catch (NumberFormatException none) {
            return EventRow.unreadable(number, "the value \"" + field(record, columns, "value") + "\" is no number");
        } catch (DateTimeException none) {
            return EventRow.unreadable(
                    number,
                    "the time \"" + field(record, columns, "at") + "\" is neither like 2026-01-31T12:00:00Z nor epoch "
                            + "seconds or milliseconds");
        }
        String id = field(record, columns, "eventId");
        event.put("eventId", id.isEmpty() ? name(event) : id);
        return new EventRow(number, event, items, null);
    }

    private static EventRow row(long number, String line) {
        try {
            if (!(JSON.readTree(line) instanceof ObjectNode event)) {
                return EventRow.unreadable(number, "the line is no JSON object");
            }
            Map<String, Item> items = new LinkedHashMap<>();
            if (event.has("item")) {
                event.set("item", byKey(event.get("item"), items));
            }
            if (event.get("over") instanceof ArrayNode over) {
                ArrayNode keys = JSON.createArrayNode();
                over.forEach(item -> keys.add(byKey(item, items)));
                event.set("over", keys);
            }
            if (!event.hasNonNull("eventId")) {
                event.put("eventId", name(event));
            }
            return new EventRow(number, event, items, null);
        } catch (JsonProcessingException broken) {
            return EventRow.unreadable(number, "the line is no JSON (" + broken.getOriginalMessage() + ")");
        }
    }

    private static JsonNode byKey(JsonNode item, Map<String, Item> items) {
        String key = item.isTextual()
                ? item.asText()
                : item.hasNonNull("key")
                        ? item.get("key").asText()
                        : item.path("image").asText("");
        if (key.isEmpty()) {
            return item;
        }
        List<String> tags = new ArrayList<>();
        item.path("tags").forEach(tag -> tags.add(tag.asText()));
        items.putIfAbsent(key, new Item(item.path("text").asText(""), tags));
        return JSON.createObjectNode().put("key", key);
    }

    private static String field(CSVRecord record, EventColumns columns, String field) {
        String column = columns.column(field);
        return record.isMapped(column) && record.isSet(column)
                ? record.get(column).strip()
                : "";
    }

    private static Instant instant(String text) {
        if (text.matches("-?[0-9]{1,11}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        if (text.matches("[0-9]{12,14}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        String standard = text.replace(' ', 'T');
        if (standard.length() == "2026-01-31".length()) {
            return LocalDate.parse(standard).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return standard.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$")
                ? OffsetDateTime.parse(standard).toInstant()
                : LocalDateTime.parse(standard).toInstant(ZoneOffset.UTC);
    }

    private static String name(ObjectNode event) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(event.toString().getBytes(StandardCharsets.UTF_8));
            return "import-" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }
}
