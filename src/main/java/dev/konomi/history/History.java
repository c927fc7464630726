package dev.konomi.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a person: observations, oldest first, over a list of items.
///
/// @param observations oldest first; their item indices point into `items`
/// @param events id of the event behind each observation: a choice over several gives several
///     in a row
/// @param items content digests, each once
public record History(List<Observation> observations, List<String> events, List<String> items) {
    /// Nothing is known.
    public static final History NONE = new History(List.of(), List.of(), List.of());

    public History {
        observations = List.copyOf(observations);
        events = List.copyOf(events);
        items = List.copyOf(items);
        if (events.size() != observations.size()) {
            throw new IllegalArgumentException(observations.size() + " observations cannot come from the events of "
                    + events.size() + ": give each its own.");
        }
    }

    /// @return ids of the events that said something, oldest first, each once
    public List<String> distinctEvents() {
        return List.copyOf(new LinkedHashSet<>(events));
    }

    /// What the history says about some of its items.
    ///
    /// @param known content digests
    /// @return observations all of whose items are among them
    public History within(Set<String> known) {
        if (known.containsAll(items)) {
            return this;
        }
        Map<String, Integer> kept = new LinkedHashMap<>();
        List<Observation> observations = new ArrayList<>();
        List<String> events = new ArrayList<>();
        for (int i = 0; i < this.observations.size(); i++) {
            Observation moved = moved(this.observations.get(i), known, kept);
            if (moved != null) {
                observations.add(moved);
                events.add(this.events.get(i));
            }
        }
        return new History(observations, events, List.copyOf(kept.keySet()));
    }

    private @Nullable Observation moved(Observation observation, Set<String> known, Map<String, Integer> kept) {
        return switch (observation) {
            case Observation.Choice(int chosen, int rejected, float weight, long at) ->
                known.contains(items.get(chosen)) && known.contains(items.get(rejected))
                        ? new Observation.Choice(place(chosen, kept), place(rejected, kept), weight, at)
                        : null;
            case Observation.Opinion(int item, boolean liked, float weight, long at) ->
                known.contains(items.get(item)) ? new Observation.Opinion(place(item, kept), liked, weight, at) : null;
        };
    }

    private int place(int item, Map<String, Integer> kept) {
        int next = kept.size();
        Integer before = kept.putIfAbsent(items.get(item), next);
        return before == null ? next : before;
    }

    /// @return whether nothing is known
    public boolean isEmpty() {
        return observations.isEmpty();
    }
}
