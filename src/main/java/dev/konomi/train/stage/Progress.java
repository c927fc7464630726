package dev.konomi.train.stage;

import java.nio.file.Path;

/// Told how training gets on; called from the training thread, a few times a second at most.
@FunctionalInterface
public interface Progress {
    /// Says nothing.
    Progress SILENT = (stage, step, total, loss) -> {};

    /// @param stage what is trained, e.g. `token-fit`
    /// @param step steps done
    /// @param total steps of this stage
    /// @param loss recent training loss
    void step(String stage, int step, int total, double loss);

    /// @param checkpoint a file that stands whole on the disk now, which the next one of the same stage replaces
    default void saved(Path checkpoint) {
        // Most only look on.
    }
}
