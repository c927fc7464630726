package dev.konomi.cli.evaluate;

import dev.konomi.item.Encoding;
import dev.konomi.item.ImageStatistics;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.baseline.Appeal;
import dev.konomi.train.evaluate.baseline.Baseline;
import dev.konomi.train.evaluate.baseline.Baselines;
import dev.konomi.train.evaluate.baseline.ColourHistogram;
import dev.konomi.train.evaluate.baseline.RatedAppeal;
import dev.konomi.train.evaluate.baseline.RatedAppeal.Rating;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.stage.Progress;
import dev.konomi.train.stage.Seeds;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.Training;
import dev.konomi.train.stage.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that is asked: Konomi, Konomi without words, Konomi that sees colours alone, and the baselines, all
/// fitted to the same people.
///
/// @param data ratings with encoded items
/// @param question what is asked
/// @param seed of all fits
record Contestants(EncodedRatings data, Question question, long seed) {
    static final String KONOMI = "konomi";
    static final String IMAGE_ONLY = "konomiImageOnly";
    static final String COLOURS = "konomiColours";
    static final String CLASSES = "latentClass";

    /// Names in the order of the report.
    static final List<String> NAMES = List.of(
            KONOMI,
            IMAGE_ONLY,
            COLOURS,
            Baselines.POPULARITY,
            Baselines.NEAREST,
            Baselines.LOGISTIC,
            CLASSES,
            Baselines.BPR,
            Baselines.HAND_MADE);

    private static final int FEW = 1_000;

    /// @param fold whom to learn from
    /// @param checkpoints an empty folder
    /// @param progress told how training gets on
    /// @return rankers of all items by name
    Map<String, Ranker> fit(Fold fold, Path checkpoints, Progress progress) {
        Map<String, Ranker> rankers = new LinkedHashMap<>();
        Dataset target = over(data.items(), data.width());
        Dataset known = fold.training(data.items(), data.width(), data.pictureStatistics());
        TrainedModel model = Training.run(known, plan(known), checkpoints.resolve("encodings"), progress);
        float[] offsets = fold.spread(model.offsets());
        rankers.put(KONOMI, model.ranker(target, offsets));
        if (data.items().stream().anyMatch(item -> item.image() != null && item.text() != null)) {
            rankers.put(IMAGE_ONLY, model.ranker(imageOnly(), offsets));
        }
        if (question.newItems() && !data.colours().isEmpty()) {
            rankers.put(COLOURS, colours(fold, checkpoints.resolve("colours"), progress));
        }
        List<Rating> ratings = fold.ratings();
        RatedAppeal rated = RatedAppeal.fit(data.items(), data.width(), ratings);
        Appeal appeal = known(rated, fold.back());
        Map<String, Baseline> baselines = new LinkedHashMap<>(Baselines.fit(known, appeal, question.history(), seed));
        baselines.put(
                CLASSES,
                Baselines.withAppeal(
                        items -> model.latentClasses().ranker(items), known, appeal, question.history(), seed));
        baselines.forEach((name, baseline) -> rankers.put(name, baseline.ranker(target, rated.scores())));
        if (!data.statistics().isEmpty()) {
            rankers.put(Baselines.HAND_MADE, handMade(fold, ratings));
        }
        return rankers;
    }

    /// The same model, taught the same way; all that it sees of an item is its colours.
    private Ranker colours(Fold fold, Path checkpoints, Progress progress) {
        Dataset known = fold.training(data.colours(), ColourHistogram.BINS, 0);
        TrainedModel model = Training.run(known, plan(known), checkpoints, progress);
        return model.ranker(over(data.colours(), ColourHistogram.BINS), fold.spread(model.offsets()));
    }

    private Ranker handMade(Fold fold, List<Rating> ratings) {
        Dataset known = fold.training(data.statistics(), ImageStatistics.COUNT, 0);
        RatedAppeal rated = RatedAppeal.ofHandMade(data.statistics(), ImageStatistics.COUNT, ratings);
        return Baselines.handMade(known, known(rated, fold.back()), question.history(), seed)
                .ranker(over(data.statistics(), ImageStatistics.COUNT), rated.scores());
    }

    private static Appeal known(RatedAppeal rated, int[] back) {
        return (item, asking) -> rated.of(back[item], asking);
    }

    private Dataset over(List<Encoding> items, int width) {
        return new Dataset(data.encoderDigest(), width, items, List.of());
    }

    private Dataset imageOnly() {
        return over(
                data.items().stream()
                        .map(item -> item.image() == null ? item : new Encoding(item.image(), null))
                        .toList(),
                data.width());
    }

    /// Fewer people and items bear fewer tokens, components and steps.
    private TrainingPlan plan(Dataset known) {
        int people = known.people().size();
        if (people >= FEW) {
            return TrainingPlan.full().withSeeds(Seeds.of(seed));
        }
        NetworkSettings full = NetworkSettings.DEFAULT;
        int components = Math.clamp(known.items().size() / 4, 4, full.dimension());
        int dimension = components + Math.min(known.statistics(), components);
        NetworkSettings small = new NetworkSettings(
                dimension, Math.clamp(people / 10, 2, full.tokens()), full.mapSteps(), full.activation(), 2);
        int steps = Math.clamp(6L * people, 60, 600);
        return new TrainingPlan(
                small,
                Seeds.of(seed),
                TrainingPlan.Device.CPU,
                1,
                steps,
                steps,
                steps / 6,
                0.25,
                1,
                true,
                0.05,
                people < 200 ? 0.3 : 0.2);
    }
}
