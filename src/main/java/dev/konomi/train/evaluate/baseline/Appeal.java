package dev.konomi.train.evaluate.baseline;

/// What people like in general: a score of an item that knows nothing of the person who is asked.
@FunctionalInterface
public interface Appeal {
    /// @param item index into the training data's items
    /// @param asking id of the person who is asked: what this person says of the item must not
    ///     count
    /// @return higher is better, in any unit
    double of(int item, long asking);

    /// @param scores one an item, from a source that the training people's own events are no part
    ///     of
    static Appeal of(double[] scores) {
        double[] copy = scores.clone();
        return (item, asking) -> copy[item];
    }

    /// @param items how many there are
    /// @param asking id of the person who is asked
    /// @return one score an item
    default double[] scores(int items, long asking) {
        double[] scores = new double[items];
        for (int item = 0; item < items; item++) {
            scores[item] = of(item, asking);
        }
        return scores;
    }
}
