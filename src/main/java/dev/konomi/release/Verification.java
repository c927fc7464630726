package dev.konomi.release;

/// Whether a release may be loaded.
public sealed interface Verification {
    /// Every file is what the manifest names, and the graphs take and give what this Konomi expects.
    ///
    /// @param release the release
    record Sound(Release release) implements Verification {}

    /// It must not be loaded.
    ///
    /// @param reason what is wrong, with the value
    record Refused(String reason) implements Verification {}
}
