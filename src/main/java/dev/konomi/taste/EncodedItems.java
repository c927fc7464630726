package dev.konomi.taste;

import dev.konomi.item.Encoding;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Encodings as item graphs take them.
///
/// @param values `[N, 2, d_e]`: image, then text; zeros where there is none
/// @param present `[N, 2]`: 1 where there is one
record EncodedItems(FloatBuffer values, FloatBuffer present) {
    /// @param encodings N
    /// @param width `d_e` of the release
    /// @throws IllegalArgumentException when an encoding has another width
    static EncodedItems of(List<Encoding> encodings, int width) {
        EncodedItems items =
                new EncodedItems(Graphs.floats(2 * encodings.size() * width), Graphs.floats(2 * encodings.size()));
        for (int i = 0; i < encodings.size(); i++) {
            items.put(2 * i, encodings.get(i).image(), width);
            items.put(2 * i + 1, encodings.get(i).text(), width);
        }
        return items;
    }

    private void put(int token, float @Nullable [] encoding, int width) {
        if (encoding == null) {
            return;
        }
        if (encoding.length != width) {
            throw new IllegalArgumentException("This release reads encodings of width " + width + ", got "
                    + encoding.length + ": encode with the release's encoder.");
        }
        values.put(token * width, encoding);
        present.put(token, 1);
    }
}
