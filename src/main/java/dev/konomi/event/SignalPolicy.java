package dev.konomi.event;

import java.util.EnumSet;
import java.util.Set;

/// Event → label and weight. Pure; the same in functions and trainer.
///
/// | event | says |
/// |---|---|
/// | `Chosen` | the item over each other, the weight shared by the pairs |
/// | `Liked`, `Ordered`, `Converted` | like |
/// | `Disliked`, `Returned`, `Skipped` | dislike |
/// | `Corrected` | like when promoted, dislike when demoted |
/// | `Dwelled` | like; from `dwellShortest` on, growing linearly up to `dwellFull` |
/// | `Rated` | like above the scale's middle, dislike below, growing linearly with the distance from it |
/// | `Shown`, `Withdrawn` | nothing |
public final class SignalPolicy {
    private static final Signal SILENT = new Signal.Silent();

    private final SignalSettings settings;

    /// @param settings weights
    public SignalPolicy(SignalSettings settings) {
        this.settings = settings;
    }

    /// @param event a stored event's own words
    /// @return what it says
    public Signal signal(Signal.Stored event) {
        return switch (event.type()) {
            case CHOSEN -> event.others() < 1 ? SILENT : preferred(settings.chosen() / event.others());
            case LIKED -> judged(true, settings.liked());
            case ORDERED -> judged(true, settings.ordered());
            case CONVERTED -> judged(true, settings.converted());
            case DISLIKED -> judged(false, settings.disliked());
            case RETURNED -> judged(false, settings.returned());
            case SKIPPED -> judged(false, settings.skipped());
            case CORRECTED -> judged(event.promoted(), settings.corrected());
            case DWELLED -> event.value() == null ? SILENT : dwelled(event.value());
            case RATED -> event.value() == null ? SILENT : rated(event.value());
            case SHOWN, WITHDRAWN -> SILENT;
        };
    }

    /// @return the types that can say something; the others need not be read
    public static Set<EventMessage.Type> speaking() {
        return EnumSet.complementOf(EnumSet.of(EventMessage.Type.SHOWN, EventMessage.Type.WITHDRAWN));
    }

    private Signal dwelled(double seconds) {
        if (seconds < settings.dwellShortest()) {
            return SILENT;
        }
        return judged(true, (float) (settings.dwelled() * Math.min(1, seconds / settings.dwellFull())));
    }

    private Signal rated(double value) {
        double middle = (settings.ratedLowest() + settings.ratedHighest()) / 2;
        double half = (settings.ratedHighest() - settings.ratedLowest()) / 2;
        double distance = Math.min(1, Math.abs(value - middle) / half);
        return judged(value > middle, (float) (settings.rated() * distance));
    }

    private static Signal judged(boolean liked, float weight) {
        return weight > 0 ? new Signal.Judged(liked, weight) : SILENT;
    }

    private static Signal preferred(float weight) {
        return weight > 0 ? new Signal.Preferred(weight) : SILENT;
    }
}
