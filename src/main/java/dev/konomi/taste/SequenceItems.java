package dev.konomi.taste;

/// A release's view of items in sequence: what its item graph makes of encodings.
///
/// @param tokens `[N, 3, d]`: a visual token, a text token, and what a label or the read position
///     carries of both
/// @param size N
public record SequenceItems(float[] tokens, int size) {
    /// No items.
    static final SequenceItems NONE = new SequenceItems(new float[0], 0);

    public SequenceItems {
        if (size < 0 || (size == 0 ? tokens.length != 0 : tokens.length % size != 0)) {
            throw new IllegalArgumentException(
                    tokens.length + " values do not divide into the tokens of " + size + " items.");
        }
    }
}
