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
    private static final double[] STRENGTHS = {0, 1, 3, 10, 30};

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

    /// Puts the best parameters back, fits item offsets to them, calibrates and finds out how far off scores may be.
    TrainedModel best(List<Person> training, Dataset data, TrainedModel latentClasses, double baseRate) {
        if (best == null) {
            throw new IllegalStateException("No stage has been judged.");
        }
        network.parameters().set(parameters);
        TrainedModel.Items items = TrainedModel.items(network, data.items());
        float[] appeal = items.appeal();
        float[] offsets = none;
        Judgement judgement = best;
        for (double strength : STRENGTHS) {
            if (strength > 0) {
                float[] tried = new ItemOffsets(strength).of(training, appeal, baseRate);
                Judgement with = validation.judge(network, tried);
                metrics.put("validation.offsets." + strength + ".loss", with.loss());
                if (with.betterThan(judgement)) {
                    judgement = with;
                    // Once the strength is chosen, everybody's events count: offsets are other people's words.
                    offsets = new ItemOffsets(strength).of(data.people(), appeal, baseRate);
                }
            }
        }
        metrics.put("validation.loss", judgement.loss());
        metrics.put("validation.accuracy", judgement.accuracy());
        metrics.put("validation.people", (double) validation.people().size());
        SpreadFit spread =
                SpreadFit.of(new LaterChoices(network, validation.items(), items, baseRate).of(validation.people()));
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
}
