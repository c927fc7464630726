package dev.konomi.taste;

import dev.konomi.history.History;
import dev.konomi.item.Encoding;
import dev.konomi.taste.ItemVectorCache.ItemVector;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// People's tastes under a release: computed when their history changed, then kept in the database
/// and, of those asked for last, in memory. A function that starts finds there what another one
/// computed, and reads neither the history's encodings nor runs a graph over them.
@ApplicationScoped
class Tastes {
    private static final String LAST = """
            select release, history, taste, own, activations from taste_state
            where tenant = $1 and person_id = $2""";

    private static final String KEEP = """
            insert into taste_state (tenant, person_id, release, history, taste, own, activations)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (tenant, person_id) do update
              set release = excluded.release, history = excluded.history, taste = excluded.taste,
                  own = excluded.own, activations = excluded.activations, updated_at = now()""";

    private final Pool pool;
    private final Map<Owner, TasteState> kept;

    Tastes(Pool pool, TasteSettings settings) {
        this.pool = pool;
        int most = settings.people();
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Owner, TasteState> eldest) {
                return size() > most;
            }
        };
    }

    private record Owner(String tenant, long person) {}

    /// @param tenant whose person
    /// @param person surrogate id
    /// @return what was computed for them last, here or elsewhere, under whichever release
    Uni<Optional<TasteState>> last(String tenant, long person) {
        Owner owner = new Owner(tenant, person);
        synchronized (kept) {
            TasteState here = kept.get(owner);
            if (here != null) {
                return Uni.createFrom().item(Optional.of(here));
            }
        }
        return pool.preparedQuery(LAST).execute(Tuple.of(tenant, person)).map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            TasteState elsewhere = state(rows.iterator().next());
            synchronized (kept) {
                kept.putIfAbsent(owner, elsewhere);
            }
            return Optional.of(elsewhere);
        });
    }

    /// Computes, and waits, on the calling thread.
    ///
    /// @param release which answers
    /// @param tenant whose person
    /// @param person surrogate id, or null for somebody who is not known yet
    /// @param history what is known of them
    /// @param vectors of the history's items; observations about others are left out
    /// @param last what was computed for them last
    /// @return what the release makes of it
    Known of(
            LoadedRelease release,
            String tenant,
            @Nullable Long person,
            History history,
            Map<String, ItemVector> vectors,
            Optional<TasteState> last) {
        History used = history.within(vectors.keySet());
        Optional<Known> before = last.flatMap(state -> state.of(release.digest(), used));
        if (before.isPresent()) {
            return before.get();
        }
        ItemVectors items = ItemVectorCache.inOrder(used.items(), vectors).with(release.offsets(used.items()));
        Taste taste = release.model().taste(items, used.observations());
        if (person != null) {
            keep(
                    tenant,
                    person,
                    new TasteState(release.digest(), TasteState.fingerprint(used), taste),
                    !used.isEmpty());
        }
        return new Known(used, taste);
    }

    private void keep(String tenant, long person, TasteState state, boolean elsewhereToo) {
        if (elsewhereToo) {
            RowSet<Row> unused = pool.preparedQuery(KEEP).executeAndAwait(Tuple.from(new Object[] {
                tenant,
                person,
                state.release(),
                state.history(),
                buffer(state.taste().vector()),
                buffer(state.taste().own()),
                buffer(state.taste().activations())
            }));
        }
        synchronized (kept) {
            kept.put(new Owner(tenant, person), state);
        }
    }

    private static TasteState state(Row row) {
        return new TasteState(
                row.getString(0), row.getString(1), new Taste(floats(row, 2), floats(row, 3), floats(row, 4)));
    }

    private static float[] floats(Row row, int column) {
        return Encoding.floats(row.getBuffer(column).getBytes());
    }

    private static Buffer buffer(float[] values) {
        return Buffer.buffer(Objects.requireNonNull(Encoding.bytes(values)));
    }
}
