package dev.konomi.retrain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Carries requests to retrain to whoever trains: PostgreSQL on one machine, SQS in the cloud, one contract.
///
/// A message is delivered at least once. While somebody works on it the others do not see it; when its time is up,
/// or it is given back, it is delivered again. The queue carries and counts; which of two trainers may work on a
/// request is decided in PostgreSQL, by [TrainerQueue#claim]. All methods wait on the calling thread.
public interface RetrainQueue extends AutoCloseable {
    /// After so many deliveries that failed, a message is buried.
    int MOST_DELIVERIES = 3;

    /// A message somebody works on.
    ///
    /// @param ticket what is asked for
    /// @param deliveries how often it has been delivered, this time included
    /// @param receipt names this delivery to the queue
    record Delivery(Ticket ticket, int deliveries, String receipt) {}

    /// A message nobody works on any more.
    ///
    /// @param body as it was sent
    /// @param reason why it was given up
    record Buried(String body, String reason) {}

    /// @param ticket what is asked for
    void send(Ticket ticket);

    /// @param hidden for how long others do not see it
    /// @return a message, or empty when none waits
    Optional<Delivery> receive(Duration hidden);

    /// Goes on hiding a message from others.
    ///
    /// @param delivery what is worked on
    /// @param hidden for how long from now
    void hide(Delivery delivery, Duration hidden);

    /// Lets others see a message at once.
    ///
    /// @param delivery what was worked on
    default void giveBack(Delivery delivery) {
        hide(delivery, Duration.ZERO);
    }

    /// Takes a message out of the queue.
    ///
    /// @param delivery what was worked on
    void done(Delivery delivery);

    /// Keeps what nobody is to work on any more among the dead letters, with the reason.
    ///
    /// @param ticket what was asked for
    /// @param reason why it was given up and what to do
    void bury(Ticket ticket, String reason);

    /// @return up to ten dead letters; they stay where they are
    List<Buried> buried();

    @Override
    void close();
}
