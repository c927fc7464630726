package dev.konomi.retrain;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Whether to retrain. Pure. A training that failed has learned nothing: neither the cool-down nor the count of new
/// events starts with it. It has cost something all the same.
///
/// An operator's request needs something new and no other reason. Without one, enough news, drift, or a last training
/// long ago is one.
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
    /// @param newEvents events that say something, recorded since the last training began; need not be counted
    ///     beyond `newEvents`
    /// @param lastEnded when the last training ended that came to a verdict, or null
    /// @param spent what this month's trainings took
    /// @param drift what is known of it
    /// @param now the time
    public record Situation(
            boolean open,
            long events,
            long people,
            long newEvents,
            @Nullable Instant lastEnded,
            Spent spent,
            Drift drift,
            Instant now) {}

    /// What a tenant's trainings took in this calendar month.
    ///
    /// @param seconds of machines
    /// @param cost by the prices they had
    /// @param last seconds of the last training that came to a verdict; the next one will take about as long
    public record Spent(double seconds, double cost, double last) {
        /// Nothing.
        public static final Spent NOTHING = new Spent(0, 0, 0);
    }

    /// What becomes of a request.
    public sealed interface Decision {
        /// It is queued.
        ///
        /// @param reason why, in words
        record Accept(String reason) implements Decision {}

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
        NOTHING_NEW("nothing-new"),
        /// It would cost more than this month's budget has left.
        OVER_BUDGET("over-budget");

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
    /// @param operator an operator's reason, or null when the situation itself must be one
    /// @return whether to queue a request; of several reasons not to, the first in the order of [Why]
    public Decision decide(Situation situation, @Nullable String operator) {
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
        if (lastEnded != null) {
            Instant rested = lastEnded.plus(settings.coolDown());
            if (situation.now().isBefore(rested)) {
                return new Decision.Decline(
                        Why.COOL_DOWN,
                        "The last training ended at " + lastEnded + "; ask again in "
                                + seconds(Duration.between(situation.now(), rested)) + " s.");
            }
        }
        String reason = operator == null ? reason(situation) : operator;
        if (reason == null || (lastEnded != null && situation.newEvents() < 1)) {
            return new Decision.Decline(
                    Why.NOTHING_NEW,
                    "Since the last training began " + situation.newEvents() + " events were recorded that say"
                            + " something; " + (operator == null ? settings.newEvents() : 1)
                            + " are needed: ask again later.");
        }
        String overdrawn = overdrawn(situation.spent());
        return overdrawn == null ? new Decision.Accept(reason) : new Decision.Decline(Why.OVER_BUDGET, overdrawn);
    }

    private @Nullable String reason(Situation situation) {
        Instant lastEnded = situation.lastEnded();
        if (lastEnded == null) {
            return "news: nothing has been trained yet";
        }
        if (situation.newEvents() >= settings.newEvents()) {
            return "news: " + settings.newEvents() + " new events or more";
        }
        if (situation.drift().drifted()) {
            return situation.drift().words();
        }
        if (!situation.now().isBefore(lastEnded.plus(settings.every()))) {
            return "schedule: the last training ended at " + lastEnded;
        }
        return null;
    }

    private @Nullable String overdrawn(Spent spent) {
        if (spent.seconds() + spent.last() > settings.monthlySeconds()) {
            return String.format(
                    Locale.ROOT,
                    "This month's trainings took %.0f of %d s and the next one will take about %.0f:"
                            + " wait for the next month or raise konomi.retrain.monthly-seconds.",
                    spent.seconds(),
                    settings.monthlySeconds(),
                    spent.last());
        }
        OptionalDouble most = settings.monthlyCost();
        double next = spent.last() / 3_600 * settings.pricePerHour();
        if (most.isPresent() && spent.cost() + next > most.getAsDouble()) {
            return String.format(
                    Locale.ROOT,
                    "This month's trainings cost %.2f of %.2f and the next one will cost about %.2f:"
                            + " wait for the next month or raise konomi.retrain.monthly-cost.",
                    spent.cost(),
                    most.getAsDouble(),
                    next);
        }
        return null;
    }

    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
