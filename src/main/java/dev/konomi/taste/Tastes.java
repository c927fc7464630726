package dev.konomi.taste;

import dev.konomi.history.History;
import dev.konomi.item.Encoding;
import dev.konomi.taste.ItemVectorCache.ItemVector;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// People's tastes under a release: computed when their history changed, kept in memory for those
/// asked for last, and written to the database. The history's content decides, not its length or
/// time: a late or withdrawn event changes the taste like any other.
@ApplicationScoped
class Tastes {
    private static final String KEEP = """
            insert into taste_state (tenant, person_id, release, watermark_millis, watermark_event, taste, activations)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (tenant, person_id, release) do update
              set watermark_millis = excluded.watermark_millis, watermark_event = excluded.watermark_event,
                  taste = excluded.taste, activations = excluded.activations, updated_at = now()""";

    private final Pool pool;
    private final Map<Owner, Kept> kept;

    Tastes(Pool pool, TasteSettings settings) {
        this.pool = pool;
        int most = settings.people();
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Owner, Kept> eldest) {
                return size() > most;
            }
        };
    }

    private record Owner(String tenant, long person) {}

    private record Kept(String release, History history, Taste taste) {
        boolean is(String digest, History now) {
            return release.equals(digest) && history.equals(now);
        }
    }

    /// Computes, and waits, on the calling thread.
    ///
    /// @param release which answers
    /// @param tenant whose person
    /// @param person surrogate id, or null for somebody who is not known yet
    /// @param history what is known of them
    /// @param vectors of the history's items; observations about others are left out
    /// @return what the release makes of it
    Known of(
            LoadedRelease release,
            String tenant,
            @Nullable Long person,
            History history,
            Map<String, ItemVector> vectors) {
        History used = history.within(vectors.keySet());
        ItemVectors items = ItemVectorCache.inOrder(used.items(), vectors);
        if (person == null) {
            return new Known(used, items, release.model().taste(items, used.observations()));
        }
        Owner owner = new Owner(tenant, person);
        Kept before;
        synchronized (kept) {
            before = kept.get(owner);
        }
        if (before != null && before.is(release.digest(), used)) {
            return new Known(used, items, before.taste());
        }
        Taste taste = release.model().taste(items, used.observations());
        if (!used.isEmpty()) {
            keep(release.digest(), tenant, person, used, taste).await().indefinitely();
        }
        synchronized (kept) {
            kept.put(owner, new Kept(release.digest(), used, taste));
        }
        return new Known(used, items, taste);
    }

    private Uni<Void> keep(String release, String tenant, long person, History history, Taste taste) {
        return pool.preparedQuery(KEEP)
                .execute(Tuple.from(new Object[] {
                    tenant,
                    person,
                    release,
                    history.observations().getLast().at(),
                    history.events().getLast(),
                    buffer(taste.vector()),
                    buffer(taste.activations())
                }))
                .replaceWithVoid();
    }

    private static Buffer buffer(float[] values) {
        return Buffer.buffer(Objects.requireNonNull(Encoding.bytes(values)));
    }
}
