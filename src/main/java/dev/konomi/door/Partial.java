package dev.konomi.door;

/// An answer about several parts of a call, of which some may have been refused while the others were done: a bad
/// part never sinks the rest. A queue delivers such a message again, see [Answer].
public interface Partial {
    /// @return how many parts were refused
    int refusedParts();
}
