package dev.konomi.taste;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Brings a release to where it can answer.
interface ReleaseLoader {
    /// @param tenant whose release
    /// @param digest which
    /// @return the release, verified and warm, or why it must not be served; fails when the
    ///     store does
    CompletionStage<Loading> load(String tenant, String digest);

    /// Frees what other releases of a tenant take on this machine's disk. Never fails: what cannot
    /// be freed now stays for the next time.
    ///
    /// @param tenant whose releases
    /// @param digests the releases that are still wanted
    void keepOnly(String tenant, Set<String> digests);

    /// What became of loading.
    sealed interface Loading {
        /// It can answer.
        record Loaded(LoadedRelease release) implements Loading {}

        /// It must not be served.
        ///
        /// @param reason what is wrong, with the value
        record Refused(String reason) implements Loading {}
    }
}
