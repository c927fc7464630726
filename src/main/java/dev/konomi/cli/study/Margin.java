package dev.konomi.cli.study;

import dev.konomi.report.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Konomi minus the latent-class logit after [Curve#LATE] pairs, by who is told the world's general appeal.
enum Margin {
    /// The rival knows what Konomi has to learn.
    RIVAL_TOLD(
            "minusLatentClass",
            "the logit alone is told",
            run -> run.konomi(),
            run -> run.told().latentClass()),

    /// Both learn it from the same choices.
    NEITHER_TOLD(
            "minusLatentClassUntold",
            "neither is told",
            run -> run.konomi(),
            run -> run.told().latentClassUntold()),

    /// Both know it.
    BOTH_TOLD(
            "toldMinusLatentClass",
            "both are told",
            run -> run.told().konomi(),
            run -> run.told().latentClass());

    private final String key;
    private final String says;
    private final Function<StudyRun, Curve> konomi;
    private final Function<StudyRun, Curve> rival;

    Margin(String key, String says, Function<StudyRun, Curve> konomi, Function<StudyRun, Curve> rival) {
        this.key = key;
        this.says = says;
        this.konomi = konomi;
        this.rival = rival;
    }

    /// Paired by person.
    ///
    /// @param seeds worlds where both were asked
    /// @param late difference of accuracies after [Curve#LATE] pairs
    record Paired(int seeds, Estimate late) {}

    /// @return in the report, e.g. `minusLatentClass`
    String key() {
        return key;
    }

    /// @return who knows the world's general appeal, for people
    String says() {
        return says;
    }

    /// @param runs of one variant
    /// @return those margins that a run has both sides of
    static SequencedMap<Margin, Paired> of(List<StudyRun> runs) {
        SequencedMap<Margin, Paired> margins = new LinkedHashMap<>();
        for (Margin margin : values()) {
            margin.in(runs).ifPresent(paired -> margins.put(margin, paired));
        }
        return margins;
    }

    private Optional<Paired> in(List<StudyRun> runs) {
        List<double[]> differences = runs.stream()
                .filter(run ->
                        konomi.apply(run).has(Curve.LATE) && rival.apply(run).has(Curve.LATE))
                .map(run -> AcrossWorlds.difference(
                        konomi.apply(run).at(Curve.LATE), rival.apply(run).at(Curve.LATE)))
                .toList();
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Paired(differences.size(), AcrossWorlds.mean(differences)));
    }
}
