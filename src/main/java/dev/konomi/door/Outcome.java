package dev.konomi.door;

/// What a function comes to: an answer or a problem. A refusal is a value, not an exception.
///
/// @param <R> the answer's type, a record that Jackson writes
public sealed interface Outcome<R> {
    /// @param answer what the caller asked for
    record Answered<R>(R answer) implements Outcome<R> {}

    /// @param problem why there is no answer
    record Refused<R>(Problem problem) implements Outcome<R> {}

    /// @param answer what the caller asked for
    /// @return an outcome with an answer
    static <R> Outcome<R> of(R answer) {
        return new Answered<>(answer);
    }

    /// @param problem why there is no answer
    /// @return an outcome without one
    static <R> Outcome<R> refused(Problem problem) {
        return new Refused<>(problem);
    }
}
