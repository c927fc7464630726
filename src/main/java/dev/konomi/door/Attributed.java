package dev.konomi.door;

import org.jspecify.annotations.Nullable;

/// An answer that names what it came from, for [RequestLog].
public interface Attributed {
    /// @return the decision's name, or null where none was made
    default @Nullable String decision() {
        return null;
    }

    /// @return digest of the release that answered, or null where none did
    default @Nullable String release() {
        return null;
    }
}
