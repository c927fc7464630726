package dev.konomi.cli.study;

import dev.konomi.cli.measure.TrialProtocol;
import dev.konomi.gallery.IdealObserver;
import dev.konomi.gallery.Predictions;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.Outcome;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.Reliability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Asks the unseen people of one world.
///
/// @param world whose people are asked
record Examination(PreparedWorld world) {
    private static final Bootstrap MEANS_ALONE = new Bootstrap(1, 40);

    private static final List<Integer> LATE = List.of(Curve.LATE);

    /// Of a training's metrics, those that a run keeps.
    private static final Pattern KEPT = Pattern.compile("validation\\.[a-z-]+\\.accuracy(\\.8)?|prior\\..*");

    /// @return what these people come to without a model
    StudyWorld ofIdealObserver() {
        int[] lengths = Curve.LENGTHS.stream().mapToInt(Integer::intValue).toArray();
        Predictions ideal = new IdealObserver(world.town().world(), PreparedWorld.IDEAL_SAMPLES)
                .observe(world.trials(), lengths, 1);
        return new StudyWorld(world.key(), Curve.of(Curve.LENGTHS, ideal::accuracies));
    }

    /// @param model is asked
    /// @param fingerprint of its recipe
    /// @param started when its training began, as [System#nanoTime] has it
    StudyRun of(RunKey key, TrainedVariant model, String fingerprint, long started) {
        Protocol protocol = TrialProtocol.of(world.trials(), PreparedWorld.LAST);
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        Curve konomi = curve(protocol, model.ranker());
        Curve.LENGTHS.forEach(length -> figures.put("accuracy." + length, konomi.mean(length)));
        Told told = model.rivals()
                .map(rivals -> new Told(
                        curve(protocol, rivals.latentClass()),
                        curve(protocol, rivals.latentClassUntold(), LATE),
                        curve(protocol, rivals.konomi(), LATE)))
                .orElse(Told.NOBODY);
        Outcome late = protocol.ask(model.ranker(), Curve.LATE);
        figures.put("ece", Reliability.of(late).error(MEANS_ALONE).mean());
        model.metrics().entrySet().stream()
                .filter(metric -> KEPT.matcher(metric.getKey()).matches())
                .sorted(Map.Entry.comparingByKey())
                .forEach(metric -> figures.put(metric.getKey(), metric.getValue()));
        return new StudyRun(
                key,
                fingerprint,
                model.steps(),
                (System.nanoTime() - started) / 1e9,
                StudyRun.thisMachine(),
                model.chosen(),
                figures,
                key.variant().keepsCurve() ? konomi : konomi.only(List.of(Curve.EARLY, Curve.LATE)),
                told);
    }

    private static Curve curve(Protocol protocol, Ranker ranker) {
        return curve(protocol, ranker, Curve.LENGTHS);
    }

    private static Curve curve(Protocol protocol, Ranker ranker, List<Integer> lengths) {
        return Curve.of(lengths, length -> protocol.ask(ranker, length).accuracies());
    }
}
