package dev.konomi.cli.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.konomi.gallery.Painter;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatedItemsTest {
    @TempDir
    private Path folder;

    @Test
    void anItemIsEncodedOnceForAllRuns() throws IOException {
        CountingEncoder encoder = new CountingEncoder();
        List<@Nullable EncodedItem> first = encode(encoder);
        List<@Nullable EncodedItem> second = encode(encoder);

        assertEquals(2, encoder.encoded);
        EncodedItem painting = second.getFirst();
        assertNotNull(painting);
        assertNotNull(first.getFirst());
        assertArrayEquals(first.getFirst().statistics(), painting.statistics());
        assertArrayEquals(first.getFirst().colours(), painting.colours());
        assertArrayEquals(
                first.getFirst().encoding().image(), painting.encoding().image());
        EncodedItem words = second.get(1);
        assertNotNull(words);
        assertNull(words.colours(), "an item without an image has no colours");
        assertNull(second.get(2), "neither a text nor an image that can be read");
    }

    @Test
    void aCutOffFileIsEncodedAnew() throws IOException {
        CountingEncoder encoder = new CountingEncoder();
        encode(encoder);
        try (Stream<Path> kept = Files.walk(folder.resolve("out"))) {
            for (Path file : kept.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[] {0, 0, 0, 9, 1});
            }
        }
        encode(encoder);

        assertEquals(4, encoder.encoded);
    }

    private List<@Nullable EncodedItem> encode(ItemEncoder encoder) throws IOException {
        Path image = folder.resolve("fox.jpg");
        Path broken = folder.resolve("broken.jpg");
        Files.write(image, Painter.jpeg(Painter.paint("a fox, crimson, watercolor", 1)));
        Files.write(broken, new byte[] {1, 2, 3});
        List<Ratings.Item> items = List.of(
                new Ratings.Item(image, "a fox", "1"),
                new Ratings.Item(null, "words", "2"),
                new Ratings.Item(broken, null, "3"));
        return new RatedItems(encoder, new ItemCache(folder.resolve("out"), encoder.digest()))
                .encode(items, done -> {});
    }

    private static final class CountingEncoder implements ItemEncoder {
        private int encoded;

        @Override
        public String digest() {
            return "counting";
        }

        @Override
        public int width() {
            return 2;
        }

        @Override
        public List<Encoding> encode(List<ItemContent> items) {
            List<Encoding> encodings = new ArrayList<>();
            for (ItemContent item : items) {
                encoded++;
                encodings.add(new Encoding(item.image() == null ? null : new float[] {1, 2}, new float[] {3, 4}));
            }
            return encodings;
        }

        @Override
        public void close() {}
    }
}
