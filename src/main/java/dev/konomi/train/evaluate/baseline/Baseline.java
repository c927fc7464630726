package dev.konomi.train.evaluate.baseline;

import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.evaluate.Ranker;

/// A fitted baseline.
@FunctionalInterface
public interface Baseline {
    /// @param target items that histories and candidates point into, encoded by the training data's
    ///     encoder; its people
    ///     are not looked at
    /// @param appeal general appeal of these items, in the unit of the appeal that the baseline was
    ///     fitted with
    Ranker ranker(Dataset target, double[] appeal);
}
