package dev.konomi.train.evaluate.baseline;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import java.util.ArrayList;
import java.util.List;

/// The nearest liked item minus the nearest disliked item: `m(z, liked) − m(z, disliked)` with
/// `m(z, S) = 1/κ log mean_S exp(κ cos(z, ·))`, from the mean similarity (`κ → 0`) to the nearest
/// (`κ → ∞`).
///
/// @param sharpness `κ`
record Nearest(double sharpness) implements Personal {
    /// From nearly the mean similarity to nearly the nearest alone.
    static final double[] SHARPNESSES = {0.5, 3, 10, 50};

    @Override
    public OnItems on(float[][] items) {
        float[][] unit = new float[items.length][];
        for (int i = 0; i < items.length; i++) {
            float norm = (float) Math.sqrt(FeatureSpace.dot(items[i], items[i]) + 1e-12);
            unit[i] = new float[items[i].length];
            for (int k = 0; k < unit[i].length; k++) {
                unit[i][k] = items[i][k] / norm;
            }
        }
        return appeal -> (history, candidates) -> {
            List<float[]> liked = new ArrayList<>();
            List<float[]> disliked = new ArrayList<>();
            for (Observation observation : history) {
                switch (observation) {
                    case Choice choice -> {
                        liked.add(unit[choice.chosen()]);
                        disliked.add(unit[choice.rejected()]);
                    }
                    case Opinion opinion -> (opinion.liked() ? liked : disliked).add(unit[opinion.item()]);
                }
            }
            double[] scores = new double[candidates.length];
            for (int c = 0; c < scores.length; c++) {
                scores[c] = similarity(unit[candidates[c]], liked) - similarity(unit[candidates[c]], disliked);
            }
            return scores;
        };
    }

    private double similarity(float[] item, List<float[]> others) {
        if (others.isEmpty()) {
            return 0;
        }
        double sum = 0;
        for (float[] other : others) {
            sum += Math.exp(sharpness * (FeatureSpace.dot(item, other) - 1));
        }
        return 1 + Math.log(sum / others.size()) / sharpness;
    }
}
