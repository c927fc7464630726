package dev.konomi.item;

import dev.konomi.release.ObjectStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Every tenant's items: what they are by content digest, and what keys stand for. Images lie in the object
/// store under `tenants/<tenant>/items/<SHA-256 of the image>`; everything else in the database.
@ApplicationScoped
public class Items {
    private final Pool pool;
    private final ObjectStore store;

    Items(Pool pool, ObjectStore store) {
        this.pool = pool;
        this.store = store;
    }

    /// @param tenant whose items
    /// @param keys keys, in any number
    /// @return content digest by key; unknown and removed keys are left out
    public Uni<Map<String, String>> digests(String tenant, Collection<String> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return pool.preparedQuery(
                        "select key, digest from item where tenant = $1 and key = any($2) and removed_at is null")
                .execute(Tuple.of(tenant, keys.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, String> digests = HashMap.newHashMap(rows.size());
                    for (Row row : rows) {
                        digests.put(row.getString(0), row.getString(1));
                    }
                    return digests;
                });
    }

    /// @param tenant whose items
    /// @param digests content digests, in any number
    /// @return a key by content digest, the first in order where several stand for the same; contents that no key
    ///     stands for now are left out
    public Uni<Map<String, String>> keys(String tenant, Collection<String> digests) {
        if (digests.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return pool.preparedQuery("""
                        select digest, min(key) from item
                        where tenant = $1 and digest = any($2) and removed_at is null group by digest""")
                .execute(Tuple.of(tenant, digests.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, String> keys = HashMap.newHashMap(rows.size());
                    for (Row row : rows) {
                        keys.put(row.getString(0), row.getString(1));
                    }
                    return keys;
                });
    }

    /// What may be shown of a content.
    ///
    /// @param key a key that stands for it, the first in order of several; or null
    /// @param image SHA-256 of its image, or null
    /// @param text its text and tags as one text, or null where it has none
    /// @param removed whether keys stood for it and none does any more: it is not to be shown
    public record Sight(
            @Nullable String key,
            @Nullable String image,
            @Nullable String text,
            boolean removed) {}

    /// @param tenant whose items
    /// @param digests content digests, in any number
    /// @return what may be shown, by content digest; unknown digests are left out
    public Uni<Map<String, Sight>> sights(String tenant, Collection<String> digests) {
        if (digests.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return pool.preparedQuery("""
                        select c.digest, c.image, nullif(concat_ws(', ', c.words, nullif(array_to_string(c.tags, ', '), '')), ''),
                          (select min(key) from item i
                           where i.tenant = $1 and i.digest = c.digest and i.removed_at is null),
                          exists (select 1 from item_revision r where r.tenant = $1 and r.digest = c.digest)
                        from content c where c.tenant = $1 and c.digest = any($2)""")
                .execute(Tuple.of(tenant, digests.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Sight> sights = HashMap.newHashMap(rows.size());
                    for (Row row : rows) {
                        String key = row.getString(3);
                        sights.put(
                                row.getString(0),
                                new Sight(key, row.getString(1), row.getString(2), key == null && row.getBoolean(4)));
                    }
                    return sights;
                });
    }

    /// Stores contents that are not stored yet: images first, then rows, so that a row never points at nothing.
    ///
    /// @param tenant whose items
    /// @param contents contents by digest, see [ContentDigest]
    /// @return done
    public Uni<Void> store(String tenant, Map<String, ItemContent> contents) {
        if (contents.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return known(tenant, contents.keySet()).flatMap(known -> {
            Map<String, ItemContent> fresh = new TreeMap<>(contents);
            fresh.keySet().removeAll(known);
            return fresh.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : storeImages(tenant, fresh.values()).flatMap(images -> insert(tenant, fresh, images));
        });
    }

    /// @param tenant whose items
    /// @param digests content digests
    /// @return the contents with their images, by digest; unknown digests are left out
    public Uni<Map<String, ItemContent>> contents(String tenant, Collection<String> digests) {
        return pool.preparedQuery(
                        "select digest, image, words, tags from content where tenant = $1 and digest = any($2)")
                .execute(Tuple.of(tenant, digests.toArray(String[]::new)))
                .flatMap(rows -> {
                    List<Uni<Map.Entry<String, ItemContent>>> reads = new ArrayList<>();
                    for (Row row : rows) {
                        String digest = row.getString(0);
                        String text = row.getString(2);
                        List<String> tags = List.of(row.getArrayOfStrings(3));
                        reads.add(image(tenant, row.getString(1))
                                .map(image -> Map.entry(digest, new ItemContent(image.orElse(null), text, tags))));
                    }
                    if (reads.isEmpty()) {
                        return Uni.createFrom().item(Map.of());
                    }
                    return Uni.join()
                            .all(reads)
                            .usingConcurrencyOf(8)
                            .andFailFast()
                            .map(entries -> {
                                Map<String, ItemContent> contents = new LinkedHashMap<>();
                                entries.forEach(entry -> contents.put(entry.getKey(), entry.getValue()));
                                return contents;
                            });
                });
    }

    /// Lets keys stand for contents; a key that stood for another content gets a new revision.
    ///
    /// @param tenant whose items
    /// @param digests content digest by key; the contents are stored already
    /// @return the keys that were new, changed or removed before; the others already stood for the same
    public Uni<Set<String>> revise(String tenant, Map<String, String> digests) {
        if (digests.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Map<String, String> ordered = new TreeMap<>(digests);
        return pool.preparedQuery("""
                        with put as (
                          insert into item as i (tenant, key, digest)
                          select $1, p.key, p.digest from unnest($2::text[], $3::text[]) as p(key, digest)
                          on conflict (tenant, key) do update
                            set revision = i.revision + 1, digest = excluded.digest, stored_at = now(), removed_at = null
                            where i.digest <> excluded.digest or i.removed_at is not null
                          returning key, revision, digest
                        ), kept as (
                          insert into item_revision (tenant, key, revision, digest) select $1, key, revision, digest from put
                        )
                        select key from put""")
                .execute(Tuple.of(
                        tenant,
                        ordered.keySet().toArray(String[]::new),
                        ordered.values().toArray(String[]::new)))
                .map(rows -> {
                    Set<String> changed = new HashSet<>();
                    for (Row row : rows) {
                        changed.add(row.getString(0));
                    }
                    return changed;
                });
    }

    /// What a key stood for.
    ///
    /// @param events how many events refer to that content
    /// @param image SHA-256 of its image, or null
    record Removed(long events, @Nullable String image) {}

    /// Lets keys stand for nothing.
    ///
    /// @param tenant whose items
    /// @param keys keys, in any number
    /// @return what each key stood for, where it stood for something
    Uni<Map<String, Removed>> remove(String tenant, Collection<String> keys) {
        return pool.preparedQuery("""
                        with gone as (
                          update item set removed_at = now()
                          where tenant = $1 and key = any($2) and removed_at is null
                          returning key, digest
                        )
                        select key, (select count(*) from event e where e.tenant = $1 and e.item = gone.digest)
                               + (select count(*) from event e
                                  where e.tenant = $1 and e.type = 'Chosen' and e.over @> array[gone.digest]),
                               (select c.image from content c where c.tenant = $1 and c.digest = gone.digest)
                        from gone""")
                .execute(Tuple.of(tenant, new java.util.TreeSet<>(keys).toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Removed> removed = HashMap.newHashMap(rows.size());
                    for (Row row : rows) {
                        removed.put(row.getString(0), new Removed(row.getLong(1), row.getString(2)));
                    }
                    return removed;
                });
    }

    private Uni<Set<String>> known(String tenant, Collection<String> digests) {
        return pool.preparedQuery("select digest from content where tenant = $1 and digest = any($2)")
                .execute(Tuple.of(tenant, digests.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> known = new HashSet<>();
                    for (Row row : rows) {
                        known.add(row.getString(0));
                    }
                    return known;
                });
    }

    private Uni<Void> insert(String tenant, Map<String, ItemContent> fresh, Map<ItemContent, String> images) {
        int n = fresh.size();
        String[] digests = new String[n];
        @Nullable String[] imageDigests = new String[n];
        @Nullable Integer[] imageBytes = new Integer[n];
        @Nullable String[] words = new String[n];
        String[] tags = new String[n];
        int i = 0;
        for (Map.Entry<String, ItemContent> entry : fresh.entrySet()) {
            ItemContent content = entry.getValue();
            byte[] image = content.image();
            digests[i] = entry.getKey();
            imageDigests[i] = images.get(content);
            imageBytes[i] = image == null ? null : image.length;
            words[i] = content.text();
            tags[i] = new io.vertx.core.json.JsonArray(content.tags()).encode();
            i++;
        }
        return pool.preparedQuery("""
                        insert into content (tenant, digest, image, image_bytes, words, tags)
                        select $1, c.digest, c.image, c.image_bytes, c.words,
                               array(select jsonb_array_elements_text(c.tags::jsonb))
                        from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[])
                          as c(digest, image, image_bytes, words, tags)
                        on conflict do nothing""")
                .execute(Tuple.from(new Object[] {tenant, digests, imageDigests, imageBytes, words, tags}))
                .replaceWithVoid();
    }

    private Uni<Map<ItemContent, String>> storeImages(String tenant, Collection<ItemContent> contents) {
        Map<ItemContent, String> digests = new java.util.IdentityHashMap<>();
        Map<String, byte[]> images = new LinkedHashMap<>();
        for (ItemContent content : contents) {
            byte[] image = content.image();
            if (image != null) {
                String digest = ContentDigest.ofImage(image);
                digests.put(content, digest);
                images.put(digest, image);
            }
        }
        if (images.isEmpty()) {
            return Uni.createFrom().item(digests);
        }
        List<Uni<ObjectStore.Written>> writes = new ArrayList<>();
        images.forEach((digest, image) ->
                writes.add(Uni.createFrom().completionStage(() -> store.create(object(tenant, digest), image))));
        // Lost means that the same bytes stand there already: the name is their digest.
        return Uni.join().all(writes).usingConcurrencyOf(8).andFailFast().replaceWith(digests);
    }

    private Uni<Optional<byte[]>> image(String tenant, @Nullable String digest) {
        if (digest == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.createFrom()
                .completionStage(() -> store.get(object(tenant, digest)))
                .map(found -> found.map(ObjectStore.Found::bytes));
    }

    static String object(String tenant, String imageDigest) {
        return "tenants/" + tenant + "/items/" + imageDigest;
    }
}
