package dev.konomi.history;

/// What one event says about a person's taste. Items are indices into the item list that travels with
/// the history: a request's items when serving, a data set's items when training.
public sealed interface Observation {
    /// @return when it happened, in epoch milliseconds
    long at();

    /// @return how much it counts; 1 is one clear choice, see `SignalPolicy`
    float weight();

    /// @return index of the item that it is a like of, a choice of what was chosen; −1 for a dislike
    default int likedItem() {
        return switch (this) {
            case Choice choice -> choice.chosen();
            case Opinion opinion -> opinion.liked() ? opinion.item() : -1;
        };
    }

    /// One item preferred over another. A choice stays a pair and is never flattened into two labels.
    ///
    /// @param chosen index of the preferred item
    /// @param rejected index of the item it was preferred over
    record Choice(int chosen, int rejected, float weight, long at) implements Observation {
        public Choice {
            if (chosen < 0 || rejected < 0 || chosen == rejected) {
                throw new IllegalArgumentException(
                        "A choice needs two different items, got chosen " + chosen + " and rejected " + rejected + ".");
            }
            requireWeight(weight);
        }
    }

    /// One item liked or disliked by itself.
    ///
    /// @param item index of the item
    /// @param liked true for a like, false for a dislike
    record Opinion(int item, boolean liked, float weight, long at) implements Observation {
        public Opinion {
            if (item < 0) {
                throw new IllegalArgumentException("An opinion needs an item index of 0 or more, got " + item + ".");
            }
            requireWeight(weight);
        }
    }

    private static void requireWeight(float weight) {
        if (!(weight > 0) || Float.isInfinite(weight)) {
            throw new IllegalArgumentException("An observation's weight is positive and finite, got " + weight + ".");
        }
    }
}
