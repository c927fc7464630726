package dev.konomi.train.network.sequence;

/// How the model in sequence is trained. Steps, not minutes, so that a seed gives the same model on any machine.
///
/// @param config sizes and placement of preference tokens
/// @param decoderSteps steps of stage 1: connector, decoder and head
/// @param tokenSteps steps of stage 2: preference tokens alone; 0 leaves them out of the model
/// @param people how many people a step reads
/// @param observations the longest history a step reads, in observations
/// @param targets how many later observations each point of a history predicts
/// @param learningRate of stage 1 at its peak, after 4 % of warm-up; then a cosine to 0
/// @param tokenLearningRate of stage 2, likewise
/// @param weightDecay decoupled, on everything that learns
/// @param contrastive λ: `L = L_base + λ L_CP`
/// @param pull μ: how strongly selected keys are drawn to the queries that selected them
/// @param balance how strongly the pool is kept in even use
/// @param drop how often an item is read without its image or without its text, each
/// @param seed of weights, people, histories and targets
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
        double contrastive,
        double pull,
        double balance,
        double drop,
        long seed) {
    public SequencePlan {
        if (decoderSteps < 0 || tokenSteps < 0 || people < 1 || observations < 1 || targets < 1) {
            throw new IllegalArgumentException("A plan needs steps of 0 or more and at least one person, observation"
                    + " and target, got " + decoderSteps + " and " + tokenSteps + " steps, " + people + " people, "
                    + observations + " observations, " + targets + " targets.");
        }
        if (drop < 0 || drop > 0.5) {
            throw new IllegalArgumentException("A share of " + drop
                    + " of items without image or text leaves some without both; choose between 0 and 0.5.");
        }
    }

    /// A plan for the pilot: tens of seconds on one thread. The head in sequence is trained to be compared, the late
    /// head is the product's.
    ///
    /// @param config sizes
    /// @param seed of everything random
    /// @return the plan
    public static SequencePlan pilot(SequenceConfig config, long seed) {
        return new SequencePlan(config, 300, 60, 16, 8, 2, 2e-3, 1e-2, 0.05, 1, 0.05, 0.01, 0.1, seed);
    }

    /// @return the same with other numbers of steps
    public SequencePlan withSteps(int decoder, int token) {
        return new SequencePlan(
                config,
                decoder,
                token,
                people,
                observations,
                targets,
                learningRate,
                tokenLearningRate,
                weightDecay,
                contrastive,
                pull,
                balance,
                drop,
                seed);
    }
}
