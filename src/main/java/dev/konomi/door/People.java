package dev.konomi.door;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// From the apps' names for people to surrogate ids, which everything behind the door uses. The one table with
/// external ids is read and written here only.
@ApplicationScoped
public class People {
    private final Pool pool;

    People(Pool pool) {
        this.pool = pool;
    }

    /// @param tenant whose people
    /// @param user the app's name for a person
    /// @return the person's surrogate id, or empty when no event of theirs was ever recorded
    public Uni<Optional<Long>> find(String tenant, String user) {
        return pool.preparedQuery("select person_id from person where tenant = $1 and external_id = $2")
                .execute(Tuple.of(tenant, user))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getLong(0)));
    }

    /// Finds people and takes up those who are new.
    ///
    /// @param tenant whose people
    /// @param users the app's names
    /// @return surrogate ids by the app's names
    public Uni<Map<String, Long>> idsOf(String tenant, Collection<String> users) {
        String[] wanted = new TreeSet<>(users).toArray(String[]::new);
        return select(tenant, wanted).flatMap(found -> {
            if (found.size() == wanted.length) {
                return Uni.createFrom().item(found);
            }
            return pool.preparedQuery("""
                            insert into person (tenant, external_id)
                            select $1, u from unnest($2::text[]) u
                            where not exists (select 1 from person p where p.tenant = $1 and p.external_id = u)
                            order by u
                            on conflict do nothing""").execute(Tuple.of(tenant, wanted)).flatMap(done -> select(tenant, wanted));
        });
    }

    private Uni<Map<String, Long>> select(String tenant, String[] users) {
        return pool.preparedQuery(
                        "select external_id, person_id from person where tenant = $1 and external_id = any($2)")
                .execute(Tuple.of(tenant, users))
                .map(rows -> {
                    Map<String, Long> ids = HashMap.newHashMap(rows.size());
                    rows.forEach(row -> ids.put(row.getString(0), row.getLong(1)));
                    return ids;
                });
    }
}
