package dev.konomi.cli.evaluate;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a file of ratings holds.
///
/// @param items every item once
/// @param rows usable rows in the file's order, at most one of a person and an item (the last
///     counts)
/// @param people surrogate ids are places in this list
/// @param read how many rows the file has
/// @param skipped what was wrong with each unusable row
public record Ratings(List<Item> items, List<Row> rows, List<String> people, int read, List<String> skipped) {
    public Ratings {
        items = List.copyOf(items);
        rows = List.copyOf(rows);
        people = List.copyOf(people);
        skipped = List.copyOf(skipped);
    }

    /// An item of the file.
    ///
    /// @param image where its image lies, or null
    /// @param text its words, or null
    /// @param group what it belongs to when items are split; the item itself without such a column
    public record Item(@Nullable Path image, @Nullable String text, String group) {}

    /// A usable row.
    ///
    /// @param person place in the list of people
    /// @param item place in the list of items
    /// @param value the rating
    public record Row(int person, int item, double value) {}

    /// @return how many usable rows are about an item without an image
    public long textOnly() {
        return rows.stream()
                .filter(row -> items.get(row.item()).image() == null)
                .count();
    }
}
