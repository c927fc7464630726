package dev.konomi.cli.study;

import dev.konomi.cli.measure.TrialProtocol;
import dev.konomi.gallery.IdealObserver;
import dev.konomi.gallery.Predictions;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.Outcome;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Reliability;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Asks the unseen people of one world.
///
/// @param world whose people are asked
record Examination(PreparedWorld world) {
    private static final Bootstrap MEANS_ALONE = new Bootstrap(1, 40);

    /// Of a training's metrics, those that a run keeps.
    private static final Pattern KEPT = Pattern.compile("validation\\.[a-z-]+\\.accuracy(\\.8)?|prior\\..*");

    /// @return what these people come to without a model
    StudyWorld ofIdealObserver() {
        int[] lengths = {0, StudyRun.EARLY, StudyRun.LATE};
        Predictions ideal = new IdealObserver(world.town().world(), PreparedWorld.IDEAL_SAMPLES)
                .observe(world.trials(), lengths, 1);
        return new StudyWorld(
                world.town().world().seed(),
                ideal.accuracies(0),
                ideal.accuracies(StudyRun.EARLY),
                ideal.accuracies(StudyRun.LATE));
    }

    /// @param model is asked
    /// @param fingerprint of its recipe
    /// @param started when its training began, as [System#nanoTime] has it
    StudyRun of(RunKey key, TrainedVariant model, String fingerprint, long started) {
        Protocol protocol = TrialProtocol.of(world.trials(), PreparedWorld.LAST);
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        double[] early = {};
        double[] late = {};
        for (int length : Protocol.LENGTHS) {
            Outcome outcome = protocol.ask(model.ranker(), length);
            double[] accuracies = outcome.accuracies();
            figures.put(
                    "accuracy." + length, Arrays.stream(accuracies).average().orElseThrow());
            if (length == StudyRun.EARLY) {
                early = accuracies;
            }
            if (length == StudyRun.LATE) {
                late = accuracies;
                figures.put("ece", Reliability.of(outcome).error(MEANS_ALONE).mean());
            }
        }
        model.metrics().entrySet().stream()
                .filter(metric -> KEPT.matcher(metric.getKey()).matches())
                .sorted(Map.Entry.comparingByKey())
                .forEach(metric -> figures.put(metric.getKey(), metric.getValue()));
        return new StudyRun(
                key,
                fingerprint,
                model.steps(),
                (System.nanoTime() - started) / 1e9,
                System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors",
                model.chosen(),
                figures,
                early,
                late);
    }
}
