package dev.konomi.taste;

/// A release's view of items: what its item graph makes of encodings.
///
/// @param features `g(z)`, `[N, G]`, centred on the release's mean item
/// @param appeal `b(z)`, `[N]`, general appeal relative to the mean item
public record ItemVectors(float[][] features, float[] appeal) {
    public ItemVectors {
        if (features.length != appeal.length) {
            throw new IllegalArgumentException("Features of " + features.length + " items and appeal of "
                    + appeal.length + " do not belong together.");
        }
    }

    /// @return N
    public int size() {
        return appeal.length;
    }
}
