package dev.konomi.train.atelier;

import java.nio.file.Path;
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
/// @param from a checkpoint of a run with the same shape whose weights to begin with; drawn at random without one
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
    /// What the shipped encoder was trained with.
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

    public AtelierOptions withSteps(int steps) {
        return new AtelierOptions(
                shape,
                seed,
                steps,
                batch,
                procedural,
                paintings,
                checked,
                learningRate,
                weightDecay,
                threads,
                from,
                work);
    }

    public AtelierOptions withPaintings(int paintings) {
        return new AtelierOptions(
                shape,
                seed,
                steps,
                batch,
                procedural,
                paintings,
                checked,
                learningRate,
                weightDecay,
                threads,
                from,
                work);
    }

    public AtelierOptions withSeed(long seed) {
        return new AtelierOptions(
                shape,
                seed,
                steps,
                batch,
                procedural,
                paintings,
                checked,
                learningRate,
                weightDecay,
                threads,
                from,
                work);
    }

    public AtelierOptions withFrom(@Nullable Path from) {
        return new AtelierOptions(
                shape,
                seed,
                steps,
                batch,
                procedural,
                paintings,
                checked,
                learningRate,
                weightDecay,
                threads,
                from,
                work);
    }

    public AtelierOptions withWork(Path work) {
        return new AtelierOptions(
                shape,
                seed,
                steps,
                batch,
                procedural,
                paintings,
                checked,
                learningRate,
                weightDecay,
                threads,
                from,
                work);
    }
}
