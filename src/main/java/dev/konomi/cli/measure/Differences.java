package dev.konomi.cli.measure;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Choice;
import dev.konomi.gallery.Contrasts;
import dev.konomi.gallery.Predictions;
import dev.konomi.gallery.Trial;
import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;

/// Accuracy on pairs that differ in one attribute only.
///
/// @param byAttribute in the order of [Contrasts#ATTRIBUTES]
public record Differences(SequencedMap<Attribute, Compared> byAttribute) {
    /// @param konomi the release's accuracy
    /// @param popularity that of the best ranking that does not know the person
    /// @param idealObserver the ideal observer's
    public record Compared(Estimate konomi, Estimate popularity, Estimate idealObserver) {}

    /// @param trials as many pairs of each attribute, one attribute after the other
    /// @param outcome what the release said about them
    /// @param ideal what the ideal observer said about them, at 0 and `length`
    /// @param length choices that were known
    static Differences of(List<Trial> trials, Outcome outcome, Predictions ideal, int length) {
        SequencedMap<Attribute, Compared> byAttribute = new LinkedHashMap<>();
        int each = trials.getFirst().targets().size() / Contrasts.ATTRIBUTES.size();
        for (int a = 0; a < Contrasts.ATTRIBUTES.size(); a++) {
            int from = a * each;
            byAttribute.put(
                    Contrasts.ATTRIBUTES.get(a),
                    new Compared(
                            accuracy(trials, from, each, i -> probabilities(outcome.differences()[i])),
                            accuracy(trials, from, each, i -> ideal.probabilities(i, 0)),
                            accuracy(trials, from, each, i -> ideal.probabilities(i, length))));
        }
        return new Differences(byAttribute);
    }

    private static double[] probabilities(double[] differences) {
        double[] probabilities = new double[differences.length];
        for (int t = 0; t < probabilities.length; t++) {
            probabilities[t] = 1 / (1 + Math.exp(-differences[t]));
        }
        return probabilities;
    }

    private static Estimate accuracy(List<Trial> trials, int from, int count, IntFunction<double[]> predicted) {
        double[] accuracies = new double[trials.size()];
        for (int i = 0; i < accuracies.length; i++) {
            List<Choice> targets = trials.get(i).targets();
            double[] probabilities = predicted.apply(i);
            for (int t = from; t < from + count; t++) {
                accuracies[i] += targets.get(t).expectedAccuracy(probabilities[t]) / count;
            }
        }
        return Bootstrap.DEFAULT.mean(accuracies);
    }
}
