package dev.konomi.cli.evaluate;

import dev.konomi.item.Encoding;
import dev.konomi.item.ImageReader;
import dev.konomi.item.ImageRefused;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Ratings whose items are encoded.
///
/// @param encoderDigest of the encoder
/// @param width `d_e`
/// @param items every item once, with its encoding
/// @param groups what each item belongs to when items are split
/// @param rows usable rows
/// @param people how many there are; ids are 0 to `people − 1`
/// @param read how many rows the file has
/// @param textOnly usable rows about an item without an image that can be read
/// @param skipped what was wrong with each unusable row
public record EncodedRatings(
        String encoderDigest,
        int width,
        List<Encoding> items,
        List<String> groups,
        List<Ratings.Row> rows,
        int people,
        int read,
        int textOnly,
        List<String> skipped) {
    private static final int AT_ONCE = 16;

    public EncodedRatings {
        items = List.copyOf(items);
        groups = List.copyOf(groups);
        rows = List.copyOf(rows);
        skipped = List.copyOf(skipped);
    }

    /// @param ratings as read from a file
    /// @param encoder turns items into encodings
    /// @param progress told how many items are encoded
    public static EncodedRatings of(Ratings ratings, ItemEncoder encoder, IntConsumer progress) {
        List<@Nullable Encoding> encodings = new ArrayList<>();
        for (int from = 0; from < ratings.items().size(); from += AT_ONCE) {
            List<Ratings.Item> some =
                    ratings.items().subList(from, Math.min(ratings.items().size(), from + AT_ONCE));
            encodings.addAll(encode(some, encoder));
            progress.accept(encodings.size());
        }
        int[] place = new int[encodings.size()];
        List<Encoding> kept = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (int item = 0; item < place.length; item++) {
            Encoding encoding = encodings.get(item);
            place[item] = encoding == null ? -1 : kept.size();
            if (encoding != null) {
                kept.add(encoding);
                groups.add(ratings.items().get(item).group());
            }
        }
        List<Ratings.Row> rows = new ArrayList<>();
        List<String> skipped = new ArrayList<>(ratings.skipped());
        int textOnly = 0;
        for (Ratings.Row row : ratings.rows()) {
            if (place[row.item()] < 0) {
                skipped.add("of image " + ratings.items().get(row.item()).image() + ", which cannot be read");
            } else {
                rows.add(new Ratings.Row(row.person(), place[row.item()], row.value()));
                textOnly += kept.get(place[row.item()]).image() == null ? 1 : 0;
            }
        }
        return new EncodedRatings(
                encoder.digest(),
                encoder.width(),
                kept,
                groups,
                rows,
                ratings.people().size(),
                ratings.read(),
                textOnly,
                skipped);
    }

    private static List<@Nullable Encoding> encode(List<Ratings.Item> items, ItemEncoder encoder) {
        List<@Nullable ItemContent> contents =
                items.stream().map(item -> content(item)).toList();
        List<ItemContent> there = new ArrayList<>();
        for (ItemContent content : contents) {
            if (content != null) {
                there.add(content);
            }
        }
        List<Encoding> encoded = encoder.encode(there);
        List<@Nullable Encoding> encodings = new ArrayList<>();
        int next = 0;
        for (ItemContent content : contents) {
            encodings.add(content == null ? null : encoded.get(next++));
        }
        return encodings;
    }

    /// An image that cannot be read leaves the text.
    private static @Nullable ItemContent content(Ratings.Item item) {
        byte[] image = item.image() == null ? null : readable(item.image());
        String text = item.text();
        return image == null && text == null ? null : new ItemContent(image, text, List.of());
    }

    private static byte @Nullable [] readable(Path file) {
        try {
            if (Files.size(file) > ImageReader.MOST_BYTES) {
                return null;
            }
            byte[] image = Files.readAllBytes(file);
            ImageReader.read(image, 1);
            return image;
        } catch (IOException | ImageRefused unreadable) {
            return null;
        }
    }
}
