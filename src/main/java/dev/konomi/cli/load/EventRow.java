package dev.konomi.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row of a file of events.
///
/// @param number counted from 1
/// @param event as `record-event` takes it, items by key; null when the row cannot be read
/// @param items words of the items that the event is about, by key; empty words where the file has
///     none
/// @param problem why the row cannot be read, or null
public record EventRow(
        long number,
        @Nullable ObjectNode event,
        Map<String, Item> items,
        @Nullable String problem) {
    public EventRow {
        items = Map.copyOf(items);
    }

    static EventRow unreadable(long number, String problem) {
        return new EventRow(number, null, Map.of(), problem);
    }

    /// What the file says of an item.
    ///
    /// @param text its words, or empty
    /// @param tags its tags
    public record Item(String text, List<String> tags) {
        public Item {
            tags = List.copyOf(tags);
        }

        boolean hasWords() {
            return !text.isEmpty() || !tags.isEmpty();
        }
    }
}
