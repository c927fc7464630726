package dev.konomi.retrain;

import dev.konomi.door.Caller;
import dev.konomi.door.Outcome;
import dev.konomi.retrain.RetrainPolicy.Decision;
import dev.konomi.retrain.RetrainPolicy.Situation;
import dev.konomi.retrain.RetrainPolicy.Why;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every tenant's requests to retrain; at most one is open at a time. [TrainerQueue] is the trainer's side.
@ApplicationScoped
public class RetrainRequests {
    private final Pool pool;
    private final Clock clock;
    private final RetrainSettings settings;
    private final RetrainPolicy policy;

    RetrainRequests(Pool pool, Clock clock, RetrainSettings settings) {
        this.pool = pool;
        this.clock = clock;
        this.settings = settings;
        this.policy = new RetrainPolicy(settings);
    }

    /// @param caller whose model
    /// @param message a request or a question
    /// @return what became of it
    Uni<Outcome<RetrainAnswer>> answer(Caller caller, RetrainMessage message) {
        String tenant = caller.tenant();
        String reason = message.reason();
        if (message.asksOnly() || reason == null) {
            return newest(tenant).map(found -> Outcome.of(new RetrainAnswer(null, null, null, found.orElse(null))));
        }
        return situation(tenant)
                .flatMap(situation -> switch (policy.decide(situation)) {
                    case Decision.Accept() -> queue(tenant, reason);
                    case Decision.Decline(Why why, String detail) ->
                        newest(tenant)
                                .map(found -> new RetrainAnswer(false, why.wireName(), detail, found.orElse(null)));
                })
                .map(Outcome::of);
    }

    /// @param tenant whose
    /// @return the newest request
    public Uni<Optional<RetrainRequest>> newest(String tenant) {
        return pool.preparedQuery(SELECT + " where tenant = $1 order by id desc limit 1")
                .execute(Tuple.of(tenant))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(request(rows.iterator().next())));
    }

    private Uni<RetrainAnswer> queue(String tenant, String reason) {
        return pool.preparedQuery("""
                        insert into retrain_request (tenant, reason) values ($1, $2)
                        on conflict do nothing""")
                .execute(Tuple.of(tenant, reason))
                .flatMap(done -> newest(tenant).map(found -> {
                    if (done.rowCount() == 1) {
                        return new RetrainAnswer(true, null, null, found.orElse(null));
                    }
                    return new RetrainAnswer(
                            false,
                            Why.RUNNING.wireName(),
                            "Somebody else asked in the same moment: ask for its progress with {\"status\": true}.",
                            found.orElse(null));
                }));
    }

    // Nothing is counted further than the policy looks: these tables grow without end.
    private Uni<Situation> situation(String tenant) {
        return pool.preparedQuery("""
                        select exists (select 1 from retrain_request
                                       where tenant = $1 and state in ('queued', 'running')),
                               (select count(*) from (select 1 from event where tenant = $1 limit $2) e),
                               (select count(*) from (select 1 from person where tenant = $1 limit $3) p),
                               (select count(*) from (select 1 from event
                                                      where tenant = $1
                                                        and recorded_at > coalesce(last.started_at, '-infinity')
                                                      limit $4) n),
                               last.finished_at
                        from (select 1) one
                        left join lateral (select started_at, finished_at from retrain_request
                                           where tenant = $1 and state = 'done'
                                           order by id desc limit 1) last on true""")
                .execute(Tuple.of(tenant, (long) settings.leastEvents(), (long) settings.leastPeople(), (long)
                        settings.newEvents()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Situation(
                            row.getBoolean(0),
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            instant(row.getOffsetDateTime(4)),
                            clock.instant());
                });
    }

    private static final String SELECT = """
            select id, reason, state, requested_at, started_at, heartbeat_at, finished_at, attempts, stage, fraction,
                   message, verdict, release, failure, training::text
            from retrain_request""";

    private static RetrainRequest request(Row row) {
        return new RetrainRequest(
                row.getLong(0),
                row.getString(1),
                row.getString(2),
                row.getOffsetDateTime(3).toInstant(),
                instant(row.getOffsetDateTime(4)),
                instant(row.getOffsetDateTime(5)),
                instant(row.getOffsetDateTime(6)),
                row.getInteger(7),
                row.getString(8),
                row.getDouble(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                TrainingFigures.read(row.getString(14)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
