package dev.konomi.train.stage;

import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.stage.Validation.Judgement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The parameters after each stage, judged on validation people. With few people a later stage may overfit: the best is
/// kept, so that training never ends below the latent classes.
final class Candidates {
    private static final double[] STRENGTHS = {0.3, 1, 3, 10, 30};

    private static final int[] LENGTHS = {0, 1, 2, 4, 8, 16};

    private final PreferenceNetwork network;
    private final Validation validation;
    private final float[] none;
    private final Map<String, Double> metrics = new TreeMap<>();

    private @Nullable Judgement best;
    private Map<String, float[]> parameters = Map.of();
    private String chosen = "";

    Candidates(PreferenceNetwork network, Validation validation) {
        this.network = network;
        this.validation = validation;
        none = new float[validation.items().meanItem()];
    }

    /// Judges the network as it is now. Validation people choose among training pictures, which a stage that trains
    /// items or tokens learns by heart to some extent: it won up to .0015 there while it lost on unseen ones.
    ///
    /// @param margin of validation loss by which the stage must win
    void consider(String stage, double margin) {
        Judgement judgement = validation.judge(network, none);
        metrics.put("validation." + stage + ".loss", judgement.loss());
        metrics.put("validation." + stage + ".accuracy", judgement.accuracy());
        for (int q = 0; q < LENGTHS.length; q++) {
            metrics.put(
                    "validation." + stage + ".accuracy." + LENGTHS[q], judgement.byLength()[q]);
        }
        if (best == null || judgement.loss() < best.loss() - margin) {
            best = judgement;
            parameters = network.parameters().copy();
            chosen = stage;
        }
    }

    /// Puts the best parameters back, decides what an item's events and a person's history count, calibrates,
    /// and finds out how far off scores may be.
    ///
    /// The offsets' strength is decided for people without a history, what a history adds beside
    /// these offsets: where people hardly differ, or are too few to show how, it adds nothing
    /// (empirical Bayes, with people that were not trained on in place of a marginal likelihood).
    ///
    /// @param regressed whether general appeal is a regression of its own
    TrainedModel best(
            List<Person> training, Dataset data, TrainedModel latentClasses, double baseRate, boolean regressed) {
        if (best == null) {
            throw new IllegalStateException("No stage has been judged.");
        }
        network.parameters().set(parameters);
        float[] expected = TrainedModel.expected(network, data.items());
        float[] offsets = none;
        double strength = 0;
        Judgement judgement = judge(Personal.HARDLY, none);
        for (double each : STRENGTHS) {
            float[] tried = new ItemOffsets(each).of(training, expected, baseRate);
            Judgement with = judge(Personal.HARDLY, tried);
            metrics.put("validation.offsets." + each + ".loss", with.loss());
            if (with.betterThan(judgement)) {
                judgement = with;
                strength = each;
                offsets = tried;
            }
        }
        Personal personal = personal(judgement, offsets);
        judgement = judge(personal, offsets);
        TrainedModel.Items items = TrainedModel.items(network, data.items());
        SpreadFit spread =
                SpreadFit.of(new LaterChoices(network, validation.items(), items, baseRate).of(validation.people()));
        // Once strengths are chosen, everybody's events count: offsets and general appeal are other people's words.
        if (regressed) {
            AppealRegression.run(network, data, data.people(), baseRate);
            expected = TrainedModel.expected(network, data.items());
        }
        if (strength > 0) {
            offsets = new ItemOffsets(strength).of(data.people(), expected, baseRate);
        }
        metrics.put("offsets.strength", strength);
        metrics.put("personal.tokens", personal.tokens);
        metrics.put("personal.own", personal.own);
        metrics.put("validation.loss", judgement.loss());
        metrics.put("validation.accuracy", judgement.accuracy());
        metrics.put("validation.people", (double) validation.people().size());
        metrics.put("validation.spread.scale", spread.scale());
        metrics.put("validation.spread.variance", spread.variance());
        metrics.put("validation.spread.error", spread.error());
        return new TrainedModel(
                network,
                offsets,
                judgement.temperature(),
                spread.trusted().orElse(null),
                baseRate,
                chosen,
                metrics,
                latentClasses);
    }

    /// What a history adds, as factors of what was trained.
    ///
    /// @param tokens of what tells tokens apart
    /// @param own of own taste's steps
    private record Personal(double tokens, double own) {
        /// Next to nothing, not nothing: tokens that nothing tells apart would be one, and could have no ids.
        private static final double LEAST = 0.01;

        private static final Personal HARDLY = new Personal(LEAST, LEAST);
        private static final Personal AS_TRAINED = new Personal(1, 1);
        private static final double[] TOKENS = {LEAST, 0.25, 0.5, 1};
        private static final double[] OWN = {LEAST, 0.3, 1, 3};
    }

    /// What was trained stands where it is clearly better than nothing. Validation people choose
    /// among pictures that others' offsets tell much of: with many people a weaker history looks
    /// better there than it is on new pictures.
    private Personal personal(Judgement without, float[] offsets) {
        if (judge(Personal.AS_TRAINED, offsets).clearlyBetterThan(without)) {
            return Personal.AS_TRAINED;
        }
        Judgement found = without;
        Personal personal = Personal.HARDLY;
        for (double tokens : Personal.TOKENS) {
            for (double own : Personal.OWN) {
                Personal tried = new Personal(tokens, own);
                Judgement with = judge(tried, offsets);
                metrics.put("validation.personal." + tokens + "." + own + ".loss", with.loss());
                if (with.betterThan(found)) {
                    found = with;
                    personal = tried;
                }
            }
        }
        return found.clearlyBetterThan(without) ? personal : Personal.HARDLY;
    }

    private Judgement judge(Personal personal, float[] offsets) {
        network.parameters().set(parameters);
        if (!personal.equals(Personal.AS_TRAINED)) {
            network.scalePersonal(personal.tokens, personal.own);
        }
        return validation.judge(network, offsets);
    }
}
