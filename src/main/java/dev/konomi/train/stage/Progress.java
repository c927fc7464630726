package dev.konomi.train.stage;

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
}
