package dev.konomi.retrain;

import dev.konomi.door.Caller;
import dev.konomi.door.Outcome;
import dev.konomi.door.RequestLog;
import dev.konomi.event.EventMessage;
import dev.konomi.event.SignalPolicy;
import dev.konomi.retrain.RetrainPolicy.Decision;
import dev.konomi.retrain.RetrainPolicy.Situation;
import dev.konomi.retrain.RetrainPolicy.Spent;
import dev.konomi.retrain.RetrainPolicy.Why;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Every tenant's requests to retrain; at most one is open at a time. [TrainerQueue] is the trainer's side. Waits for
/// the database and the queue on the calling thread.
@ApplicationScoped
public class RetrainRequests {
    private static final Logger LOG = Logger.getLogger(RetrainRequests.class);

    private final Pool pool;
    private final Clock clock;
    private final RetrainSettings settings;
    private final RetrainPolicy policy;
    private final DriftWatch drift;
    private final LostRequests lost;

    RetrainRequests(
            Pool pool,
            DataSource database,
            RetrainQueue queue,
            DriftWatch drift,
            Clock clock,
            RetrainSettings settings) {
        this.pool = pool;
        this.clock = clock;
        this.settings = settings;
        this.policy = new RetrainPolicy(settings);
        this.drift = drift;
        this.lost = new LostRequests(new TrainerQueue(database), queue, settings.silence());
    }

    /// @param caller whose model
    /// @param message a request or a question
    /// @return what became of it
    Outcome<RetrainAnswer> answer(Caller caller, RetrainMessage message) {
        String tenant = caller.tenant();
        if (message.asksOnly()) {
            return Outcome.of(new RetrainAnswer(
                    null, null, null, newest(tenant).await().indefinitely().orElse(null)));
        }
        return Outcome.of(
                message.checks()
                        ? check(tenant, caller.traceparent())
                        : ask(tenant, message.reason(), caller.traceparent()));
    }

    /// Looks after a request that got lost, and whether there is reason for a new one.
    ///
    /// @param tenant whose model
    /// @param traceparent the trace that a request made now belongs to, or null
    /// @return what became of it
    RetrainAnswer check(String tenant, @Nullable String traceparent) {
        lost.look(tenant);
        RetrainAnswer answer = ask(tenant, null, traceparent);
        RequestLog.figures("retrain", traceparent, ages(tenant));
        return answer;
    }

    /// @return in seconds: how old the newest release is, and for how long a request has been open
    private Map<String, Double> ages(String tenant) {
        Row row = pool.preparedQuery("""
                        select (select extract(epoch from now() - max(published_at))::float8 from release
                                where tenant = $1),
                               (select extract(epoch from now() - min(requested_at))::float8 from retrain_request
                                where tenant = $1 and state in ('queued', 'running'))""")
                .execute(Tuple.of(tenant))
                .await()
                .indefinitely()
                .iterator()
                .next();
        Map<String, Double> ages = new TreeMap<>();
        Optional.ofNullable(row.getDouble(0)).ifPresent(age -> ages.put("ReleaseAge", age));
        ages.put("QueueAge", Optional.ofNullable(row.getDouble(1)).orElse(0.0));
        return ages;
    }

    private RetrainAnswer ask(String tenant, @Nullable String operator, @Nullable String traceparent) {
        return switch (policy.decide(situation(tenant, operator == null), operator)) {
            case Decision.Accept(String reason) -> queue(tenant, reason, traceparent);
            case Decision.Decline(Why why, String detail) ->
                new RetrainAnswer(
                        false,
                        why.wireName(),
                        detail,
                        newest(tenant).await().indefinitely().orElse(null));
        };
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

    private RetrainAnswer queue(String tenant, String reason, @Nullable String traceparent) {
        RowSet<Row> inserted = pool.preparedQuery("""
                        insert into retrain_request (tenant, reason) values ($1, $2)
                        on conflict do nothing returning id""")
                .execute(Tuple.of(tenant, reason))
                .await()
                .indefinitely();
        RetrainRequest newest = newest(tenant).await().indefinitely().orElse(null);
        if (inserted.size() == 0) {
            return new RetrainAnswer(
                    false,
                    Why.RUNNING.wireName(),
                    "Somebody else asked in the same moment: ask for its progress with {\"status\": true}.",
                    newest);
        }
        Ticket ticket = new Ticket(tenant, inserted.iterator().next().getLong(0), reason, traceparent);
        try {
            lost.send(ticket);
        } catch (IllegalStateException unsent) {
            // The request stands; whoever looks next sends it.
            LOG.warnf("Request %d is not sent yet: %s", ticket.request(), unsent.getMessage());
        }
        return new RetrainAnswer(true, null, null, newest);
    }

    // Nothing is counted further than the policy looks: these tables grow without end.
    private Situation situation(String tenant, boolean lookForDrift) {
        Row row = pool.preparedQuery("""
                        select exists (select 1 from retrain_request
                                       where tenant = $1 and state in ('queued', 'running')),
                               (select count(*) from (select 1 from event where tenant = $1 limit $2) e),
                               (select count(*) from (select 1 from person where tenant = $1 limit $3) p),
                               (select count(*) from (select 1 from event
                                                      where tenant = $1 and type = any($5)
                                                        and recorded_at > coalesce(last.started_at, '-infinity')
                                                      limit $4) n),
                               last.finished_at, coalesce(last.machine_seconds, 0), month.seconds, month.cost
                        from (select coalesce(sum(machine_seconds), 0) as seconds,
                                     coalesce(sum(machine_seconds * price_per_hour) / 3600, 0) as cost
                              from retrain_request
                              where tenant = $1
                                and requested_at >= date_trunc('month', now(), 'UTC')) month
                        left join lateral (select started_at, finished_at, machine_seconds from retrain_request
                                           where tenant = $1 and state = 'done'
                                           order by id desc limit 1) last on true""")
                .execute(Tuple.of(
                        tenant,
                        (long) settings.leastEvents(),
                        (long) settings.leastPeople(),
                        (long) settings.newEvents(),
                        SignalPolicy.speaking().stream()
                                .map(EventMessage.Type::wireName)
                                .toArray(String[]::new)))
                .await()
                .indefinitely()
                .iterator()
                .next();
        Instant now = clock.instant();
        Instant lastEnded = instant(row.getOffsetDateTime(4));
        return new Situation(
                row.getBoolean(0),
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                lastEnded,
                new Spent(row.getDouble(6), row.getDouble(7), row.getDouble(5)),
                lookForDrift && lastEnded != null ? drift.look(tenant, lastEnded, now) : Drift.NONE,
                now);
    }

    private static final String SELECT = """
            select id, reason, state, requested_at, started_at, heartbeat_at, finished_at, attempts, stage, fraction,
                   message, verdict, release, failure, training::text, machine_seconds,
                   machine_seconds * price_per_hour / 3600
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
                TrainingFigures.read(row.getString(14)),
                row.getDouble(15),
                row.getDouble(16));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
