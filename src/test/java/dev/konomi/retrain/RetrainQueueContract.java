package dev.konomi.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.retrain.Deliveries.End;
import dev.konomi.retrain.RetrainQueue.Buried;
import dev.konomi.retrain.RetrainQueue.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every queue of requests to retrain does.
abstract class RetrainQueueContract {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private RetrainQueue queue;

    /// @return an empty queue, the same for the same test
    abstract RetrainQueue queue();

    @BeforeEach
    void open() {
        queue = queue();
    }

    @Test
    void whatIsSentIsReceivedWordForWordAndHiddenFromOthers() {
        Ticket ticket =
                new Ticket("acme", 7, "drift: \"好み\"", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        queue.send(ticket);
        Delivery delivery = queue.receive(LONG).orElseThrow();
        assertEquals(ticket, delivery.ticket());
        assertEquals(1, delivery.deliveries());
        assertEquals(Optional.empty(), queue.receive(LONG));
    }

    @Test
    void whatIsDoneNeverComesBack() {
        queue.send(ticket(1));
        queue.done(queue.receive(SHORT).orElseThrow());
        queue.send(ticket(2));
        assertEquals(2, patiently().ticket().request());
        assertEquals(Optional.empty(), queue.receive(LONG));
    }

    @Test
    void whoeverDiesLosesTheMessageToTheNextWhenItsTimeIsUp() {
        queue.send(ticket(1));
        Delivery lost = queue.receive(SHORT).orElseThrow();
        Delivery found = patiently();
        assertEquals(lost.ticket(), found.ticket());
        assertEquals(2, found.deliveries());
        assertNotEquals(lost.receipt(), found.receipt());
    }

    @Test
    void whatIsGivenBackIsSeenAtOnce() {
        queue.send(ticket(1));
        queue.giveBack(queue.receive(LONG).orElseThrow());
        assertEquals(2, queue.receive(LONG).orElseThrow().deliveries());
    }

    @Test
    void whoeverIsStillAtWorkKeepsItsMessage() {
        queue.send(ticket(1));
        Delivery delivery = queue.receive(SHORT).orElseThrow();
        queue.hide(delivery, LONG);
        queue.send(ticket(2));
        // The second comes; the first, whose second is over by then, does not.
        assertEquals(2, patiently().ticket().request());
        pause();
        assertEquals(Optional.empty(), queue.receive(LONG));
    }

    @Test
    void ofManyAtOnceOneReceivesAMessage() throws Exception {
        queue.send(ticket(1));
        List<Callable<Optional<Delivery>>> races = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            races.add(() -> queue.receive(LONG));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(races.size())) {
            int received = 0;
            for (Future<Optional<Delivery>> race : threads.invokeAll(races)) {
                received += race.get().isPresent() ? 1 : 0;
            }
            assertEquals(1, received);
        }
    }

    @Test
    void theThirdFailureBuriesAMessageWithTheReason() throws Exception {
        queue.send(ticket(5));
        Recorded work = new Recorded(new End.Failed("the machine was taken away"));
        Deliveries deliveries = new Deliveries(queue, LONG);
        assertTrue(deliveries.next(work));
        assertTrue(deliveries.next(work));
        assertEquals(List.of(), work.givenUp);
        assertEquals(List.of(), queue.buried());
        assertTrue(deliveries.next(work));
        assertEquals(List.of("5: the machine was taken away"), work.givenUp);
        assertEquals(List.of(new Buried(ticket(5).json(), "the machine was taken away")), queue.buried());
        assertFalse(deliveries.next(work));
        assertEquals(3, work.worked);
    }

    @Test
    void whatNobodySurvivesIsBuriedTooAndTriedNoFourthTime() throws Exception {
        queue.send(ticket(5));
        for (int i = 0; i < RetrainQueue.MOST_DELIVERIES; i++) {
            queue.giveBack(queue.receive(LONG).orElseThrow());
        }
        Recorded work = new Recorded(new End.Done());
        assertTrue(new Deliveries(queue, LONG).next(work));
        assertEquals(0, work.worked);
        assertEquals(1, queue.buried().size());
        assertFalse(new Deliveries(queue, LONG).next(work));
    }

    @Test
    void whatIsHopelessIsBuriedAtOnceAndWhatIsDoneIsGone() throws Exception {
        queue.send(ticket(5));
        Recorded hopeless = new Recorded(new End.Hopeless("there are 3 people"));
        assertTrue(new Deliveries(queue, LONG).next(hopeless));
        assertEquals(List.of(new Buried(ticket(5).json(), "there are 3 people")), queue.buried());
        queue.send(ticket(6));
        assertTrue(new Deliveries(queue, LONG).next(new Recorded(new End.Done())));
        assertEquals(Optional.empty(), queue.receive(LONG));
        assertEquals(1, queue.buried().size());
    }

    @Test
    void whoeverIsToldToStopLeavesTheMessageAsIfItHadNeverBeenTaken() throws Exception {
        queue.send(ticket(5));
        for (int i = 0; i < 2 * RetrainQueue.MOST_DELIVERIES; i++) {
            assertTrue(new Deliveries(queue, LONG).next(new Recorded(new End.Stopped())));
        }
        assertEquals(1, queue.receive(LONG).orElseThrow().deliveries());
        assertEquals(List.of(), queue.buried());
    }

    @Test
    void aMessageStaysHiddenForAsLongAsTheWorkOnItTakes() throws Exception {
        queue.send(ticket(5));
        Recorded work = new Recorded(new End.Done()) {
            @Override
            public End on(Ticket ticket) {
                pause();
                pause();
                assertEquals(Optional.empty(), queue.receive(LONG));
                return super.on(ticket);
            }
        };
        assertTrue(new Deliveries(queue, SHORT).next(work));
        assertEquals(1, work.worked);
    }

    private static class Recorded implements Deliveries.Work {
        private final End end;
        private final List<String> givenUp = new ArrayList<>();
        private int worked;

        Recorded(End end) {
            this.end = end;
        }

        @Override
        public End on(Ticket ticket) {
            worked++;
            return end;
        }

        @Override
        public void givenUp(Ticket ticket, String reason) {
            givenUp.add(ticket.request() + ": " + reason);
        }
    }

    private static Ticket ticket(long request) {
        return new Ticket("acme", request, "enough news", null);
    }

    private Delivery patiently() {
        for (int i = 0; i < 400; i++) {
            Optional<Delivery> delivery = queue.receive(LONG);
            if (delivery.isPresent()) {
                return delivery.get();
            }
            sleep(50);
        }
        throw new AssertionError("Nothing became visible.");
    }

    /// Longer than the shortest time a queue can hide a message for.
    private static void pause() {
        sleep(1_100);
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
