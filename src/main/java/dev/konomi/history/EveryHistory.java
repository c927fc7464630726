package dev.konomi.history;

import dev.konomi.event.EventMessage;
import dev.konomi.event.SignalPolicy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the histories of all of a tenant's people in one pass, for training. Memory holds one
/// person at a time. Speaks JDBC, so that a process without the functions' framework can read too.
public final class EveryHistory {
    private static final int ROWS_AT_ONCE = 5_000;

    /// In the order of the index `event_by_person`.
    private static final String EVENTS = """
            select person_id, event_id, type, at_millis, item, over, value, correction, of_event
            from event where tenant = ? and type = any(?) and recorded_at <= ?
            order by person_id, at_millis desc, event_id desc""";

    private final HistoryBuilder builder;

    /// @param builder makes each person's history
    public EveryHistory(HistoryBuilder builder) {
        this.builder = builder;
    }

    /// Takes one person's history.
    @FunctionalInterface
    public interface Visitor {
        /// @param personId surrogate id
        /// @param history never empty
        void person(long personId, History history);
    }

    /// @param connection to the database; a transaction is begun and ended on it, one that is
    ///     open is committed first
    /// @param tenant whose people
    /// @param asOf epoch milliseconds: later events are left out; `Long.MAX_VALUE` for all
    /// @param visitor takes each person in ascending order of their ids; people who said
    ///     nothing are left out
    /// @return how many people there were
    /// @throws SQLException when the database fails
    public long read(Connection connection, String tenant, long asOf, Visitor visitor) throws SQLException {
        return read(connection, tenant, asOf, OffsetDateTime.MAX, visitor);
    }

    /// The same of what was recorded by a time: unlike with `asOf` alone, what comes in late changes
    /// nothing.
    ///
    /// @param connection to the database; a transaction is begun and ended on it, one that is
    ///     open is committed first
    /// @param tenant whose people
    /// @param asOf epoch milliseconds: later events are left out; `Long.MAX_VALUE` for all
    /// @param recordedBy events recorded later are left out, withdrawals too
    /// @param visitor takes each person in ascending order of their ids; people who said
    ///     nothing are left out
    /// @return how many people there were
    /// @throws SQLException when the database fails
    public long read(Connection connection, String tenant, long asOf, OffsetDateTime recordedBy, Visitor visitor)
            throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        // Outside a transaction the driver would fetch the whole result at once.
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, tenant);
            statement.setArray(2, connection.createArrayOf("text", types()));
            statement.setObject(3, recordedBy);
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows, asOf, visitor);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private long read(ResultSet rows, long asOf, Visitor visitor) throws SQLException {
        long people = 0;
        long person = 0;
        List<StoredEvent> events = new ArrayList<>();
        while (rows.next()) {
            long next = rows.getLong(1);
            if (!events.isEmpty() && next != person) {
                people += visit(person, events, asOf, visitor);
                events.clear();
            }
            person = next;
            events.add(event(rows));
        }
        return people + (events.isEmpty() ? 0 : visit(person, events, asOf, visitor));
    }

    private int visit(long person, List<StoredEvent> events, long asOf, Visitor visitor) {
        History history = builder.build(events, asOf);
        if (history.isEmpty()) {
            return 0;
        }
        visitor.person(person, history);
        return 1;
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        double number = row.getDouble(7);
        Double value = row.wasNull() ? null : Double.valueOf(number);
        return new StoredEvent(
                row.getString(2),
                EventMessage.Type.of(row.getString(3)),
                row.getLong(4),
                row.getString(5),
                texts(row.getArray(6)),
                value,
                "promote".equals(row.getString(8)),
                row.getString(9));
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }

    /// @return names of the types that say something
    static String[] speakingTypes() {
        return SignalPolicy.speaking().stream().map(EventMessage.Type::wireName).toArray(String[]::new);
    }

    private static String[] types() {
        return Stream.concat(Arrays.stream(speakingTypes()), Stream.of(EventMessage.Type.WITHDRAWN.wireName()))
                .toArray(String[]::new);
    }
}
