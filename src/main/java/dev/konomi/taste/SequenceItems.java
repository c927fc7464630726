package dev.konomi.taste;

/// A release's view of items in sequence: what its item graph makes of encodings.
///
/// @param tokens `[N, 2, d]`, a visual and a text token each
/// @param size N
public record SequenceItems(float[] tokens, int size) {
    public SequenceItems {
        if (size < 0 || (size == 0 ? tokens.length != 0 : tokens.length % size != 0)) {
            throw new IllegalArgumentException(
                    tokens.length + " values do not divide into the tokens of " + size + " items.");
        }
    }
}
