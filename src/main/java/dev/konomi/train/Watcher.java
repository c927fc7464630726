package dev.konomi.train;

import java.nio.file.Path;

/// Told what the trainer is doing; called from its thread.
@FunctionalInterface
public interface Watcher {
    /// Says nothing.
    Watcher SILENT = (stage, fraction, message) -> {};

    /// @param stage `load`, `encode`, `token-fit`, `stage-one`, `stage-two`, `sequence-decoder`, `sequence-tokens`,
    ///     `export`, `gate` or `publish`
    /// @param fraction how much of the whole is done, 0 to 1
    /// @param message the stage in words, such as `step 200 of 1500, loss .641`
    void at(String stage, double fraction, String message);

    /// Told that a checkpoint stands on this machine's disk; called from the trainer's thread.
    ///
    /// @param checkpoint its file, which the next one of the same stage replaces
    default void saved(Path checkpoint) {
        // Most only look on.
    }
}
