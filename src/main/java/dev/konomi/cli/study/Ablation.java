package dev.konomi.cli.study;

import dev.konomi.report.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What one variant is worth, learned from one number of people.
///
/// @param seeds worlds it was trained in
/// @param accuracy after [Curve#LATE] pairs
/// @param gain share of the ideal observer's gain over popularity after [Curve#LATE] pairs
/// @param paired what it is compared in, if it and its base have a world in common
/// @param margins over the latent-class logit, those that were asked for
record Ablation(
        Variant variant,
        int seeds,
        Estimate accuracy,
        Estimate gain,
        Optional<Paired> paired,
        SequencedMap<Margin, Margin.Paired> margins) {
    /// With fewer worlds a figure is preliminary.
    static final int ENOUGH = 5;

    /// A variant minus its base, paired by person.
    ///
    /// @param base see [Variant#base]
    /// @param seeds worlds that both were trained in
    /// @param early accuracies after [Curve#EARLY] pairs
    /// @param late accuracies after [Curve#LATE] pairs
    record Paired(Variant base, int seeds, Estimate early, Estimate late) {}

    boolean preliminary() {
        return seeds < ENOUGH;
    }

    /// @param finished of one population and number of people
    /// @return one for each variant that has a run
    static List<Ablation> of(Finished finished) {
        return Arrays.stream(Variant.values())
                .filter(variant -> !finished.of(variant).all().isEmpty())
                .map(variant -> of(variant, finished))
                .toList();
    }

    private static Ablation of(Variant variant, Finished finished) {
        List<Finished.Entry> entries = finished.of(variant).all();
        List<StudyRun> runs = entries.stream().map(Finished.Entry::run).toList();
        List<double[]> gained = entries.stream()
                .map(entry -> AcrossWorlds.difference(
                        entry.run().konomi().at(Curve.LATE), entry.world().popularity()))
                .toList();
        List<double[]> possible = entries.stream()
                .map(entry -> AcrossWorlds.difference(
                        entry.world().ideal().at(Curve.LATE), entry.world().popularity()))
                .toList();
        return new Ablation(
                variant,
                runs.size(),
                AcrossWorlds.mean(
                        runs.stream().map(run -> run.konomi().at(Curve.LATE)).toList()),
                AcrossWorlds.ratio(gained, possible),
                variant.base().flatMap(base -> paired(base, finished.pairs(variant, base))),
                Margin.of(runs));
    }

    private static Optional<Paired> paired(Variant base, List<Finished.Pair> pairs) {
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Paired(
                        base,
                        pairs.size(),
                        Finished.Pair.difference(pairs, Curve.EARLY),
                        Finished.Pair.difference(pairs, Curve.LATE)));
    }
}
