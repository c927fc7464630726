package dev.konomi.cli.load;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which column of a CSV file holds which field of an event.
///
/// @param names column by field; a field that is not there has the column of its own name
public record EventColumns(Map<String, String> names) {
    /// The fields that a column can hold.
    public static final List<String> FIELDS = List.of(
            "eventId", "user", "type", "item", "over", "text", "value", "unit", "comment", "decision", "at", "ofEvent");

    public EventColumns {
        names = Map.copyOf(names);
    }

    /// @param mappings such as `user=customer`
    /// @throws IllegalArgumentException when one is no mapping or names a field that events do not
    ///     have
    public static EventColumns of(List<String> mappings) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String mapping : mappings) {
            String[] parts = mapping.split("=", 2);
            if (parts.length != 2 || parts[1].isBlank() || !FIELDS.contains(parts[0])) {
                throw new IllegalArgumentException("\"" + mapping
                        + "\" maps no column: write field=column, the field being one of "
                        + String.join(", ", FIELDS) + ".");
            }
            names.put(parts[0], parts[1]);
        }
        return new EventColumns(names);
    }

    /// @return the column of a field
    String column(String field) {
        return names.getOrDefault(field, field);
    }

    /// @param header the file's columns
    /// @param constantType the type of all events, or null
    /// @throws IllegalArgumentException when a column that is needed or was named is missing
    void require(List<String> header, @Nullable String constantType) {
        for (String field : FIELDS) {
            boolean needed = names.containsKey(field)
                    || Arrays.asList("user", "item", "at").contains(field)
                    || (field.equals("type") && constantType == null);
            if (needed && !header.contains(column(field))) {
                throw new IllegalArgumentException("The file has no column \"" + column(field) + "\", only "
                        + String.join(", ", header) + ": name the right one with --column " + field + "=…"
                        + (field.equals("type") ? ", or give all events one --type." : "."));
            }
        }
    }
}
