package dev.konomi.event;

import org.jspecify.annotations.Nullable;

/// What an event says about the items it is about.
public sealed interface Signal {
    /// Says nothing.
    record Silent() implements Signal {}

    /// The item was preferred over each of the others.
    ///
    /// @param weight of each pair, positive
    record Preferred(float weight) implements Signal {}

    /// The item was liked or disliked by itself.
    ///
    /// @param liked true for a like
    /// @param weight positive
    record Judged(boolean liked, float weight) implements Signal {}

    /// The event's own words, without its items: what a stored event gives the policy.
    ///
    /// @param type the event's type
    /// @param others how many items a choice left
    /// @param value seconds of a dwell, the number of a rating, or null
    /// @param promoted for a correction: true for more like this
    record Stored(
            EventMessage.Type type, int others, @Nullable Double value, boolean promoted) {}
}
