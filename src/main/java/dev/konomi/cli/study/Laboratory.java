package dev.konomi.cli.study;

/// Where runs are made.
@FunctionalInterface
interface Laboratory {
    /// Trains and measures, for a minute or so.
    StudyRun run(RunKey key);
}
