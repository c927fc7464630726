package dev.konomi.door;

import java.time.Duration;
import java.util.Optional;

/// Until when the call that this thread works on must be answered. Lambda ends a process whose deadline passes, and
/// the caller then learns nothing; a call that is answered before is told what to do, and the process lives on.
final class Deadline {
    /// What it takes to send the answer, in milliseconds, or a tenth of what is left where that is less.
    private static final long MARGIN = 1_000;

    private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();

    private final long answerBy;

    private Deadline(long answerBy) {
        this.answerBy = answerBy;
    }

    /// Work that has to be done by a deadline.
    ///
    /// @param <E> what it throws
    interface Work<E extends Exception> {
        /// @throws E what the work throws
        void run() throws E;
    }

    /// @param millis how long the platform lets the call go on, from now
    /// @param work runs on this thread
    /// @throws E what the work throws
    static <E extends Exception> void within(long millis, Work<E> work) throws E {
        long margin = Math.min(MARGIN, millis / 10);
        CURRENT.set(new Deadline(System.nanoTime() + 1_000_000 * (millis - margin)));
        try {
            work.run();
        } finally {
            CURRENT.remove();
        }
    }

    /// @return the deadline of the call that this thread works on, if it has one
    static Optional<Deadline> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /// @return how much time is left, at least a millisecond
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, answerBy - System.nanoTime()));
    }
}
