package dev.konomi.train;

import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.TrainingPlan;
import java.util.Optional;

/// What a training trains.
///
/// @param late the late head, which answers
/// @param sequence the head in sequence beside it
public record Recipe(TrainingPlan late, Sequence sequence) {
    /// How the head in sequence is trained, if at all. Its sizes follow from the encoder, which only the data name.
    @FunctionalInterface
    public interface Sequence {
        /// Not at all.
        Sequence NONE = (encodingWidth, seed) -> Optional.empty();

        /// As the pilot does.
        Sequence FULL = (encodingWidth, seed) -> Optional.of(SequencePlan.full(encodingWidth, seed));

        /// For a first look and for tests.
        Sequence QUICK = (encodingWidth, seed) -> Optional.of(SequencePlan.quick(encodingWidth, seed));

        /// @param encodingWidth `d_e`
        /// @param seed of everything random
        Optional<SequencePlan> plan(int encodingWidth, long seed);
    }

    /// @return the late head alone
    public static Recipe of(TrainingPlan late) {
        return new Recipe(late, Sequence.NONE);
    }
}
