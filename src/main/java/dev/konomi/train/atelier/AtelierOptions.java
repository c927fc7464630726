package dev.konomi.train.atelier;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How the shipped encoder is trained.
///
/// @param shape sizes of the towers
/// @param seed of weights, pictures, prompts and order
/// @param steps of the optimizer, fixed beforehand: the learning rate follows a cosine over them
/// @param batch paintings a step; twice as many texts
/// @param procedural procedural pictures a step beside them
/// @param paintings pictures to learn from, painted once and kept under [#work]
/// @param checked held-out pictures that accuracy is measured on
/// @param learningRate at its peak
/// @param weightDecay of AdamW
/// @param threads of the tensor library
/// @param from a checkpoint of a run with the same shape, or the folder of a finished encoder, whose weights to begin
///     with; drawn at random without one
/// @param work folder of the painted pictures and the checkpoints; an interrupted run goes on from there
public record AtelierOptions(
        TowerShape shape,
        long seed,
        int steps,
        int batch,
        int procedural,
        int paintings,
        int checked,
        double learningRate,
        double weightDecay,
        int threads,
        @Nullable Path from,
        Path work) {
    /// A first round of the encoder that ships; its manifest says which rounds followed.
    public static AtelierOptions shipped() {
        return new AtelierOptions(
                TowerShape.SHIPPED,
                20260924,
                3000,
                64,
                16,
                24_000,
                1500,
                1.5e-3,
                0.05,
                1,
                null,
                Path.of("target", "atelier"));
    }

    /// @throws IllegalArgumentException if a count is not positive
    public AtelierOptions {
        if (steps < 1
                || batch < 2
                || procedural < 1
                || paintings < batch
                || checked < 1
                || threads < 1
                || learningRate <= 0) {
            throw new IllegalArgumentException(
                    "steps %d, batch %d, procedural %d, paintings %d, checked %d, threads %d, learning rate %s: all must be positive, batch at least 2, paintings at least one batch"
                            .formatted(steps, batch, procedural, paintings, checked, threads, learningRate));
        }
    }

    public AtelierOptions withSteps(int changed) {
        return changed(draft -> draft.steps = changed);
    }

    public AtelierOptions withPaintings(int changed) {
        return changed(draft -> draft.paintings = changed);
    }

    public AtelierOptions withSeed(long changed) {
        return changed(draft -> draft.seed = changed);
    }

    public AtelierOptions withLearningRate(double changed) {
        return changed(draft -> draft.learningRate = changed);
    }

    public AtelierOptions withFrom(@Nullable Path changed) {
        return changed(draft -> draft.from = changed);
    }

    public AtelierOptions withWork(Path changed) {
        return changed(draft -> draft.work = changed);
    }

    private AtelierOptions changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new AtelierOptions(
                shape,
                draft.seed,
                draft.steps,
                batch,
                procedural,
                draft.paintings,
                checked,
                draft.learningRate,
                weightDecay,
                threads,
                draft.from,
                draft.work);
    }

    /// What can be changed.
    private static final class Draft {
        private long seed;
        private int steps;
        private int paintings;
        private double learningRate;
        private @Nullable Path from;
        private Path work;

        Draft(AtelierOptions options) {
            seed = options.seed;
            steps = options.steps;
            paintings = options.paintings;
            learningRate = options.learningRate;
            from = options.from;
            work = options.work;
        }
    }
}
