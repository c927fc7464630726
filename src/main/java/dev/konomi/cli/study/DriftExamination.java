package dev.konomi.cli.study;

import dev.konomi.cli.measure.TrialProtocol;
import dev.konomi.gallery.ChangeOfTaste;
import dev.konomi.gallery.IdealObserver;
import dev.konomi.gallery.Trial;
import dev.konomi.history.Observation;
import dev.konomi.train.evaluate.Ranker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/// Asks people of one world whose taste changes.
///
/// @param world whose people are asked; they choose and are asked among its unseen pictures
/// @param people how many
record DriftExamination(PreparedWorld world, int people) {
    /// People whose figures are reported.
    static final int PEOPLE = 300;

    /// Seeds of people whose taste changes lie far from those of anybody else.
    private static final long FIRST = 4_000_000_000L;

    private static final int EVERYTHING = ChangeOfTaste.CHOICES_BEFORE + ChangeOfTaste.LONGEST;

    /// @param key of the training
    /// @param fingerprint of its recipe
    /// @param ranker what was trained, over unseen pictures
    DriftRun of(RunKey key, String fingerprint, Ranker ranker) {
        List<ChangeOfTaste> changes =
                ChangeOfTaste.of(world.town().world(), world.unseen().catalogue(), FIRST, people);
        IdealObserver ideal = new IdealObserver(world.town().world(), PreparedWorld.IDEAL_SAMPLES);
        return new DriftRun(
                key,
                fingerprint,
                recovery(changes, trials -> accuracies(ranker, trials)),
                recovery(changes, trials -> accuracies(withoutTime(ranker), trials)),
                recovery(
                        changes,
                        trials ->
                                ideal.observe(trials, new int[] {EVERYTHING}, 1).accuracies(EVERYTHING)));
    }

    private static Recovery recovery(List<ChangeOfTaste> changes, Function<List<Trial>, double[]> accuracies) {
        SequencedMap<Integer, double[]> after = new LinkedHashMap<>();
        for (int events : ChangeOfTaste.CHOICES_AFTER) {
            after.put(
                    events,
                    accuracies.apply(
                            changes.stream().map(change -> change.after(events)).toList()));
        }
        return new Recovery(
                accuracies.apply(changes.stream().map(ChangeOfTaste::before).toList()), after);
    }

    private static double[] accuracies(Ranker ranker, List<Trial> trials) {
        return TrialProtocol.of(trials, PreparedWorld.LAST)
                .ask(ranker, EVERYTHING)
                .accuracies();
    }

    /// @return the same for histories that tell no time: everything happened at once
    static Ranker withoutTime(Ranker ranker) {
        return (history, candidates) ->
                ranker.score(history.stream().map(DriftExamination::atOnce).toList(), candidates);
    }

    private static Observation atOnce(Observation observation) {
        return switch (observation) {
            case Observation.Choice(int chosen, int rejected, float weight, long at) ->
                new Observation.Choice(chosen, rejected, weight, 0);
            case Observation.Opinion(int item, boolean liked, float weight, long at) ->
                new Observation.Opinion(item, liked, weight, 0);
        };
    }
}
