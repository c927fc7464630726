package dev.konomi.train.evaluate;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.taste.SequenceItems;
import dev.konomi.taste.SequenceModel;
import java.util.List;

/// A released head in sequence as a ranker, by the release's own graphs. It knows no item offsets, and nobody tells
/// it when it is asked.
public final class SequenceRanker implements Ranker {
    /// Under which the state of whoever was asked for last is kept.
    private static final long ANYBODY = 0;

    private static final long UNKNOWN = -1;

    private final SequenceModel model;
    private final SequenceItems items;

    /// @param model stays the caller's to close
    /// @param items that histories and candidates point into
    public SequenceRanker(SequenceModel model, List<Encoding> items) {
        this.model = model;
        this.items = model.items(items);
    }

    @Override
    public double[] score(List<Observation> history, int[] candidates) {
        float[] scores =
                model.logits(ANYBODY, items, history, UNKNOWN, candidates).scores();
        double[] wide = new double[scores.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = scores[i];
        }
        return wide;
    }
}
