package dev.konomi.cli.evaluate;

import dev.konomi.item.ContentDigest;
import dev.konomi.item.Encoding;
import dev.konomi.item.ImageReader;
import dev.konomi.item.ImageRefused;
import dev.konomi.item.ImageStatistics;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.item.Pixels;
import dev.konomi.train.evaluate.baseline.ColourHistogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Encodes items that were rated, each once.
///
/// @param encoder stays the caller's to close
/// @param cache asked first
record RatedItems(ItemEncoder encoder, ItemCache cache) {
    private static final int AT_ONCE = 16;
    private static final int EDGE = 256;

    /// @param items of a file
    /// @param progress told how many are encoded
    /// @return one an item, null where there is neither a text nor an image that can be read
    List<@Nullable EncodedItem> encode(List<Ratings.Item> items, IntConsumer progress) {
        List<@Nullable EncodedItem> encoded = new ArrayList<>();
        for (int from = 0; from < items.size(); from += AT_ONCE) {
            encoded.addAll(some(items.subList(from, Math.min(items.size(), from + AT_ONCE))));
            progress.accept(encoded.size());
        }
        return encoded;
    }

    private List<@Nullable EncodedItem> some(List<Ratings.Item> items) {
        List<@Nullable EncodedItem> encoded = new ArrayList<>();
        List<ItemContent> missing = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (Ratings.Item item : items) {
            ItemContent content = content(item);
            Optional<EncodedItem> kept = content == null ? Optional.empty() : cache.find(ContentDigest.of(content));
            if (content != null && kept.isEmpty()) {
                places.add(encoded.size());
                missing.add(content);
            }
            encoded.add(kept.orElse(null));
        }
        List<Encoding> encodings = encoder.encode(missing);
        for (int i = 0; i < missing.size(); i++) {
            ItemContent content = missing.get(i);
            byte[] image = content.image();
            Pixels pixels = image == null ? null : ImageReader.read(image, EDGE);
            EncodedItem item = new EncodedItem(
                    encodings.get(i),
                    pixels == null ? null : ColourHistogram.of(pixels),
                    pixels == null ? null : ImageStatistics.of(pixels));
            cache.keep(ContentDigest.of(content), item);
            encoded.set(places.get(i), item);
        }
        return encoded;
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
