package dev.konomi.taste;

import dev.konomi.item.Encoding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one release makes of items, by content digest: the items asked for last. It belongs to a
/// release and goes with it, so no vector outlives its release. Safe for use by many threads at
/// once.
final class ItemVectorCache {
    private final TasteModel model;
    private final Map<String, ItemVector> kept;

    /// @param features `g(z)`, `[G]`
    /// @param appeal `b(z)`
    record ItemVector(float[] features, float appeal) {}

    /// @param model makes vectors of encodings
    /// @param most how many items are kept
    ItemVectorCache(TasteModel model, int most) {
        this.model = model;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ItemVector> eldest) {
                return size() > most;
            }
        };
    }

    /// @param digests content digests
    /// @return the vectors that are kept, by content digest
    Map<String, ItemVector> kept(Collection<String> digests) {
        Map<String, ItemVector> found = HashMap.newHashMap(digests.size());
        synchronized (kept) {
            for (String digest : digests) {
                ItemVector vector = kept.get(digest);
                if (vector != null) {
                    found.put(digest, vector);
                }
            }
        }
        return found;
    }

    /// Makes vectors in one batch and keeps them.
    ///
    /// @param encodings by content digest
    /// @return their vectors, by content digest
    Map<String, ItemVector> make(Map<String, Encoding> encodings) {
        if (encodings.isEmpty()) {
            return Map.of();
        }
        List<String> digests = new ArrayList<>(encodings.size());
        List<Encoding> values = new ArrayList<>(encodings.size());
        encodings.forEach((digest, encoding) -> {
            digests.add(digest);
            values.add(encoding);
        });
        ItemVectors vectors = model.items(values);
        Map<String, ItemVector> made = HashMap.newHashMap(digests.size());
        for (int i = 0; i < digests.size(); i++) {
            made.put(digests.get(i), new ItemVector(vectors.features()[i], vectors.appeal()[i]));
        }
        synchronized (kept) {
            kept.putAll(made);
        }
        return made;
    }

    /// @param digests content digests, all of them in `vectors`
    /// @return their vectors in this order
    static ItemVectors inOrder(List<String> digests, Map<String, ItemVector> vectors) {
        float[][] features = new float[digests.size()][];
        float[] appeal = new float[digests.size()];
        for (int i = 0; i < digests.size(); i++) {
            ItemVector vector = vectors.get(digests.get(i));
            if (vector == null) {
                throw new IllegalArgumentException("There is no vector of " + digests.get(i) + ": make it first.");
            }
            features[i] = vector.features();
            appeal[i] = vector.appeal();
        }
        return new ItemVectors(features, appeal);
    }
}
