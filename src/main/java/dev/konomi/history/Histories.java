package dev.konomi.history;

import dev.konomi.event.EventMessage;
import dev.konomi.event.SignalPolicy;
import dev.konomi.event.SignalSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/// One person's history out of the database, for answering questions.
@ApplicationScoped
public class Histories {
    /// Few events say nothing, so that one page nearly always fills a history.
    private static final int ROWS_AT_ONCE = 128;

    /// In the order of the index `event_by_person`. What is withdrawn is left out here already: a
    /// withdrawal may be far older or newer than the page.
    private static final String NEWEST = """
            select event_id, type, at_millis, item, over, value, correction
            from event e
            where tenant = $1 and person_id = $2 and type = any($3) and (at_millis, event_id) < ($4, $5)
              and not exists (select 1 from event w where w.tenant = $1 and w.person_id = $2
                              and w.of_event = e.event_id and w.type = 'Withdrawn')
            order by at_millis desc, event_id desc limit $6""";

    private final Pool pool;
    private final HistoryBuilder builder;

    Histories(Pool pool, SignalSettings settings) {
        this.pool = pool;
        this.builder = new HistoryBuilder(new SignalPolicy(settings), HistoryBuilder.LONGEST);
    }

    /// @param tenant whose person
    /// @param personId surrogate id
    /// @return what is known now, at most [HistoryBuilder#LONGEST] observations
    public Uni<History> of(String tenant, long personId) {
        return of(tenant, personId, Long.MAX_VALUE - 1);
    }

    /// @param tenant whose person
    /// @param personId surrogate id
    /// @param asOf epoch milliseconds; what happened later is left out
    /// @return what was known then, at most [HistoryBuilder#LONGEST] observations
    public Uni<History> of(String tenant, long personId, long asOf) {
        return page(tenant, personId, asOf + 1, "", new ArrayList<>());
    }

    private Uni<History> page(String tenant, long personId, long before, String beforeEvent, List<StoredEvent> events) {
        return pool.preparedQuery(NEWEST)
                .execute(Tuple.of(tenant, personId, EveryHistory.speakingTypes(), before, beforeEvent, ROWS_AT_ONCE))
                .flatMap(rows -> {
                    for (Row row : rows) {
                        events.add(event(row));
                    }
                    if (rows.size() < ROWS_AT_ONCE || builder.isFull(events)) {
                        return Uni.createFrom().item(builder.build(events));
                    }
                    StoredEvent oldest = events.getLast();
                    return page(tenant, personId, oldest.at(), oldest.eventId(), events);
                });
    }

    private static StoredEvent event(Row row) {
        return new StoredEvent(
                row.getString(0),
                EventMessage.Type.of(row.getString(1)),
                row.getLong(2),
                row.getString(3),
                List.of(row.getArrayOfStrings(4)),
                row.getDouble(5),
                "promote".equals(row.getString(6)),
                null);
    }
}
