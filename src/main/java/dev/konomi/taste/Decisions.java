package dev.konomi.taste;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was answered to whom: exposure cannot be recovered afterwards.
@ApplicationScoped
class Decisions {
    private final Pool pool;

    Decisions(Pool pool) {
        this.pool = pool;
    }

    /// @param tenant whose person
    /// @param person surrogate id
    /// @param function which answered
    /// @param release which answered, or null
    /// @param ranked best first
    /// @return the decision's name
    Uni<String> keep(
            String tenant, long person, String function, @Nullable String release, List<ScoreAnswer.Ranked> ranked) {
        String decision = "dec_" + UUID.randomUUID().toString().replace("-", "");
        JsonArray ranking = new JsonArray();
        for (int i = 0; i < ranked.size(); i++) {
            ScoreAnswer.Ranked one = ranked.get(i);
            ranking.add(new JsonObject()
                    .put("position", i + 1)
                    .put("candidate", one.candidate())
                    .put("key", one.item().key())
                    .put("item", one.item().digest())
                    .put("score", one.score())
                    .put("probability", one.probability()));
        }
        return pool.preparedQuery("""
                        insert into decision (tenant, decision_id, person_id, function, release, ranking)
                        values ($1, $2, $3, $4, $5, $6)""")
                .execute(Tuple.of(tenant, decision, person, function, release, ranking))
                .replaceWith(decision);
    }
}
