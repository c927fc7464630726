package dev.konomi.taste;

import dev.konomi.door.RequestLog;
import dev.konomi.item.Encoding;
import dev.konomi.item.Encodings;
import dev.konomi.item.ItemContent;
import dev.konomi.taste.ItemVectorCache.ItemVector;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// From content digests to a release's vectors: kept ones first, then kept encodings in one query,
/// then the encoder for a few. Computes and waits on the calling thread.
@ApplicationScoped
class Vectors {
    /// How many items a question encodes itself; a function that was asked to score should not
    /// become a batch job.
    static final int MOST_ENCODED = 16;

    private final Encodings encodings;

    Vectors(Encodings encodings) {
        this.encodings = encodings;
    }

    /// What was found.
    ///
    /// @param vectors by content digest
    /// @param encodings by content digest, of those that had to be read
    /// @param refused by content digest: why the item cannot be encoded and what to do
    record Found(Map<String, ItemVector> vectors, Map<String, Encoding> encodings, Map<String, String> refused) {
        Found {
            vectors = Map.copyOf(vectors);
            encodings = Map.copyOf(encodings);
            refused = Map.copyOf(refused);
        }
    }

    /// @param release whose vectors
    /// @param tenant whose items
    /// @param digests content digests, the most important first
    /// @param inline contents that came with the question, by content digest; they are not
    ///     stored
    /// @param encodingsToo whether encodings are wanted of items whose vectors are kept
    /// @return what was found; what is neither found nor refused has no encoding yet
    Found of(
            LoadedRelease release,
            String tenant,
            Collection<String> digests,
            Map<String, ItemContent> inline,
            boolean encodingsToo) {
        Set<String> wanted = new LinkedHashSet<>(digests);
        Map<String, ItemVector> vectors = new HashMap<>(release.vectors().kept(wanted));
        Set<String> known = Set.copyOf(vectors.keySet());
        wanted.removeAll(known);
        RequestLog.count("CacheHits", known.size());
        RequestLog.count("CacheMisses", wanted.size());
        if (encodingsToo) {
            // Behind the others: of the few that are encoded here, those come first that cannot be ranked otherwise.
            wanted.addAll(digests);
        }
        if (wanted.isEmpty()) {
            return new Found(vectors, Map.of(), Map.of());
        }
        Map<String, Encoding> found = new HashMap<>(
                encodings.kept(tenant, release.encoder(), wanted).await().indefinitely());
        wanted.removeAll(found.keySet());
        Map<String, String> refused = new HashMap<>();
        if (!wanted.isEmpty()) {
            encode(tenant, wanted, inline, found, refused);
        }
        Map<String, Encoding> fresh = new HashMap<>(found);
        fresh.keySet().removeAll(known);
        vectors.putAll(release.vectors().make(fresh));
        return new Found(vectors, found, refused);
    }

    private void encode(
            String tenant,
            Set<String> wanted,
            Map<String, ItemContent> inline,
            Map<String, Encoding> found,
            Map<String, String> refused) {
        Map<String, ItemContent> sent = new LinkedHashMap<>();
        List<String> stored = new ArrayList<>();
        for (String digest : wanted.stream().limit(MOST_ENCODED).toList()) {
            ItemContent content = inline.get(digest);
            if (content == null) {
                stored.add(digest);
            } else {
                sent.put(digest, content);
            }
        }
        for (Encodings.Encoded encoded : List.of(encodings.encode(sent), encodings.encode(tenant, stored))) {
            found.putAll(encoded.encodings());
            refused.putAll(encoded.refused());
        }
    }
}
