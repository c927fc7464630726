package dev.konomi.taste;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/// A late head in a few lines of Java: features are the image token scaled, the own taste is the
/// weighted sum of differences, activations are a softmax over what the tokens make of it.
public final class PlainTasteModel implements TasteModel {
    private static final float[][] TOKENS = {{1, 0}, {0, 1}};

    private final float scale;
    private volatile boolean closed;

    /// @param scale of features: tells one release's vectors from another's
    public PlainTasteModel(float scale) {
        this.scale = scale;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public ItemVectors items(List<Encoding> encodings) {
        requireOpen();
        float[][] features = new float[encodings.size()][];
        float[] appeal = new float[encodings.size()];
        for (int i = 0; i < appeal.length; i++) {
            float[] image = Objects.requireNonNull(encodings.get(i).image());
            features[i] = new float[] {scale * image[0], scale * image[1]};
            appeal[i] = scale * 0.1f * image[0];
        }
        return new ItemVectors(features, appeal);
    }

    @Override
    public Taste taste(ItemVectors items, List<Observation> history) {
        float[] kept = new float[history.size()];
        Arrays.fill(kept, 1);
        return taste(items, history, kept);
    }

    @Override
    public List<Taste> tastes(ItemVectors items, List<Observation> history, float[][] kept) {
        List<Taste> tastes = new ArrayList<>();
        for (float[] row : kept) {
            tastes.add(taste(items, history, row));
        }
        return Collections.unmodifiableList(tastes);
    }

    private Taste taste(ItemVectors items, List<Observation> history, float[] kept) {
        requireOpen();
        float[] own = new float[2];
        for (int i = 0; i < history.size(); i++) {
            float weight = 0.3f * kept[i] * history.get(i).weight();
            switch (history.get(i)) {
                case Observation.Choice choice -> {
                    add(own, weight, items.features()[choice.chosen()]);
                    add(own, -weight, items.features()[choice.rejected()]);
                }
                case Observation.Opinion opinion ->
                    add(own, opinion.liked() ? weight : -weight, items.features()[opinion.item()]);
            }
        }
        double first = 1 / (1 + Math.exp(own[1] - own[0]));
        float[] activations = {(float) first, (float) (1 - first)};
        float[] vector = own.clone();
        add(vector, activations[0], TOKENS[0]);
        add(vector, activations[1], TOKENS[1]);
        return new Taste(vector, own, activations);
    }

    private static void add(float[] to, float weight, float[] vector) {
        for (int k = 0; k < to.length; k++) {
            to[k] += weight * vector[k];
        }
    }

    @Override
    public float[] scores(Taste taste, ItemVectors candidates, float[] offsets) {
        requireOpen();
        float[] scores = new float[offsets.length];
        for (int i = 0; i < scores.length; i++) {
            float[] g = candidates.features()[i];
            scores[i] = taste.vector()[0] * g[0]
                    + taste.vector()[1] * g[1]
                    + candidates.appeal()[i]
                    + offsets[i];
        }
        return scores;
    }

    @Override
    public float[][] tokens() {
        return TOKENS;
    }

    @Override
    public Encoding mean() {
        return new Encoding(new float[2], null);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The model is closed.");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
