package dev.konomi.cli.study;

import dev.konomi.train.evaluate.Ranker;
import java.util.Map;
import java.util.Optional;

/// What a training gave.
///
/// @param ranker over unseen pictures; its scores are logits
/// @param latentClass the latent-class logit that it began with, given the world's general appeal, over the same
///     pictures; none where the variant is not compared with it
/// @param steps that it took on the people learned from
/// @param chosen the stage that it is of
/// @param metrics of validation people, by name
record TrainedVariant(
        Ranker ranker, Optional<Ranker> latentClass, int steps, String chosen, Map<String, Double> metrics) {
    TrainedVariant {
        metrics = Map.copyOf(metrics);
    }
}
