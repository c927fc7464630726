package dev.konomi.cli.evaluate;

import dev.konomi.report.Estimate;
import java.util.Map;

/// What came of asking.
///
/// @param people how many were asked
/// @param targets how many pairs, over all splits
/// @param all every pair, after the longest history
/// @param close pairs whose items are about as popular, likewise; empty without any
/// @param byHistory accuracy by history length and name, on every pair
/// @param history what the longest history adds to each model's accuracy without one, paired
public record Findings(
        int people,
        int targets,
        Comparison all,
        Comparison close,
        Map<Integer, Map<String, Estimate>> byHistory,
        Map<String, Estimate> history) {
    /// Konomi beside the others on the same pairs.
    ///
    /// @param targets how many pairs
    /// @param accuracy by name
    /// @param margin Konomi minus each other, paired
    public record Comparison(int targets, Map<String, Estimate> accuracy, Map<String, Estimate> margin) {}
}
