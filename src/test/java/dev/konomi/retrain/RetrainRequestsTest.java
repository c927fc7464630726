package dev.konomi.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.MigratedDatabase;
import dev.konomi.retrain.RetrainQueue.Delivery;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What the functions' side makes of a town's events, in a real PostgreSQL.
class RetrainRequestsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Pool POOL =
            PgBuilder.pool().connectingTo(MigratedDatabase.url()).using(VERTX).build();
    private static final RetrainSettings SETTINGS = TestRetrainSettings.of(Map.of(
            "konomi.retrain.least-events", "40",
            "konomi.retrain.least-people", "10",
            "konomi.retrain.new-events", "100000",
            "konomi.retrain.price-per-hour", "3.6"));

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final DataSource database = MigratedDatabase.dataSource();
    private final RetrainQueue queue = new PostgresRetrainQueue(database);
    private final TrainerQueue trainers = new TrainerQueue(database, 3.6);
    private String tenant = "";

    @BeforeEach
    void ownTenant(TestInfo test) {
        tenant = "r" + Integer.toHexString(test.getDisplayName().hashCode());
        run("delete from retrain_message");
    }

    @AfterAll
    static void close() {
        POOL.closeAndAwait();
        VERTX.closeAndAwait();
    }

    @Test
    void enoughNewsIsQueuedOnceAndSentWithTheRequestsNumber() {
        people();
        choices("true", 3);
        RetrainRequests requests = requests(SETTINGS);
        RetrainAnswer first = requests.check(tenant, TRACE);
        assertEquals(true, first.accepted());
        RetrainRequest request = given(first.request());
        Delivery sent = queue.receive(Duration.ofMinutes(1)).orElseThrow();
        assertEquals(new Ticket(tenant, request.id(), "news: nothing has been trained yet", TRACE), sent.ticket());
        assertEquals("running", requests.check(tenant, TRACE).why());
        assertTrue(queue.receive(Duration.ofMinutes(1)).isEmpty());
    }

    @Test
    void peopleWhoChooseAsForetoldAreNoReasonToRetrain() {
        people();
        trained(3, 60);
        choices("random() < 0.94", 48);
        RetrainAnswer answer = requests(SETTINGS).check(tenant, TRACE);
        assertEquals("nothing-new", answer.why(), answer::toString);
        assertEquals(48 * 30, count("select outcomes from drift where tenant = ?"));
    }

    @Test
    void peopleWhoNoLongerChooseAsForetoldAreOneAndEachLookReadsOnlyWhatIsNew() {
        people();
        trained(3, 60);
        choices("random() < 0.94", 24);
        RetrainRequests requests = requests(SETTINGS);
        assertEquals("nothing-new", requests.check(tenant, TRACE).why());
        int seen = count("select outcomes from drift where tenant = ?");
        assertEquals("nothing-new", requests.check(tenant, TRACE).why());
        assertEquals(seen, count("select outcomes from drift where tenant = ?"), "nothing counts twice");
        // The hours seen so far lie before; now tastes have changed.
        run("update drift set until = until - interval '8 hours' where tenant = '" + tenant + "'");
        run("delete from event where recorded_at > now() - interval '10 hours' and tenant = '" + tenant + "'");
        choices("random() < 0.5", 6);
        RetrainAnswer answer = requests.check(tenant, TRACE);
        assertEquals(true, answer.accepted(), answer::toString);
        String reason = given(answer.request()).reason();
        assertTrue(reason.startsWith("drift: log-loss "), reason);
        assertEquals(seen + 6 * 30, count("select outcomes from drift where tenant = ?"));
    }

    @Test
    void aMonthsBudgetEndsTrainingWithTheFigures() {
        people();
        choices("true", 3);
        trained(1, 35_900);
        RetrainRequests requests = requests(SETTINGS);
        RetrainAnswer answer =
                requests.answer(new dev.konomi.door.Caller(tenant), new RetrainMessage("now", null, null))
                                instanceof dev.konomi.door.Outcome.Answered<RetrainAnswer>(RetrainAnswer said)
                        ? said
                        : null;
        assertNotNull(answer);
        assertEquals("over-budget", answer.why(), answer::toString);
        assertEquals(35.9, given(answer.request()).cost(), 1e-9);
    }

    @Test
    void aRequestThatWasNeverSentIsSentAndOneThatThreeTrainersDiedOfIsBuriedWithItsLastWords() {
        people();
        choices("true", 3);
        RetrainRequests requests = requests(SETTINGS);
        assertTrue(trainers.open(tenant, "its message got lost"));
        assertEquals("running", requests.check(tenant, TRACE).why());
        assertEquals(
                "its message got lost",
                queue.receive(Duration.ofMinutes(1)).orElseThrow().ticket().reason());
        for (int i = 0; i < RetrainQueue.MOST_DELIVERIES; i++) {
            trainers.beat(trainers.claim(tenant, "spot").orElseThrow(), "stage-one", 0.5, "step 40 of 80", 1);
        }
        assertEquals("running", requests.check(tenant, TRACE).why());
        run("update retrain_request set heartbeat_at = now() - interval '16 minutes',"
                + " sent_at = now() - interval '2 hours' where tenant = '" + tenant + "'");
        assertEquals(true, requests.check(tenant, TRACE).accepted(), "a new one takes its place");
        RetrainQueue.Buried buried = queue.buried().getFirst();
        assertTrue(
                buried.reason().contains("3 trainers ended") && buried.reason().contains("stage-one (step 40 of 80)"),
                buried::reason);
    }

    private static RetrainRequest given(@Nullable RetrainRequest request) {
        assertNotNull(request);
        return request;
    }

    private RetrainRequests requests(RetrainSettings settings) {
        return new RetrainRequests(POOL, database, queue, new DriftWatch(POOL, settings), Clock.systemUTC(), settings);
    }

    private void people() {
        run("insert into person (tenant, external_id) select '" + tenant + "', 'p' || i from generate_series(1, 30) i");
    }

    /// A training that came to a verdict.
    private void trained(double daysAgo, double seconds) {
        run(
                "insert into retrain_request (tenant, reason, state, started_at, finished_at, machine_seconds, price_per_hour)"
                        + " select '" + tenant + "', 'before', 'done', at, at, " + seconds + ", 3.6"
                        + " from (select now() - interval '1 day' * " + daysAgo + " as at) t");
    }

    /// In each of the last hours everybody is shown two items, one of them with a probability of 0.8 and the other
    /// with 0.2, which are 0.94 and 0.06 between the two, and chooses: in every other hour by a like and a dislike.
    ///
    /// @param foretold SQL, whether somebody chooses what was foretold
    private void choices(String foretold, int hours) {
        run("""
                with shown as materialized (
                    select h, p.person_id, now() - interval '1 hour' * (h + 1) as at, 'dec' || h || '-' || p.external_id
                           || '-' || floor(random() * 1e9) as decision, (%s) as foretold
                    from generate_series(1, %d) h, person p where p.tenant = '%s'),
                decided as (
                    insert into decision (tenant, decision_id, person_id, function, release, ranking, at)
                    select '%3$s', decision, person_id, 'score', 'r1',
                           '[{"item": "good", "probability": 0.8}, {"item": "bad", "probability": 0.2}]', at from shown)
                insert into event (tenant, event_id, person_id, type, at_millis, item, over, decision, fingerprint,
                                   recorded_at)
                select '%3$s', 'c' || decision, person_id, 'Chosen', 0, case when foretold then 'good' else 'bad' end,
                       array[case when foretold then 'bad' else 'good' end], decision, '', at
                from shown where h %% 2 = 0
                union all
                select '%3$s', 'l' || decision, person_id, 'Liked', 0, case when foretold then 'good' else 'bad' end,
                       '{}', decision, '', at from shown where h %% 2 = 1
                union all
                select '%3$s', 'k' || decision, person_id, 'Disliked', 0, case when foretold then 'bad' else 'good' end,
                       '{}', decision, '', at from shown where h %% 2 = 1""".formatted(foretold, hours, tenant));
    }

    private void run(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            int changed = statement.executeUpdate();
            assert changed >= 0;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private int count(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            var rows = statement.executeQuery();
            assertTrue(rows.next());
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
