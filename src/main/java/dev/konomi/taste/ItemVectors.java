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

    /// A history's items as evidence of a taste: what everybody likes an item for says nothing of
    /// one person.
    ///
    /// @param offsets `o_z`, `[N]`
    /// @return the same items with their offsets added to their appeal
    /// @throws IllegalArgumentException when there is not one offset an item
    public ItemVectors with(float[] offsets) {
        if (offsets.length != appeal.length) {
            throw new IllegalArgumentException(
                    offsets.length + " offsets for " + appeal.length + " items; give one for each, 0 for a new item.");
        }
        float[] known = appeal.clone();
        for (int i = 0; i < known.length; i++) {
            known[i] += offsets[i];
        }
        return new ItemVectors(features, known);
    }

    /// @return N
    public int size() {
        return appeal.length;
    }
}
