package dev.konomi.train.stage;

import dev.konomi.train.network.sequence.SequenceConfig;

/// How the head in sequence is trained. Steps, not minutes, so that a seed gives the same model
/// on any machine.
///
/// @param config sizes and placement of preference tokens
/// @param decoderSteps steps of stage 1: connector, decoder and what reads the answer
/// @param tokenSteps steps of stage 2: preference tokens alone; 0 leaves them out of the model
/// @param people how many people a step reads
/// @param observations the longest history a step reads, in observations
/// @param targets how many later observations each point of a history predicts
/// @param learningRate of stage 1 at its peak, after 4 % of warm-up; then a cosine to 0
/// @param tokenLearningRate of stage 2, likewise
/// @param weightDecay decoupled, in stage 1
/// @param contrast λ: `L = L_base + λ L_CP`
/// @param pull μ: how strongly selected keys are drawn to the queries that selected them
/// @param balance how strongly the pool is kept in even use
/// @param modalityDropout how often an item that has both is read without its image or without
///     its text, each
/// @param validation share of people that are kept for choosing and calibrating
/// @param seeds of everything random
public record SequencePlan(
        SequenceConfig config,
        int decoderSteps,
        int tokenSteps,
        int people,
        int observations,
        int targets,
        double learningRate,
        double tokenLearningRate,
        double weightDecay,
        double contrast,
        double pull,
        double balance,
        double modalityDropout,
        double validation,
        Seeds seeds) {
    public SequencePlan {
        if (decoderSteps < 0 || tokenSteps < 0 || people < 1 || observations < 1 || targets < 1) {
            throw new IllegalArgumentException("A plan needs steps of 0 or more and at least one person, observation"
                    + " and target, got " + decoderSteps + " and " + tokenSteps + " steps, " + people + " people, "
                    + observations + " observations, " + targets + " targets.");
        }
        if (!(validation > 0 && validation < 1) || !(modalityDropout >= 0 && modalityDropout <= 0.5)) {
            throw new IllegalArgumentException("validation " + validation
                    + " must lie between 0 and 1, modalityDropout " + modalityDropout + " between 0 and 0.5.");
        }
    }

    /// @param encodingWidth `d_e`
    /// @param seed of everything random
    /// @return what the pilot trains: about 45 seconds on one quiet core
    public static SequencePlan full(int encodingWidth, long seed) {
        return new SequencePlan(
                SequenceConfig.small(encodingWidth),
                280,
                20,
                16,
                8,
                2,
                3e-3,
                1e-2,
                0.05,
                1,
                0.05,
                0.01,
                0.1,
                0.1,
                Seeds.of(seed));
    }

    /// @param encodingWidth `d_e`
    /// @param seed of everything random
    /// @return a few seconds: everything happens, little is learnt
    public static SequencePlan quick(int encodingWidth, long seed) {
        return full(encodingWidth, seed).withSteps(16, 6);
    }

    /// @return the same with other numbers of steps
    public SequencePlan withSteps(int decoder, int token) {
        return changed(config, decoder, token, learningRate, seeds);
    }

    /// @return the same with other sizes or another use of preference tokens
    public SequencePlan with(SequenceConfig other) {
        return changed(other, decoderSteps, tokenSteps, learningRate, seeds);
    }

    /// @return the same with another rate of stage 1
    public SequencePlan withLearningRate(double other) {
        return changed(config, decoderSteps, tokenSteps, other, seeds);
    }

    /// @return the same with other randomness
    public SequencePlan withSeeds(Seeds other) {
        return changed(config, decoderSteps, tokenSteps, learningRate, other);
    }

    private SequencePlan changed(SequenceConfig sizes, int decoder, int token, double rate, Seeds random) {
        return new SequencePlan(
                sizes,
                decoder,
                token,
                people,
                observations,
                targets,
                rate,
                tokenLearningRate,
                weightDecay,
                contrast,
                pull,
                balance,
                modalityDropout,
                validation,
                random);
    }
}
