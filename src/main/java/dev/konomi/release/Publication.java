package dev.konomi.release;

import org.jspecify.annotations.Nullable;

/// What became of an attempt to make a release current.
public sealed interface Publication {
    /// The release is served from now on.
    ///
    /// @param pointer as written
    record Published(Pointer pointer) implements Publication {}

    /// The release was current already; nothing changed.
    ///
    /// @param release its digest
    record AlreadyCurrent(String release) implements Publication {}

    /// Another release became current since this one's training began: it was never compared with that one. The release
    /// is stored and may be promoted by hand.
    ///
    /// @param release the release's digest
    /// @param current the current one's digest, or null when there is none any more
    record Overtaken(String release, @Nullable String current) implements Publication {}

    /// The release must not become current.
    ///
    /// @param reason what is wrong, and what to do
    record Refused(String reason) implements Publication {}
}
