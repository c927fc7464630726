package dev.konomi.taste;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.release.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A person and candidates → ranks, probabilities and reasons. Pure.
///
/// The score is the late head's `s(u,z) = (h_own + Σ a_m p_m)·g(z) + b(z) + o_z`. The probability
/// that the person chooses the candidate over the catalogue's median item is `σ((s − s̃) / T)`,
/// where `s̃` is this person's score of the median item and `T` the release's temperature.
final class Scorer {
    /// How many events are named as reasons at most.
    static final int MOST_REASONS = 5;

    private final TasteModel model;
    private final CatalogueSample sample;
    private final Manifest.Calibration calibration;
    private final CommonGround ground;

    /// @param model a release's model
    /// @param sample its catalogue's sample
    /// @param calibration its T, and what intervals are made of
    Scorer(TasteModel model, CatalogueSample sample, Manifest.Calibration calibration) {
        this.model = model;
        this.sample = sample;
        this.calibration = calibration;
        this.ground = new CommonGround(model);
    }

    /// A candidate in its place.
    ///
    /// @param candidate its index in the question
    /// @param score `s`
    /// @param probability that the person chooses it over the catalogue's median item
    /// @param interval of 90 % for that probability, or null where the release knows none
    /// @param explanation why, or null when nobody asked
    record Ranked(
            int candidate,
            double score,
            double probability,
            @Nullable Interval interval,
            @Nullable Explanation explanation) {}

    /// What reasons are found in.
    ///
    /// @param items vectors of the person's history's items, in their order
    /// @param history their encodings; null for those not at hand
    /// @param candidates the candidates' encodings; null for those not at hand
    /// @param concepts words, as the release's encoder reads them
    record Evidence(
            ItemVectors items,
            List<? extends @Nullable Encoding> history,
            List<? extends @Nullable Encoding> candidates,
            Concepts concepts) {}

    /// @param known the person
    /// @param candidates N items
    /// @param offsets `o_z`, `[N]`
    /// @param reasons to say why; or null when nobody asks
    /// @return all candidates, best first; equal scores in the order of the question
    List<Ranked> rank(Known known, ItemVectors candidates, float[] offsets, @Nullable Evidence reasons) {
        float[] scores = model.scores(known.taste(), candidates, offsets);
        double median = sample.median(known.taste());
        List<Explanation> why = reasons == null ? List.of() : explain(known, reasons, candidates, offsets, scores);
        return IntStream.range(0, scores.length)
                .mapToObj(i -> {
                    double probability = sigmoid((scores[i] - median) / calibration.temperature());
                    return new Ranked(
                            i,
                            scores[i],
                            probability,
                            interval(known.taste(), candidates.features()[i], scores[i] - median, probability),
                            reasons == null ? null : why.get(i));
                })
                .sorted(Comparator.comparingDouble(Ranked::score).reversed().thenComparingInt(Ranked::candidate))
                .toList();
    }

    private @Nullable Interval interval(Taste taste, float[] features, double margin, double probability) {
        Manifest.Spread spread = calibration.spread();
        return spread == null
                ? null
                : Interval.of(
                        spread,
                        margin,
                        Interval.tokenVariance(taste.activations(), model.tokens(), features),
                        probability);
    }

    private List<Explanation> explain(
            Known known, Evidence evidence, ItemVectors candidates, float[] offsets, float[] scores) {
        float[][] tokens = model.tokens();
        List<Observation> history = known.history().observations();
        List<List<Integer>> likes = known.placesByEvent().stream()
                .filter(places -> history.get(places.getFirst()).likedItem() >= 0)
                .toList();
        List<float[]> changes = changes(known, evidence.items(), likes);
        List<@Nullable Encoding> liked = new ArrayList<>(likes.size());
        likes.forEach(places ->
                liked.add(evidence.history().get(history.get(places.getFirst()).likedItem())));
        CommonWords words = new CommonWords(model, evidence.concepts());
        List<Explanation> all = new ArrayList<>(scores.length);
        for (int i = 0; i < scores.length; i++) {
            float[] features = candidates.features()[i];
            double rest = scores[i] - (double) candidates.appeal()[i] - offsets[i];
            List<Explanation.TokenPart> parts = new ArrayList<>(tokens.length);
            for (int m = 0; m < tokens.length; m++) {
                double part = known.taste().activations()[m] * dot(tokens[m], features);
                parts.add(new Explanation.TokenPart(m, part));
                rest -= part;
            }
            parts.sort(Comparator.comparingDouble((Explanation.TokenPart part) -> -Math.abs(part.value()))
                    .thenComparingInt(Explanation.TokenPart::token));
            double[] falls = changes.stream()
                    .mapToDouble(change -> dot(change, features))
                    .toArray();
            Encoding candidate = evidence.candidates().get(i);
            List<CommonGround.Place> named = ground.order(known.taste(), candidate, liked, falls).stream()
                    .filter(place -> falls[place.like()] > 0)
                    .limit(MOST_REASONS)
                    .toList();
            List<List<Explanation.Word>> said = words.of(
                    known.taste(),
                    candidate,
                    encodings(named, liked),
                    named.stream().mapToDouble(CommonGround.Place::worth).toArray());
            List<Explanation.Reason> because = new ArrayList<>(named.size());
            double remaining = Arrays.stream(falls).sum();
            for (int n = 0; n < named.size(); n++) {
                CommonGround.Place place = named.get(n);
                double change = falls[place.like()];
                remaining -= change;
                because.add(
                        new Explanation.Reason(likes.get(place.like()).getFirst(), change, place.worth(), said.get(n)));
            }
            int unnamed = likes.size() - named.size();
            // `rest` is h_own·g(z) with the graph's rounding in it, so that the parts add up to what was answered.
            all.add(new Explanation(
                    rest,
                    parts,
                    candidates.appeal()[i],
                    offsets[i],
                    because,
                    new Explanation.Remaining(unnamed, unnamed == 0 ? 0 : remaining)));
        }
        return all;
    }

    private static List<@Nullable Encoding> encodings(
            List<CommonGround.Place> places, List<? extends @Nullable Encoding> likes) {
        List<@Nullable Encoding> encodings = new ArrayList<>(places.size());
        places.forEach(place -> encodings.add(likes.get(place.like())));
        return encodings;
    }

    /// @return for each event what it does to the taste vector, `[G]`: with it minus without
    ///     it
    private List<float[]> changes(Known known, ItemVectors items, List<List<Integer>> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        int n = known.history().observations().size();
        float[][] kept = new float[events.size()][n];
        for (int e = 0; e < kept.length; e++) {
            Arrays.fill(kept[e], 1);
            for (int place : events.get(e)) {
                kept[e][place] = 0;
            }
        }
        float[] with = known.taste().vector();
        return model.tastes(items, known.history().observations(), kept).stream()
                .map(without -> difference(with, without.vector()))
                .toList();
    }

    private static float[] difference(float[] a, float[] b) {
        float[] difference = new float[a.length];
        for (int k = 0; k < a.length; k++) {
            difference[k] = a[k] - b[k];
        }
        return difference;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
