package dev.konomi.cli.study;

import dev.konomi.train.evaluate.Ranker;
import java.util.Map;

/// What a training gave.
///
/// @param ranker over unseen pictures; its scores are logits
/// @param steps that it took on the people learned from
/// @param chosen the stage that it is of
/// @param metrics of validation people, by name
record TrainedVariant(Ranker ranker, int steps, String chosen, Map<String, Double> metrics) {
    TrainedVariant {
        metrics = Map.copyOf(metrics);
    }
}
