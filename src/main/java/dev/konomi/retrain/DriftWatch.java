package dev.konomi.retrain;

import dev.konomi.retrain.DriftMonitor.Choice;
import dev.konomi.retrain.DriftMonitor.State;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Follows what people choose of what they were shown, hour by hour, and keeps the sums of [DriftMonitor] in
/// PostgreSQL: each look reads only what came since the last.
///
/// A choice is an event `Chosen`, or a like and a dislike, of items of one decision, which the event cites. An hour is
/// looked at when it is over; in an hour a person counts once, so that nobody can raise an alarm alone in an
/// afternoon.
@ApplicationScoped
class DriftWatch {
    /// A transaction may still be on its way when the hour it began in is over.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int MOST_CHOICES = 5_000;
    private static final double NEVER_ZERO = 1e-6;

    private final Pool pool;
    private final DriftMonitor monitor;

    DriftWatch(Pool pool, RetrainSettings settings) {
        this.pool = pool;
        this.monitor = new DriftMonitor(settings.driftFalseAlarms());
    }

    private record Kept(Instant until, State state) {}

    /// @param tenant whose
    /// @param since end of the last training: what was answered or chosen before is of another release
    /// @param now the time
    /// @return what is known of drift now
    Drift look(String tenant, Instant since, Instant now) {
        Optional<Kept> kept = kept(tenant, since);
        Kept before = kept.orElse(new Kept(since, State.NONE));
        Instant end = now.minus(PATIENCE).truncatedTo(ChronoUnit.HOURS);
        if (!before.until().isBefore(end)) {
            return drift(before.state());
        }
        List<Row> rows = rows(tenant, since, before.until(), end);
        if (rows.size() == MOST_CHOICES) {
            // The last hour may be cut: it is read whole the next time.
            Instant last = instant(rows.getLast(), 0);
            if (instant(rows.getFirst(), 0).isBefore(last)) {
                end = last;
                rows.removeIf(row -> !instant(row, 0).isBefore(last));
            }
        }
        State state = before.state();
        for (Row row : rows) {
            Optional<Choice> choice = choice(row);
            if (choice.isPresent()) {
                state = monitor.after(state, choice.get());
            }
        }
        keep(tenant, since, before.until(), new Kept(end, state), kept.isPresent());
        return drift(state);
    }

    private Drift drift(State state) {
        return new Drift(monitor.drifted(state), state.outcomes(), state.loss(), state.promised());
    }

    private Optional<Kept> kept(String tenant, Instant since) {
        RowSet<Row> rows = pool.preparedQuery("""
                        select until, outcomes, loss, promised, evidence from drift
                        where tenant = $1 and since = $2""")
                .execute(Tuple.of(tenant, time(since)))
                .await()
                .indefinitely();
        for (Row row : rows) {
            Double[] evidence = row.getArrayOfDoubles(4);
            if (evidence.length == DriftMonitor.LEFT.size()) {
                return Optional.of(new Kept(
                        instant(row, 0),
                        new State(row.getLong(1), row.getDouble(2), row.getDouble(3), Arrays.asList(evidence))));
            }
        }
        return Optional.empty();
    }

    // Of two looks at once the one that comes second changes nothing.
    private void keep(String tenant, Instant since, Instant before, Kept kept, boolean goesOn) {
        State state = kept.state();
        pool.preparedQuery("""
                        insert into drift (tenant, since, until, outcomes, loss, promised, evidence)
                        values ($1, $2, $3, $4, $5, $6, $7)
                        on conflict (tenant) do update
                        set since = $2, until = $3, outcomes = $4, loss = $5, promised = $6, evidence = $7
                        where drift.since <> $2 or (drift.until = $8 or not $9)""")
                .execute(Tuple.from(new Object[] {
                    tenant,
                    time(since),
                    time(kept.until()),
                    state.outcomes(),
                    state.loss(),
                    state.promised(),
                    state.evidence().toArray(Double[]::new),
                    time(before),
                    goesOn
                }))
                .await()
                .indefinitely();
    }

    private List<Row> rows(String tenant, Instant since, Instant from, Instant to) {
        List<Row> rows = new ArrayList<>();
        pool.preparedQuery(CHOICES)
                .execute(Tuple.of(tenant, time(since), time(from), time(to), MOST_CHOICES))
                .await()
                .indefinitely()
                .forEach(rows::add);
        return rows;
    }

    private static Optional<Choice> choice(Row row) {
        JsonObject probabilities = row.getJsonObject(3);
        String chosen = row.getString(1);
        if (probabilities == null || !probabilities.containsKey(chosen)) {
            return Optional.empty();
        }
        List<Double> logOdds = new ArrayList<>();
        logOdds.add(logOdds(probabilities.getDouble(chosen)));
        for (String other : row.getArrayOfStrings(2)) {
            if (!probabilities.containsKey(other)) {
                return Optional.empty();
            }
            logOdds.add(logOdds(probabilities.getDouble(other)));
        }
        return Optional.of(new Choice(logOdds, 0));
    }

    private static double logOdds(double probability) {
        double p = Math.clamp(probability, NEVER_ZERO, 1 - NEVER_ZERO);
        return Math.log(p / (1 - p));
    }

    private static Instant instant(Row row, int column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static final String CHOICES = """
            select distinct on (hour, person_id) hour, chosen, others,
                   (select jsonb_object_agg(r ->> 'item', r -> 'probability')
                    from jsonb_array_elements(ranking) r
                    where r ->> 'item' = chosen or r ->> 'item' = any(others))
            from (select date_trunc('hour', e.recorded_at, 'UTC') as hour, e.person_id, e.recorded_at, e.event_id,
                         d.ranking,
                         case e.type when 'Disliked' then o.item else e.item end as chosen,
                         case e.type when 'Chosen' then e.over when 'Liked' then array[o.item] else array[e.item] end
                           as others
                  from event e
                  join decision d on d.tenant = e.tenant and d.decision_id = e.decision and d.person_id = e.person_id
                                 and d.release is not null and d.at > $2
                  left join lateral (
                      select f.item from event f
                      where e.type <> 'Chosen' and f.tenant = e.tenant and f.person_id = e.person_id
                        and f.decision = e.decision
                        and f.type = case e.type when 'Liked' then 'Disliked' else 'Liked' end
                        and (f.recorded_at, f.event_id) < (e.recorded_at, e.event_id)
                      order by f.at_millis desc limit 1) o on true
                  where e.tenant = $1 and e.recorded_at >= $3 and e.recorded_at < $4
                    and e.type in ('Chosen', 'Liked', 'Disliked') and e.decision is not null
                    and (e.type = 'Chosen' or o.item is not null)) c
            order by hour, person_id, recorded_at, event_id
            limit $5""";
}
