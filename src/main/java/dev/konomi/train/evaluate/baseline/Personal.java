package dev.konomi.train.evaluate.baseline;

import dev.konomi.train.evaluate.Ranker;

/// The personal part of a baseline: what a history adds to general appeal.
@FunctionalInterface
interface Personal {
    /// @param items vectors in the baselines' [FeatureSpace], `[N][D]`
    /// @return what ranks these items once general appeal is known
    OnItems on(float[][] items);

    /// Ranks certain items.
    @FunctionalInterface
    interface OnItems {
        /// @param appeal of the items as log-odds, centred on the mean item, `[N]`
        /// @return scores without general appeal
        Ranker ranker(double[] appeal);
    }
}
