package dev.konomi.train.evaluate.baseline;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import java.util.List;

/// A history as differences: a choice is `chosen − rejected`, a like is an item against the mean
/// item, a dislike the
/// mean item against an item.
///
/// @param difference `[n][D]`
/// @param appeal `[n]`, the same difference in general appeal
/// @param weight `[n]`
record Evidence(float[][] difference, double[] appeal, double[] weight) {
    /// @param items vectors, centred on the mean item
    /// @param appeal of the items, centred on the mean item
    static Evidence of(List<Observation> history, float[][] items, double[] appeal) {
        float[][] difference = new float[history.size()][];
        double[] shift = new double[history.size()];
        double[] weight = new double[history.size()];
        for (int i = 0; i < difference.length; i++) {
            Observation observation = history.get(i);
            weight[i] = observation.weight();
            switch (observation) {
                case Choice choice -> {
                    difference[i] = minus(items[choice.chosen()], items[choice.rejected()]);
                    shift[i] = appeal[choice.chosen()] - appeal[choice.rejected()];
                }
                case Opinion opinion -> {
                    float sign = opinion.liked() ? 1 : -1;
                    difference[i] = scaled(items[opinion.item()], sign);
                    shift[i] = sign * appeal[opinion.item()];
                }
            }
        }
        return new Evidence(difference, shift, weight);
    }

    int size() {
        return weight.length;
    }

    static float[] minus(float[] left, float[] right) {
        float[] difference = new float[left.length];
        for (int k = 0; k < difference.length; k++) {
            difference[k] = left[k] - right[k];
        }
        return difference;
    }

    private static float[] scaled(float[] vector, float factor) {
        float[] scaled = new float[vector.length];
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] = factor * vector[k];
        }
        return scaled;
    }
}
