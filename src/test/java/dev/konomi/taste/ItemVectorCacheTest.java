package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.konomi.item.Encoding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItemVectorCacheTest {
    private final ItemVectorCache cache = new ItemVectorCache(new PlainTasteModel(1), 3);

    @Test
    void theItemsAskedForLastAreKept() {
        assertEquals(3, make("a", "b", "c").size());
        assertEquals(Set.of("a"), cache.kept(List.of("a")).keySet());
        assertEquals(1, make("d").size());
        assertEquals(
                Set.of("a", "c", "d"), cache.kept(List.of("a", "b", "c", "d")).keySet());
    }

    @Test
    void moreItemsThanAreKeptAreMadeAllTheSame() {
        assertEquals(5, make("a", "b", "c", "d", "e").size());
        assertEquals(3, cache.kept(List.of("a", "b", "c", "d", "e")).size());
    }

    @Test
    void vectorsComeInTheOrderAskedForAndRepeat() {
        ItemVectors vectors = ItemVectorCache.inOrder(List.of("b", "a", "b"), make("a", "b"));
        assertArrayEquals(new float[] {2, 2}, vectors.features()[0]);
        assertArrayEquals(new float[] {1, 1}, vectors.features()[1]);
        assertArrayEquals(new float[] {2, 2}, vectors.features()[2]);
        assertThrows(IllegalArgumentException.class, () -> ItemVectorCache.inOrder(List.of("unknown"), Map.of()));
    }

    /// The k-th item's encoding is (k, k).
    private Map<String, ItemVectorCache.ItemVector> make(String... digests) {
        Map<String, Encoding> encodings = new LinkedHashMap<>();
        for (String digest : digests) {
            int k = encodings.size() + 1;
            encodings.put(digest, new Encoding(new float[] {k, k}, null));
        }
        return cache.make(encodings);
    }
}
