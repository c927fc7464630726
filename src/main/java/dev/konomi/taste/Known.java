package dev.konomi.taste;

import dev.konomi.history.History;
import java.util.ArrayList;
import java.util.List;

/// What a release makes of a person's history.
///
/// @param history what was used of it: observations whose items are encoded
/// @param taste the person's taste
record Known(History history, Taste taste) {
    /// Fewer events than this say next to nothing about a person.
    static final int FEW_EVENTS = 2;

    /// @return how many events spoke
    int events() {
        return history.distinctEvents().size();
    }

    /// @return whether a group's taste answers rather than the person's own
    boolean isColdStart() {
        return events() < FEW_EVENTS;
    }

    /// @return places of the observations of each event, in the events' order
    List<List<Integer>> placesByEvent() {
        List<List<Integer>> places = new ArrayList<>();
        String before = null;
        for (int i = 0; i < history.events().size(); i++) {
            String event = history.events().get(i);
            if (!event.equals(before)) {
                places.add(new ArrayList<>());
            }
            places.getLast().add(i);
            before = event;
        }
        return places;
    }
}
