package dev.konomi.history;

import dev.konomi.event.EventMessage;
import dev.konomi.event.Signal;
import dev.konomi.event.SignalPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a history of one person's events. Pure, and the same for functions and trainer: the
/// events may come in any order and any number of times, the history depends on nothing but the
/// set of them.
///
/// - Order is time, then event id ([StoredEvent#ORDER]). The newest events are taken, whole, as
///   long as their observations fit; nothing is ever chosen by the item that is asked about.
/// - An event that a `Withdrawn` of the same person names is void, wherever either stands in
///   time; also as of a time before the withdrawal. Withdrawing a withdrawal changes nothing.
/// - A `Corrected` is the last word on its item: older opinions about the same content,
///   corrections among them, say nothing any more. Choices stand: they compare.
/// - What [SignalPolicy] calls silent takes no place.
public final class HistoryBuilder {
    /// The most observations that a history holds when serving.
    public static final int LONGEST = 64;

    private final SignalPolicy policy;
    private final int longest;

    /// @param policy what an event says
    /// @param longest the most observations of a history, 64 ([#LONGEST]) or more: a choice
    ///     over 64 items gives as many
    public HistoryBuilder(SignalPolicy policy, int longest) {
        if (longest < LONGEST) {
            throw new IllegalArgumentException("A history of at most " + longest
                    + " observations cannot hold a choice over " + LONGEST + " items: allow " + LONGEST + " or more.");
        }
        this.policy = policy;
        this.longest = longest;
    }

    /// @param events one person's events, in any order, repetitions allowed; of types that say
    ///     nothing only `Withdrawn` matters
    /// @return their history
    public History build(Collection<StoredEvent> events) {
        return build(events, Long.MAX_VALUE);
    }

    /// @param events one person's events, in any order, repetitions allowed
    /// @param asOf epoch milliseconds; what happened later is left out
    /// @return what was known then
    public History build(Collection<StoredEvent> events, long asOf) {
        return newest(events, asOf).history();
    }

    /// @param events one person's newest events, without a gap
    /// @return whether older events could not add anything
    boolean isFull(Collection<StoredEvent> events) {
        return newest(events, Long.MAX_VALUE).full;
    }

    private Newest newest(Collection<StoredEvent> events, long asOf) {
        Map<String, StoredEvent> byId = HashMap.newHashMap(events.size());
        Set<String> withdrawn = new HashSet<>();
        for (StoredEvent event : events) {
            if (event.type() == EventMessage.Type.WITHDRAWN) {
                if (event.ofEvent() != null) {
                    withdrawn.add(event.ofEvent());
                }
            } else if (event.at() <= asOf) {
                byId.put(event.eventId(), event);
            }
        }
        List<StoredEvent> newestFirst = new ArrayList<>(byId.values());
        newestFirst.sort(StoredEvent.ORDER.reversed());
        Newest newest = new Newest();
        for (StoredEvent event : newestFirst) {
            if (!withdrawn.contains(event.eventId()) && !newest.add(event)) {
                break;
            }
        }
        return newest;
    }

    private Signal signal(StoredEvent event) {
        return policy.signal(new Signal.Stored(event.type(), event.over().size(), event.value(), event.promoted()));
    }

    /// What an event says, with whom it says it about.
    private record Saying(StoredEvent event, String item, Signal signal) {
        int observations() {
            return switch (signal) {
                case Signal.Silent silent -> 0;
                case Signal.Preferred preferred -> event.over().size();
                case Signal.Judged judged -> 1;
            };
        }
    }

    /// A history as it fills up from its newest event on.
    private final class Newest {
        private final List<Saying> newestFirst = new ArrayList<>();
        private final Set<String> corrected = new HashSet<>();
        private int observations;
        private boolean full;

        /// @return false when the event fits no more, and so no older one may be taken
        boolean add(StoredEvent event) {
            String item = event.item();
            if (item == null) {
                return true;
            }
            Saying saying = new Saying(event, item, signal(event));
            if (saying.signal instanceof Signal.Judged && corrected.contains(item)) {
                return true;
            }
            if (observations + saying.observations() > longest) {
                full = true;
                return false;
            }
            if (saying.observations() > 0) {
                newestFirst.add(saying);
                observations += saying.observations();
            }
            if (event.type() == EventMessage.Type.CORRECTED) {
                corrected.add(item);
            }
            return true;
        }

        History history() {
            Map<String, Integer> items = new LinkedHashMap<>();
            List<Observation> all = new ArrayList<>(observations);
            List<String> events = new ArrayList<>(observations);
            for (Saying saying : newestFirst.reversed()) {
                int item = index(items, saying.item);
                switch (saying.signal) {
                    case Signal.Silent silent -> {}
                    case Signal.Preferred(float weight) -> {
                        for (String other : saying.event.over()) {
                            all.add(new Observation.Choice(item, index(items, other), weight, saying.event.at()));
                        }
                    }
                    case Signal.Judged(boolean liked, float weight) ->
                        all.add(new Observation.Opinion(item, liked, weight, saying.event.at()));
                }
                events.addAll(Collections.nCopies(saying.observations(), saying.event.eventId()));
            }
            return new History(all, events, List.copyOf(items.keySet()));
        }

        private static int index(Map<String, Integer> items, String digest) {
            int next = items.size();
            Integer known = items.putIfAbsent(digest, next);
            return known == null ? next : known;
        }
    }
}
