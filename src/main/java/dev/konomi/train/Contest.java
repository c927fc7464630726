package dev.konomi.train;

import dev.konomi.item.Encoding;
import dev.konomi.release.Release;
import dev.konomi.taste.ItemOffsets;
import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.taste.TasteModel;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.Gate;
import dev.konomi.train.evaluate.ModelRanker;
import dev.konomi.train.evaluate.Outcome;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Challenger and champion before the gate: the same held-out people, asked the same choices that
/// they really made.
///
/// @param protocol who is asked what
/// @param champion what the champion said
/// @param challenger what the challenger said
/// @param verdict the gate's
record Contest(Protocol protocol, Outcome champion, Outcome challenger, Verdict verdict) {
    /// @param protocol who is asked what; nobody makes the gate refuse
    /// @param challenger scores as logits
    /// @param champion scores as logits
    /// @param exportDifference largest difference between exported graphs and trainer
    static Contest of(Protocol protocol, Ranker challenger, Ranker champion, double exportDifference) {
        Outcome first = protocol.ask(challenger, HeldOut.HISTORY);
        Outcome second = protocol.ask(champion, HeldOut.HISTORY);
        return new Contest(protocol, second, first, Gate.compare(first, second, exportDifference, Bootstrap.DEFAULT));
    }

    /// A release as those who are served see it, in logits.
    static Ranker ranker(Release release, TasteModel model, List<String> items, List<Encoding> encodings) {
        ItemOffsets known = ItemOffsets.read(release.file(ItemOffsets.FILE));
        float[] offsets = new float[items.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = known.of(items.get(i));
        }
        return new ModelRanker(model, encodings, offsets)
                .calibrated(release.manifest().calibration().temperature());
    }

    /// @param release a release that is served
    /// @return its model, to be closed
    static OnnxTasteModel load(Release release) {
        return OnnxTasteModel.load(release, 1);
    }

    /// @return the figures by name, as a manifest has them
    SortedMap<String, Double> metrics() {
        SortedMap<String, Double> metrics = new TreeMap<>();
        metrics.put("gate.people", (double) protocol.people().size());
        metrics.put("gate.challenger.accuracy", mean(challenger));
        metrics.put("gate.champion.accuracy", mean(champion));
        Verdict.Figures figures = verdict.figures();
        metrics.put("gate.difference", figures.difference().mean());
        metrics.put("gate.difference.low", figures.difference().low());
        metrics.put("gate.difference.high", figures.difference().high());
        metrics.put("gate.calibration", figures.calibration().mean());
        metrics.put("gate.calibration.low", figures.calibration().low());
        metrics.put("gate.calibration.high", figures.calibration().high());
        metrics.put("gate.exportDifference", figures.exportDifference());
        return metrics;
    }

    static double mean(Outcome outcome) {
        return Arrays.stream(outcome.accuracies()).average().orElse(Double.NaN);
    }
}
