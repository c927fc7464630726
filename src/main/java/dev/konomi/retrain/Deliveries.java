package dev.konomi.retrain;

import dev.konomi.retrain.RetrainQueue.Delivery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Brings messages to a trainer, one at a time: a failure makes a message visible again, the third buries it with the
/// reason.
final class Deliveries {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);

    private final RetrainQueue queue;
    private final Duration hidden;

    /// @param queue where messages come from
    /// @param hidden how long a message stays hidden after the last sign of life of whoever works on it
    Deliveries(RetrainQueue queue, Duration hidden) {
        this.queue = queue;
        this.hidden = hidden;
    }

    /// What came of a message.
    sealed interface End {
        /// It is done with, whatever the result.
        record Done() implements End {}

        /// It may go better another time.
        ///
        /// @param reason what went wrong
        record Failed(String reason) implements End {}

        /// It would go no better another time.
        ///
        /// @param reason what went wrong
        record Hopeless(String reason) implements End {}

        /// Whoever worked on it was told to stop; nothing went wrong.
        record Stopped() implements End {}
    }

    /// Works on what a ticket asks for.
    interface Work {
        /// @param ticket what is asked for
        /// @return what came of it
        End on(Ticket ticket) throws InterruptedException;

        /// Told when a ticket is given up.
        ///
        /// @param ticket what was asked for
        /// @param reason why
        void givenUp(Ticket ticket, String reason);
    }

    /// @param work what is done with a message
    /// @return false when none waited
    boolean next(Work work) throws InterruptedException {
        Optional<Delivery> received = queue.receive(hidden);
        if (received.isEmpty()) {
            return false;
        }
        Delivery delivery = received.get();
        Ticket ticket = delivery.ticket();
        if (delivery.deliveries() > RetrainQueue.MOST_DELIVERIES) {
            giveUp(delivery, work, RetrainQueue.MOST_DELIVERIES + " times whoever worked on it died without a word.");
            return true;
        }
        switch (worked(delivery, work)) {
            case End.Done() -> queue.done(delivery);
            case End.Stopped() -> {
                // A message of its own: being told to stop is no failure and must not be counted as one.
                queue.send(ticket);
                queue.done(delivery);
            }
            case End.Hopeless(String reason) -> giveUp(delivery, work, reason);
            case End.Failed(String reason) -> {
                if (delivery.deliveries() >= RetrainQueue.MOST_DELIVERIES) {
                    giveUp(delivery, work, reason);
                } else {
                    LOG.warnf(
                            "Request %d of tenant %s failed (%d of %d times) and is tried again: %s",
                            ticket.request(),
                            ticket.tenant(),
                            delivery.deliveries(),
                            RetrainQueue.MOST_DELIVERIES,
                            reason);
                    queue.giveBack(delivery);
                }
            }
        }
        return true;
    }

    private End worked(Delivery delivery, Work work) throws InterruptedException {
        try (ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("delivery").daemon().factory())) {
            long every = Math.max(1, hidden.toMillis() / 3);
            var kept = thread.scheduleAtFixedRate(() -> hide(delivery), every, every, TimeUnit.MILLISECONDS);
            try {
                return work.on(delivery.ticket());
            } finally {
                kept.cancel(false);
            }
        }
    }

    private void hide(Delivery delivery) {
        try {
            queue.hide(delivery, hidden);
        } catch (IllegalStateException unreachable) {
            LOG.warnf("%s", unreachable.getMessage());
        }
    }

    private void giveUp(Delivery delivery, Work work, String reason) {
        LOG.errorf(
                "Request %d of tenant %s is given up: %s",
                delivery.ticket().request(), delivery.ticket().tenant(), reason);
        work.givenUp(delivery.ticket(), reason);
        queue.bury(delivery.ticket(), reason);
        queue.done(delivery);
    }
}
