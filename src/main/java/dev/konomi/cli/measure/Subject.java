package dev.konomi.cli.measure;

import dev.konomi.guide.WordChooser;
import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemEncoder;
import dev.konomi.release.Manifest;
import dev.konomi.taste.Interval;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.Taste;
import dev.konomi.taste.TasteModel;
import dev.konomi.token.TokenBook;
import dev.konomi.train.evaluate.ModelRanker;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.reason.LikedItems;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A release that is measured, over pictures that nobody has judged yet.
public final class Subject implements Groups.Tokens {
    private final TasteModel model;
    private final TokenBook tokens;
    private final List<Encoding> pictures;
    private final ItemVectors items;
    private final Ranker ranker;
    private final Manifest.Calibration calibration;

    /// @param model stays the caller's to close
    /// @param tokens the release's
    /// @param pictures encodings of the pictures, by number
    /// @param calibration the release's
    public Subject(TasteModel model, TokenBook tokens, List<Encoding> pictures, Manifest.Calibration calibration) {
        this.model = model;
        this.tokens = tokens;
        this.pictures = List.copyOf(pictures);
        this.items = model.items(pictures);
        this.ranker = ModelRanker.ofNewItems(model, pictures).calibrated(calibration.temperature());
        this.calibration = calibration;
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

    /// @param history what is known of the person
    Taste taste(List<Observation> history) {
        return model.taste(items, history);
    }

    /// @return of somebody without a history
    Taste nobody() {
        return model.taste(items, List.of());
    }

    /// @param encoder whose encodings the release takes
    WordChooser words(ItemEncoder encoder) {
        return new WordChooser(model, encoder, tokens, calibration.temperature());
    }

    /// @param others encodings of any pictures
    /// @return what somebody of this taste makes of them
    double[] scores(Taste taste, List<Encoding> others) {
        float[] scores = model.scores(taste, model.items(others), new float[others.size()]);
        return IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).toArray();
    }

    /// A picture against the median one.
    ///
    /// @param probability that the person chooses it over the median picture
    /// @param interval of 90 % for that probability
    record Chance(double probability, Interval interval) {}

    /// @return whether the release knows intervals
    boolean knowsIntervals() {
        return calibration.spread() != null;
    }

    /// @param history what is known of the person
    /// @return every picture against the median one
    /// @throws IllegalStateException when the release knows no intervals
    List<Chance> chances(List<Observation> history) {
        Manifest.Spread spread = calibration.spread();
        if (spread == null) {
            throw new IllegalStateException("The release knows no intervals.");
        }
        Taste taste = model.taste(items, history);
        float[] scores = model.scores(taste, items, new float[pictures.size()]);
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
        float[][] vectors = model.tokens();
        return IntStream.range(0, scores.length)
                .mapToObj(i -> {
                    double margin = scores[i] - median;
                    double probability = 1 / (1 + Math.exp(-margin / calibration.temperature()));
                    double variance = Interval.tokenVariance(taste.activations(), vectors, items.features()[i]);
                    return new Chance(probability, Interval.of(spread, margin, variance, probability));
                })
                .toList();
    }

    /// @return what the person liked, for reasons
    LikedItems likes(List<Observation> history) {
        return new LikedItems(model, pictures, items, history);
    }
}
