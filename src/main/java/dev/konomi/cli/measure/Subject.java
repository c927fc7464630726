package dev.konomi.cli.measure;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.TasteModel;
import dev.konomi.token.TokenBook;
import dev.konomi.train.evaluate.ModelRanker;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.reason.LikedItems;
import java.util.List;

/// A release that is measured, over pictures that nobody has judged yet.
public final class Subject implements Groups.Tokens {
    private final TasteModel model;
    private final TokenBook tokens;
    private final List<Encoding> pictures;
    private final ItemVectors items;
    private final Ranker ranker;

    /// @param model stays the caller's to close
    /// @param tokens the release's
    /// @param pictures encodings of the pictures, by number
    /// @param temperature the release's
    public Subject(TasteModel model, TokenBook tokens, List<Encoding> pictures, double temperature) {
        this.model = model;
        this.tokens = tokens;
        this.pictures = List.copyOf(pictures);
        this.items = model.items(pictures);
        this.ranker = ModelRanker.ofNewItems(model, pictures).calibrated(temperature);
    }

    /// @return the release as a ranker whose scores are logits
    Ranker ranker() {
        return ranker;
    }

    @Override
    public TokenBook book() {
        return tokens;
    }

    @Override
    public float[] activations(List<Observation> history) {
        return model.taste(items, history).activations();
    }

    /// @return what the person liked, for reasons
    LikedItems likes(List<Observation> history) {
        return new LikedItems(model, pictures, items, history);
    }
}
