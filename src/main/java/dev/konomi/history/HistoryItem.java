package dev.konomi.history;

import java.util.ArrayList;
import java.util.List;

/// One item of a history as the model in sequence reads it. A choice gives two, chosen then rejected, both marked
/// as compared; an opinion gives one.
///
/// @param item index into the items that travel with the history
/// @param liked true for ℓ(+), false for ℓ(−)
/// @param compared whether it stands in a choice
/// @param gap bucket of the time since the observation before, see [#bucket]
/// @param weight the observation's weight
public record HistoryItem(int item, boolean liked, boolean compared, int gap, float weight) {
    /// How many buckets there are; bucket 0 means that the gap is not known.
    public static final int BUCKETS = 22;

    /// The most items a sequence holds.
    public static final int WINDOW = 64;

    private static final long MINUTE = 60_000;

    /// Reads observations into items. Beyond [#WINDOW] items the oldest half is left out in one go: a causal cache
    /// is worthless once its first item goes, so that should happen seldom. The window depends on nothing but the
    /// history, therefore a history and its continuation agree on it whenever they can.
    ///
    /// @param history oldest first
    /// @return their items, oldest first, at most [#WINDOW]
    public static List<HistoryItem> of(List<Observation> history) {
        int first = windowStart(history);
        List<HistoryItem> items = new ArrayList<>();
        for (int i = first; i < history.size(); i++) {
            Observation observation = history.get(i);
            int gap = i == 0 ? 0 : bucket(observation.at() - history.get(i - 1).at());
            switch (observation) {
                case Observation.Choice choice -> {
                    items.add(new HistoryItem(choice.chosen(), true, true, gap, choice.weight()));
                    items.add(new HistoryItem(choice.rejected(), false, true, gap, choice.weight()));
                }
                case Observation.Opinion opinion ->
                    items.add(new HistoryItem(opinion.item(), opinion.liked(), false, gap, opinion.weight()));
            }
        }
        return List.copyOf(items);
    }

    private static int windowStart(List<Observation> history) {
        int start = 0;
        int items = 0;
        for (Observation observation : history) {
            items += count(observation);
            if (items > WINDOW) {
                while (items > WINDOW / 2) {
                    items -= count(history.get(start));
                    start++;
                }
            }
        }
        return start;
    }

    /// @return how many items an observation gives
    public static int count(Observation observation) {
        return switch (observation) {
            case Observation.Choice choice -> 2;
            case Observation.Opinion opinion -> 1;
        };
    }

    /// The bucket of a gap: 1 under a minute, then one for each doubling, the last from about a year on.
    ///
    /// @param milliseconds the gap; a negative one counts as none
    /// @return 1 … [#BUCKETS] − 1
    public static int bucket(long milliseconds) {
        long minutes = Math.max(0, milliseconds) / MINUTE;
        return Math.min(BUCKETS - 1, 65 - Long.numberOfLeadingZeros(minutes));
    }
}
