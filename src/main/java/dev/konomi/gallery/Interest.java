package dev.konomi.gallery;

/// What drives a person's choices: one segment, or two combined.
///
/// @param first number of a segment
/// @param second number of another segment, or [#NONE]
public record Interest(int first, int second) {
    public static final int NONE = -1;

    public boolean single() {
        return second == NONE;
    }

    /// True if `segment` is one of the segments combined here.
    public boolean includes(int segment) {
        return first == segment || second == segment;
    }
}
