package dev.konomi.retrain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The trainer's side of the requests to retrain: take one up, prove to be alive, say how it gets on, close it.
/// Plain JDBC: a trainer is a process without the functions' framework. All times are the database's.
///
/// A trainer that has not been heard of for [#STALE] may be succeeded by another one. What is said with an older
/// claim is ignored from then on, and whoever said it is told by [Superseded].
public final class TrainerQueue {
    /// How long a trainer may be silent before another one takes its request over.
    public static final Duration STALE = Duration.ofSeconds(30);

    /// How often a trainer says that it is alive.
    public static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final DataSource database;
    private final double pricePerHour;

    /// @param database where the requests stand
    public TrainerQueue(DataSource database) {
        this(database, 0);
    }

    /// @param database where the requests stand
    /// @param pricePerHour of the machine that claims requests
    public TrainerQueue(DataSource database, double pricePerHour) {
        this.database = database;
        this.pricePerHour = pricePerHour;
    }

    /// A request that a trainer works on.
    ///
    /// @param tenant whose
    /// @param id the request
    /// @param reason why it was made
    /// @param trainer who works on it
    /// @param attempt how many trainers took it up, this one included
    /// @param until events recorded later are left to the next training, so that a second trainer
    ///     sees the same ones
    /// @param seconds that trainers before this one spent in training
    public record Claim(
            String tenant, long id, String reason, String trainer, int attempt, Instant until, double seconds) {}

