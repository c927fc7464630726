package dev.konomi.event;

import dev.konomi.door.People;
import dev.konomi.item.ContentDigest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Every tenant's events. An event is written once and never changed.
@ApplicationScoped
public class Events {
    private final Pool pool;
    private final People people;

    Events(Pool pool, People people) {
        this.pool = pool;
        this.people = people;
    }

    /// What became of an event that was to be inserted.
    enum Fate {
        ACCEPTED,
        DUPLICATE,
        CONFLICT
    }

    /// An event as it is stored.
    record Row(
            String eventId,
            String user,
            String type,
            long at,
            @Nullable String item,
            List<String> over,
            @Nullable Double value,
            @Nullable String unit,
            @Nullable String comment,
            @Nullable String decision,
            @Nullable String ofEvent,
            @Nullable String correction,
            @Nullable String reason,
            @Nullable String by,
            String fingerprint) {

        static Row of(EventMessage message, TasteEvent event, @Nullable String item, List<String> over) {
            // A dwell is kept in seconds, whatever it came in.
            Double value =
                    event instanceof TasteEvent.Dwelled dwelled ? Double.valueOf(dwelled.seconds()) : message.value();
            return new Row(
                    message.eventId(),
                    message.user(),
                    message.type().wireName(),
                    message.at().toEpochMilli(),
                    item,
                    List.copyOf(over),
                    value,
                    event instanceof TasteEvent.Dwelled ? "s" : message.unit(),
                    message.comment(),
                    message.decision(),
                    message.ofEvent(),
                    message.correction(),
                    message.reason(),
                    message.by(),
                    ContentDigest.ofImage(message.canonical().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /// Inserts events in one statement; those whose id is taken stay out.
    ///
    /// @param tenant whose events
    /// @param rows events with different ids
    /// @return what became of each, by id
    Uni<Map<String, Fate>> insert(String tenant, List<Row> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        // Always in the same order, so that two batches with the same ids wait for each other and never in a circle.
        List<Row> ordered = new ArrayList<>(rows);
        ordered.sort(Comparator.comparing(Row::eventId));
        Set<String> users = new HashSet<>();
        ordered.forEach(row -> users.add(row.user()));
        return people.idsOf(tenant, users)
                .flatMap(ids -> pool.preparedQuery(INSERT).execute(Tuple.from(new Object[] {
                    tenant,
                    texts(ordered, Row::eventId),
                    ordered.stream().map(row -> ids.get(row.user())).toArray(Long[]::new),
                    texts(ordered, Row::type),
                    ordered.stream().map(Row::at).toArray(Long[]::new),
                    texts(ordered, Row::item),
                    texts(ordered, row -> row.over().isEmpty() ? null : String.join(",", row.over())),
                    ordered.stream().map(Row::value).toArray(Double[]::new),
                    texts(ordered, Row::unit),
                    texts(ordered, Row::comment),
                    texts(ordered, Row::decision),
                    texts(ordered, Row::ofEvent),
                    texts(ordered, Row::correction),
                    texts(ordered, Row::reason),
                    texts(ordered, Row::by),
                    texts(ordered, Row::fingerprint)
                })))
                .flatMap(inserted -> {
                    Map<String, Fate> fates = HashMap.newHashMap(ordered.size());
                    inserted.forEach(row -> fates.put(row.getString(0), Fate.ACCEPTED));
                    return fates.size() == ordered.size()
                            ? Uni.createFrom().item(fates)
                            : compare(tenant, ordered, fates);
                });
    }

    private Uni<Map<String, Fate>> compare(String tenant, List<Row> rows, Map<String, Fate> fates) {
        List<Row> taken =
                rows.stream().filter(row -> !fates.containsKey(row.eventId())).toList();
        return pool.preparedQuery("select event_id, fingerprint from event where tenant = $1 and event_id = any($2)")
                .execute(Tuple.of(tenant, texts(taken, Row::eventId)))
                .map(stored -> {
                    Map<String, String> fingerprints = new HashMap<>();
                    stored.forEach(row -> fingerprints.put(row.getString(0), row.getString(1)));
                    for (Row row : taken) {
                        fates.put(
                                row.eventId(),
                                row.fingerprint().equals(fingerprints.get(row.eventId()))
                                        ? Fate.DUPLICATE
                                        : Fate.CONFLICT);
                    }
                    return fates;
                });
    }

    private static @Nullable String[] texts(List<Row> rows, Function<Row, @Nullable String> column) {
        @Nullable String[] texts = new String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = column.apply(rows.get(i));
        }
        return texts;
    }

    private static final String INSERT = """
            insert into event (tenant, event_id, person_id, type, at_millis, item, over, value, unit, comment,
                               decision, of_event, correction, reason, corrected_by, fingerprint)
            select $1, e.event_id, e.person_id, e.type, e.at_millis, e.item,
                   coalesce(string_to_array(e.over, ','), '{}'), e.value, e.unit, e.comment,
                   e.decision, e.of_event, e.correction, e.reason, e.corrected_by, e.fingerprint
            from unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::float8[],
                        $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
                        $16::text[])
              as e(event_id, person_id, type, at_millis, item, over, value, unit, comment, decision, of_event,
                   correction, reason, corrected_by, fingerprint)
            on conflict (tenant, event_id) do nothing
            returning event_id""";
}
