package dev.konomi.history;

import java.util.LinkedHashSet;
import java.util.List;

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

    /// @return whether nothing is known
    public boolean isEmpty() {
        return observations.isEmpty();
    }
}
