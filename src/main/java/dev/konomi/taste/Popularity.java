package dev.konomi.taste;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// What everybody likes, counted: the answer as long as no release is published.
@ApplicationScoped
class Popularity {
    private static final String VOTES = """
            select item, sum(likes)::bigint, sum(dislikes)::bigint from (
              select e.item,
                     count(*) filter (where e.type in ('Liked', 'Chosen', 'Ordered', 'Converted')
                                         or (e.type = 'Corrected' and e.correction = 'promote')) as likes,
                     count(*) filter (where e.type in ('Disliked', 'Returned')
                                         or (e.type = 'Corrected' and e.correction = 'demote')) as dislikes
              from event e
              where e.tenant = $1 and e.item = any($2)
                and not exists (select 1 from event w where w.tenant = $1 and w.person_id = e.person_id
                                and w.of_event = e.event_id and w.type = 'Withdrawn')
              group by e.item
              union all
              select o.item, 0, count(*)
              from event e, unnest(e.over) as o(item)
              where e.tenant = $1 and e.type = 'Chosen' and e.over && $2 and o.item = any($2)
                and not exists (select 1 from event w where w.tenant = $1 and w.person_id = e.person_id
                                and w.of_event = e.event_id and w.type = 'Withdrawn')
              group by o.item
            ) as votes group by item""";

    private final Pool pool;

    Popularity(Pool pool) {
        this.pool = pool;
    }

    /// What people's events said about an item.
    ///
    /// @param likes how often it was liked, chosen, ordered, converted or promoted
    /// @param dislikes how often it was disliked, left, returned or demoted
    record Votes(long likes, long dislikes) {
        static final Votes NONE = new Votes(0, 0);

        /// @return log-odds of a like, one like and one dislike assumed before any was seen
        double score() {
            return Math.log((likes + 1.0) / (dislikes + 1.0));
        }
    }

    /// @param tenant whose events
    /// @param digests content digests
    /// @return votes by content digest; items without any are left out
    Uni<Map<String, Votes>> votes(String tenant, Collection<String> digests) {
        return pool.preparedQuery(VOTES)
                .execute(Tuple.of(tenant, digests.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Votes> votes = HashMap.newHashMap(rows.size());
                    for (Row row : rows) {
                        votes.put(row.getString(0), new Votes(row.getLong(1), row.getLong(2)));
                    }
                    return votes;
                });
    }
}
