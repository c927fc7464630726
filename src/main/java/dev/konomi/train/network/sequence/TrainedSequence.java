package dev.konomi.train.network.sequence;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A trained model in sequence, outside libtorch.
///
/// @param config what the weights fit; without a second stage it selects no preference tokens
/// @param weights by name
/// @param metrics what training itself observed, by stable key
public record TrainedSequence(
        SequenceConfig config, SortedMap<String, Weight> weights, SortedMap<String, Double> metrics) {
    public TrainedSequence {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /// @return how many numbers were learnt
    public long parameters() {
        return weights.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("whitening."))
                .map(Map.Entry::getValue)
                .mapToLong(weight -> weight.values().length)
                .sum();
    }
}
