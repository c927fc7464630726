package dev.konomi.train.evaluate;

import dev.konomi.history.Observation;
import java.util.List;

/// A held-out person: what is known, and what is asked.
///
/// @param id surrogate id
/// @param pairs the history, oldest first; one element is a choice, or a like and a dislike
/// @param targets what is to be predicted
public record TestPerson(long id, List<List<Observation>> pairs, List<Target> targets) {
    public TestPerson {
        pairs = pairs.stream().map(List::copyOf).toList();
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("Person " + id + " has no target pair: leave the person out.");
        }
    }

    /// @param length pairs to keep
    /// @return the most recent `length` pairs, oldest first; all where there are fewer
    public List<Observation> history(int length) {
        return pairs.subList(Math.max(0, pairs.size() - length), pairs.size()).stream()
                .flatMap(List::stream)
                .toList();
    }
}
