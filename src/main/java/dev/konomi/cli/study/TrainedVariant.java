package dev.konomi.cli.study;

import dev.konomi.train.evaluate.Ranker;
import java.util.Map;
import java.util.Optional;

/// What a training gave.
///
/// @param ranker over unseen pictures; its scores are logits
/// @param rivals over the same pictures; none where the variant is not compared with the latent-class logit
/// @param steps that it took on the people learned from
/// @param chosen the stage that it is of
/// @param metrics of validation people, by name
record TrainedVariant(Ranker ranker, Optional<Rivals> rivals, int steps, String chosen, Map<String, Double> metrics) {
    /// Who is asked beside it; see [Told].
    ///
    /// @param latentClass the latent-class logit that it began with, told the world's general appeal
    /// @param latentClassUntold the same, not told
    /// @param konomi the model, told
    record Rivals(Ranker latentClass, Ranker latentClassUntold, Ranker konomi) {}

    TrainedVariant {
        metrics = Map.copyOf(metrics);
    }
}
