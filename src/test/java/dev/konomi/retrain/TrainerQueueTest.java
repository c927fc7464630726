package dev.konomi.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.MigratedDatabase;
import dev.konomi.retrain.TrainerQueue.Claim;
import dev.konomi.retrain.TrainerQueue.Superseded;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class TrainerQueueTest {
    private static final TrainingFigures FIGURES = new TrainingFigures(9_000, 1, 2, 3, 4.5, 6.5, "cpu", 7, 8, 9, null);

    private final TrainerQueue queue = new TrainerQueue(MigratedDatabase.dataSource());
    private String tenant = "";

    @BeforeEach
    void ownTenant(TestInfo test) {
        tenant = "q" + Integer.toHexString(test.getDisplayName().hashCode());
    }

    @Test
    void ofManyTrainersAtOnceOneClaimsTheRequest() throws Exception {
        assertTrue(queue.open(tenant, "enough news"));
        int trainers = 8;
        CyclicBarrier start = new CyclicBarrier(trainers);
        List<Callable<Optional<Claim>>> races = new ArrayList<>();
        for (int i = 0; i < trainers; i++) {
            String name = "trainer-" + i;
            races.add(() -> {
                start.await();
                return queue.claim(tenant, name);
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(trainers)) {
            int claims = 0;
            for (Future<Optional<Claim>> race : threads.invokeAll(races)) {
                claims += race.get().isPresent() ? 1 : 0;
            }
            assertEquals(1, claims);
        }
    }

    @Test
    void ofManyWhoAskAtOnceOneOpensARequest() throws Exception {
        List<Callable<Boolean>> races = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            races.add(() -> queue.open(tenant, "me first"));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            int opened = 0;
            for (Future<Boolean> race : threads.invokeAll(races)) {
                opened += race.get() ? 1 : 0;
            }
            assertEquals(1, opened);
        }
    }

    @Test
    void aLivingTrainersRequestIsLeftAlone() {
        claimed("alive");
        assertEquals(Optional.empty(), queue.claim(tenant, "other"));
    }

    @Test
    void aSilentTrainersRequestIsTakenOverAndItsLateWordsAreIgnored() {
        Claim old = claimed("silent");
        queue.beat(old, "stage-one", 0.4, "half way", 12.5);
        age(31);
        Claim taken = queue.claim(tenant, "successor").orElseThrow();
        assertEquals(old.id(), taken.id());
        assertEquals(2, taken.attempt());
        assertEquals(old.until(), taken.until(), "the second trainer sees the same events");
        assertEquals(12.5, taken.seconds());
        assertThrows(Superseded.class, () -> queue.beat(old, "gate", 0.9, "late", 20));
        assertThrows(Superseded.class, () -> queue.finish(old, "promote", "abc", null, FIGURES));
        assertThrows(Superseded.class, () -> queue.fail(old, "late"));
        queue.finish(taken, "promote", "abc", null, FIGURES);
        assertEquals("done", text("state"));
    }

    @Test
    void aTrainerStartedAgainUnderItsNameGoesOnAtOnce() {
        Claim first = claimed("local");
        Claim second = queue.claim(tenant, "local").orElseThrow();
        assertEquals(2, second.attempt());
        assertThrows(Superseded.class, () -> queue.beat(first, "load", 0, "I am dead", 0));
        queue.beat(second, "load", 0, "I live", 0);
    }

    @Test
    void aClosedRequestMakesRoomForTheNext() {
        Claim claim = claimed("one");
        assertFalse(queue.open(tenant, "again"));
        queue.finish(claim, "refuse", "abc", "no better", FIGURES);
        assertEquals(FIGURES, TrainingFigures.read(text("training")));
        assertEquals("no better", text("failure"));
        assertEquals(Optional.empty(), queue.claim(tenant, "two"));
        assertTrue(queue.open(tenant, "again"));
        assertTrue(queue.claim(tenant, "two").isPresent());
    }

    @Test
    void aRequestIsAbandonedOnlyAsItWasSeen() {
        claimed("one");
        TrainerQueue.Open seen = queue.open(tenant).orElseThrow();
        assertEquals(2, queue.claim(tenant, "one").orElseThrow().attempt());
        assertFalse(queue.abandon(tenant, seen, "died"));
        assertTrue(queue.abandon(tenant, queue.open(tenant).orElseThrow(), "died"));
        assertEquals("failed", text("state"));
        assertEquals(Optional.empty(), queue.open(tenant));
    }

    @Test
    void tenantsDoNotSeeEachOthersRequests() {
        claimed("one");
        assertEquals(Optional.empty(), queue.claim(tenant + "x", "one"));
        assertEquals(Optional.empty(), queue.open(tenant + "x"));
    }

    private Claim claimed(String trainer) {
        assertTrue(queue.open(tenant, "enough news"));
        return queue.claim(tenant, trainer).orElseThrow();
    }

    private void age(int seconds) {
        try (Connection connection = MigratedDatabase.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        update retrain_request set heartbeat_at = heartbeat_at - make_interval(secs => ?)
                        where tenant = ?""")) {
            statement.setDouble(1, seconds);
            statement.setString(2, tenant);
            assertEquals(1, statement.executeUpdate());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(String column) {
        try (Connection connection = MigratedDatabase.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select " + column + " from retrain_request where tenant = ? order by id desc limit 1")) {
            statement.setString(1, tenant);
            try (ResultSet rows = statement.executeQuery()) {
                assertTrue(rows.next());
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
