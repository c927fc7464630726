package dev.konomi.retrain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a request to retrain is accepted. Pure. A training that failed has learned nothing: neither the cool-down
/// nor the count of new events starts with it.
public final class RetrainPolicy {
    private final RetrainSettings settings;

    /// @param settings thresholds
    public RetrainPolicy(RetrainSettings settings) {
        this.settings = settings;
    }

    /// What the policy looks at.
    ///
    /// @param open whether a request waits or is being worked on
    /// @param events of the tenant; need not be counted beyond `leastEvents`
    /// @param people of the tenant; need not be counted beyond `leastPeople`
    /// @param newEvents events recorded since the last training began; need not be counted beyond `newEvents`
    /// @param lastEnded when the last training ended that came to a verdict, or null
    /// @param now the time
    public record Situation(
            boolean open,
            long events,
            long people,
            long newEvents,
            @Nullable Instant lastEnded,
            Instant now) {}

    /// What becomes of a request.
    public sealed interface Decision {
        /// It is queued.
        record Accept() implements Decision {}

        /// It is not.
        ///
        /// @param why one of the reasons
        /// @param detail why in words, with the values, and what to do
        record Decline(Why why, String detail) implements Decision {}
    }

    /// Why nothing is queued, as JSON names it.
    public enum Why {
        /// A request waits or is being worked on.
        RUNNING("running"),
        /// There are too few events or people altogether.
        TOO_LITTLE_DATA("too-little-data"),
        /// A training ended a short while ago.
        COOL_DOWN("cool-down"),
        /// Hardly anything has happened since the last training.
        NOTHING_NEW("nothing-new");

        private final String wireName;

        Why(String wireName) {
            this.wireName = wireName;
        }

        /// @return as JSON names it
        public String wireName() {
            return wireName;
        }
    }

    /// @param situation what is known
    /// @return whether to queue a request; of several reasons not to, the first in the order of [Why]
    public Decision decide(Situation situation) {
        if (situation.open()) {
            return new Decision.Decline(
                    Why.RUNNING, "A training waits or runs already: ask for its progress with {\"status\": true}.");
        }
        if (situation.events() < settings.leastEvents()) {
            return new Decision.Decline(
                    Why.TOO_LITTLE_DATA,
                    "There are " + situation.events() + " events; " + settings.leastEvents()
                            + " are needed: record more.");
        }
        if (situation.people() < settings.leastPeople()) {
            return new Decision.Decline(
                    Why.TOO_LITTLE_DATA,
                    "There are events of " + situation.people() + " people; " + settings.leastPeople()
                            + " are needed: record more people's.");
        }
        Instant lastEnded = situation.lastEnded();
        if (lastEnded == null) {
            return new Decision.Accept();
        }
        Instant rested = lastEnded.plus(settings.coolDown());
        if (situation.now().isBefore(rested)) {
            return new Decision.Decline(
                    Why.COOL_DOWN,
                    "The last training ended at " + lastEnded + "; ask again in "
                            + seconds(Duration.between(situation.now(), rested)) + " s.");
        }
        if (situation.newEvents() < settings.newEvents()) {
            return new Decision.Decline(
                    Why.NOTHING_NEW,
                    "Since the last training began " + situation.newEvents() + " events were recorded; "
                            + settings.newEvents() + " are needed: ask again later.");
        }
        return new Decision.Accept();
    }

    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
