package dev.konomi.train.atelier;

import java.nio.file.Path;

/// How the shipped encoder is trained.
///
/// @param shape sizes of the towers
/// @param seed of weights, pictures, prompts and order
/// @param steps of the optimizer, fixed beforehand: the learning rate follows a cosine over them
/// @param batch pictures a step; twice as many texts
/// @param paintings pictures to learn from, painted once and kept under [#work]
/// @param checked held-out pictures that accuracy is measured on
/// @param learningRate at its peak
/// @param weightDecay of AdamW
/// @param threads of the tensor library
/// @param work folder of the painted pictures and the checkpoints; an interrupted run goes on from there
public record AtelierOptions(
        TowerShape shape,
        long seed,
        int steps,
        int batch,
        int paintings,
        int checked,
        double learningRate,
        double weightDecay,
        int threads,
        Path work) {
    /// What the shipped encoder was trained with.
    public static AtelierOptions shipped() {
        return new AtelierOptions(
                TowerShape.SHIPPED, 20260924, 3000, 64, 24_000, 1500, 1.5e-3, 0.05, 1, Path.of("target", "atelier"));
    }

    /// @throws IllegalArgumentException if a count is not positive
    public AtelierOptions {
        if (steps < 1 || batch < 2 || paintings < batch || checked < 1 || threads < 1 || learningRate <= 0) {
            throw new IllegalArgumentException(
                    "steps %d, batch %d, paintings %d, checked %d, threads %d, learning rate %s: all must be positive, batch at least 2, paintings at least one batch"
                            .formatted(steps, batch, paintings, checked, threads, learningRate));
        }
    }

    public AtelierOptions withSteps(int steps) {
        return new AtelierOptions(
                shape, seed, steps, batch, paintings, checked, learningRate, weightDecay, threads, work);
    }

    public AtelierOptions withPaintings(int paintings) {
        return new AtelierOptions(
                shape, seed, steps, batch, paintings, checked, learningRate, weightDecay, threads, work);
    }

    public AtelierOptions withSeed(long seed) {
        return new AtelierOptions(
                shape, seed, steps, batch, paintings, checked, learningRate, weightDecay, threads, work);
    }

    public AtelierOptions withWork(Path work) {
        return new AtelierOptions(
                shape, seed, steps, batch, paintings, checked, learningRate, weightDecay, threads, work);
    }
}
