package dev.konomi.retrain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// The queue in PostgreSQL, for one machine or a handful. All times are the database's.
final class PostgresRetrainQueue implements RetrainQueue {
    private final DataSource database;

    /// @param database where the messages stand
    PostgresRetrainQueue(DataSource database) {
        this.database = database;
    }

    @Override
    public void send(Ticket ticket) {
        run("insert into retrain_message (tenant, body) values (?, ?)", ticket.tenant(), ticket.json());
    }

    @Override
    public Optional<Delivery> receive(Duration hidden) {
        return query(
                        """
                        update retrain_message
                        set visible_at = now() + make_interval(secs => ?), deliveries = deliveries + 1
                        where message_id = (select message_id from retrain_message
                                            where buried_at is null and visible_at <= now()
                                            order by message_id limit 1
                                            for update skip locked)
                        returning message_id, body, deliveries""",
                        row -> {
                            int deliveries = row.getInt(3);
                            return new Delivery(
                                    Ticket.read(row.getString(2)), deliveries, row.getLong(1) + "/" + deliveries);
                        },
                        seconds(hidden))
                .stream()
                .findFirst();
    }

    // A delivery whose time is up may be somebody else's by now: what is said with the older one changes nothing.
    @Override
    public void hide(Delivery delivery, Duration hidden) {
        run("""
                update retrain_message set visible_at = now() + make_interval(secs => ?)
                where message_id = ? and deliveries = ? and buried_at is null""", seconds(hidden), id(delivery), delivery.deliveries());
    }

    @Override
    public void done(Delivery delivery) {
        run(
                "delete from retrain_message where message_id = ? and deliveries = ? and buried_at is null",
                id(delivery),
                delivery.deliveries());
    }

    @Override
    public void bury(Ticket ticket, String reason) {
        run(
                "insert into retrain_message (tenant, body, buried_at, buried_because) values (?, ?, now(), ?)",
                ticket.tenant(),
                ticket.json(),
                reason);
    }

    @Override
    public List<Buried> buried() {
        return query(
                "select body, buried_because from retrain_message where buried_at is not null order by message_id desc limit 10",
                row -> new Buried(row.getString(1), row.getString(2)));
    }

    @Override
    public void close() {
        // The database is its owner's.
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static long id(Delivery delivery) {
        return Long.parseLong(delivery.receipt().substring(0, delivery.receipt().indexOf('/')));
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Reader<T> reader, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private void run(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            int changed = statement.executeUpdate();
            assert changed <= 1 : sql;
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static IllegalStateException unreachable(SQLException e) {
        return new IllegalStateException(
                "The queue of requests to retrain cannot be read or written: " + e.getMessage(), e);
    }
}
