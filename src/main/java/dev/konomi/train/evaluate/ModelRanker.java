package dev.konomi.train.evaluate;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.Taste;
import dev.konomi.taste.TasteModel;
import java.util.List;

/// A released model as a ranker: it scores as the functions do, by the release's own graphs.
public final class ModelRanker implements Ranker {
    private final TasteModel model;
    private final ItemVectors items;
    private final ItemVectors known;
    private final float[] offsets;

    /// @param model stays the caller's to close
    /// @param items that histories and candidates point into
    /// @param offsets `o_z` of these items, `[N]`
    public ModelRanker(TasteModel model, List<Encoding> items, float[] offsets) {
        if (offsets.length != items.size()) {
            throw new IllegalArgumentException(
                    offsets.length + " offsets for " + items.size() + " items: give one an item.");
        }
        this.model = model;
        this.items = model.items(items);
        this.offsets = offsets.clone();
        this.known = this.items.with(offsets);
    }

    /// For items that nobody has judged yet: all offsets are 0.
    public static ModelRanker ofNewItems(TasteModel model, List<Encoding> items) {
        return new ModelRanker(model, items, new float[items.size()]);
    }

    @Override
    public double[] score(List<Observation> history, int[] candidates) {
        Taste taste = model.taste(known, history);
        float[][] features = new float[candidates.length][];
        float[] appeal = new float[candidates.length];
        float[] chosenOffsets = new float[candidates.length];
        for (int i = 0; i < candidates.length; i++) {
            features[i] = items.features()[candidates[i]];
            appeal[i] = items.appeal()[candidates[i]];
            chosenOffsets[i] = offsets[candidates[i]];
        }
        float[] scores = model.scores(taste, new ItemVectors(features, appeal), chosenOffsets);
        double[] wide = new double[scores.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = scores[i];
        }
        return wide;
    }
}