    /// Thrown when another trainer has taken the request over, or somebody closed it: stop working.
    public static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Superseded(Claim claim) {
            super("Request " + claim.id() + " of tenant '" + claim.tenant() + "' is no longer worked on by '"
                    + claim.trainer() + "': another trainer took it over, or it was closed.");
        }
    }

    /// Takes up the tenant's open request, if no living trainer has it. A trainer of the same name is taken to be dead.
    ///
    /// @param tenant whose request
    /// @param trainer the trainer's name, different for every trainer that may live at the same time
    /// @return the claim, or empty when nothing waits
    public Optional<Claim> claim(String tenant, String trainer) {
        return query(
                """
                update retrain_request r
                set state = 'running', trainer = ?, attempts = r.attempts + 1, heartbeat_at = now(),
                    started_at = coalesce(r.started_at, now()), price_per_hour = ?
                from (select id from retrain_request
                      where tenant = ?
                        and (state = 'queued'
                             or state = 'running' and (trainer = ? or heartbeat_at is null
                                                       or heartbeat_at < now() - make_interval(secs => ?)))
                      for update skip locked) o
                where r.tenant = ? and r.id = o.id
                returning r.id, r.reason, r.attempts, r.started_at, r.seconds""",
                row -> new Claim(
                        tenant,
                        row.getLong(1),
                        row.getString(2),
                        trainer,
                        row.getInt(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getDouble(5)),
                trainer,
                pricePerHour,
                tenant,
                trainer,
                (double) STALE.toSeconds(),
                tenant);
    }

    /// Opens a request past the policy: somebody starts a trainer by hand.
    ///
    /// @param tenant whose
    /// @param reason why
    /// @return false when one is open already
    public boolean open(String tenant, String reason) {
        return update(
                        "insert into retrain_request (tenant, reason) values (?, ?) on conflict do nothing",
                        tenant,
                        reason)
                == 1;
    }

    /// A request of which nothing has been heard for a while.
    ///
    /// @param ticket to send it with
    /// @param open the request as it stands
    /// @param last what was last heard of it, in words
    record Silent(Ticket ticket, Open open, String last) {}

    /// @param tenant whose
    /// @param silence for how long nothing must have been heard or sent
    /// @return the open request, if it has been silent for so long
    Optional<Silent> silent(String tenant, Duration silence) {
        return query(
                """
                select id, state = 'running', trainer, attempts, coalesce(extract(epoch from now() - heartbeat_at), 0),
                       reason, coalesce(stage || ' (' || message || ')', 'nothing')
                from retrain_request
                where tenant = ? and state in ('queued', 'running')
                  and coalesce(greatest(heartbeat_at, sent_at), '-infinity') < now() - make_interval(secs => ?)""",
                row -> new Silent(
                        new Ticket(tenant, row.getLong(1), row.getString(6), null),
                        new Open(row.getLong(1), row.getBoolean(2), row.getString(3), row.getInt(4), row.getDouble(5)),
                        row.getString(7)),
                tenant,
                silence.toMillis() / 1_000.0);
    }

    /// @param ticket what was sent just now
    void sent(Ticket ticket) {
        int noted = update(
                "update retrain_request set sent_at = now() where tenant = ? and id = ?",
                ticket.tenant(),
                ticket.request());
        assert noted <= 1;
    }

    /// Closes a request that is given up, if it is open still.
    ///
    /// @param ticket what was asked for
    /// @param failure what went wrong and what to do
    public void giveUp(Ticket ticket, String failure) {
        int closed = update("""
                        update retrain_request set state = 'failed', finished_at = now(), failure = ?
                        where tenant = ? and id = ? and state in ('queued', 'running')""", failure, ticket.tenant(), ticket.request());
        assert closed <= 1;
    }

    /// @param tenant whose
    /// @param id of a request
    /// @return why it failed, or empty when it did not, or not yet
    public Optional<String> failure(String tenant, long id) {
        return query(
                "select failure from retrain_request where tenant = ? and id = ? and state = 'failed'",
                row -> row.getString(1),
                tenant,
                id);
    }

    /// The open request as it stands, whoever works on it.
    ///
    /// @param id the request
    /// @param running whether a trainer took it up
    /// @param trainer who did last, or null
    /// @param attempts how many did
    /// @param silent since when nobody was heard of, in seconds; 0 when nobody took it up
    public record Open(long id, boolean running, @Nullable String trainer, int attempts, double silent) {
        /// @return whether no living trainer has it
        public boolean waits() {
            return !running || silent > STALE.toSeconds();
        }
    }

    /// @param tenant whose
    /// @return the open request
    public Optional<Open> open(String tenant) {
        return query(
                """
                select id, state = 'running', trainer, attempts, coalesce(extract(epoch from now() - heartbeat_at), 0)
                from retrain_request where tenant = ? and state in ('queued', 'running')""",
                row -> new Open(row.getLong(1), row.getBoolean(2), row.getString(3), row.getInt(4), row.getDouble(5)),
                tenant);
    }

    /// Says that the trainer is alive and what it does.
    ///
    /// @param claim its claim
    /// @param stage see [RetrainRequest#stage]
    /// @param fraction how much of the whole is done, 0 to 1
    /// @param message the stage in words
    /// @param seconds spent in training so far, by trainers before this one too
    /// @throws Superseded when the request is no longer this trainer's
    public void beat(Claim claim, String stage, double fraction, String message, double seconds) {
        fenced(claim, """
                update retrain_request
                set %s, stage = ?, fraction = ?, message = ?, seconds = ?
                where tenant = ? and id = ? and trainer = ? and attempts = ? and state = 'running'""".formatted(ALIVE), stage, Math.clamp(fraction, 0, 1), message, seconds);
    }

    /// Closes a request that came to a verdict.
    ///
    /// @param claim its claim
    /// @param verdict `promote` or `refuse`
    /// @param release digest of the release that was made, or null when its export was no release
    /// @param refusal why it is not served, or null
    /// @param figures what training took
    /// @throws Superseded when the request is no longer this trainer's
    public void finish(
            Claim claim, String verdict, @Nullable String release, @Nullable String refusal, TrainingFigures figures) {
        fenced(claim, """
                update retrain_request
                set state = 'done', finished_at = now(), %s, fraction = 1, verdict = ?, release = ?,
                    failure = ?, training = ?::jsonb
                where tenant = ? and id = ? and trainer = ? and attempts = ? and state = 'running'""".formatted(ALIVE), verdict, release, refusal, figures.json());
    }

    /// Closes a request that no repetition would help.
    ///
    /// @param claim its claim
    /// @param failure what went wrong and what to do
    /// @throws Superseded when the request is no longer this trainer's
    public void fail(Claim claim, String failure) {
        fenced(claim, """
                update retrain_request set state = 'failed', finished_at = now(), %s, failure = ?
                where tenant = ? and id = ? and trainer = ? and attempts = ? and state = 'running'""".formatted(ALIVE), failure);
    }

    /// Closes an open request whose trainers all died.
    ///
    /// @param tenant whose
    /// @param open the request as it was seen; one that was taken up since stays open
    /// @param failure what went wrong and what to do
    /// @return whether it was closed
    public boolean abandon(String tenant, Open open, String failure) {
        return update("""
                        update retrain_request set state = 'failed', finished_at = now(), failure = ?
                        where tenant = ? and id = ? and attempts = ? and state in ('queued', 'running')""", failure, tenant, open.id(), open.attempts()) == 1;
    }

    // What the machine costs is counted from one sign of life to the next, across all trainers of the request.
    private static final String ALIVE = """
            machine_seconds = machine_seconds + coalesce(extract(epoch from now() - heartbeat_at), 0),
                    heartbeat_at = now()""";

    private void fenced(Claim claim, String sql, @Nullable Object... values) {
        @Nullable Object[] all = java.util.Arrays.copyOf(values, values.length + 4);
        all[values.length] = claim.tenant();
        all[values.length + 1] = claim.id();
        all[values.length + 2] = claim.trainer();
        all[values.length + 3] = claim.attempt();
        if (update(sql, all) != 1) {
            throw new Superseded(claim);
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> query(String sql, Reader<T> reader, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private int update(String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static IllegalStateException unreachable(SQLException e) {
        return new IllegalStateException("The requests to retrain cannot be read or written: " + e.getMessage(), e);
    }
}
