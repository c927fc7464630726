package dev.konomi.cli.study;

import dev.konomi.report.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Finished runs of one recipe, each beside its world.
///
/// @param all in the order of their worlds' seeds
record Finished(List<Entry> all) {
    /// @param run what a model came to
    /// @param world what the same people come to without one
    record Entry(StudyRun run, StudyWorld world) {
        RunKey key() {
            return run.key();
        }
    }

    /// Two runs in one world.
    ///
    /// @param run what is compared
    /// @param base what it is compared with
    record Pair(StudyRun run, StudyRun base) {
        /// @param length pairs of history
        /// @return mean of accuracies' differences, paired by person
        static Estimate difference(List<Pair> pairs, int length) {
            return AcrossWorlds.mean(pairs.stream()
                    .map(pair -> AcrossWorlds.difference(
                            pair.run().konomi().at(length), pair.base().konomi().at(length)))
                    .toList());
        }
    }

    Finished {
        all = List.copyOf(all);
    }

    /// @param runs those whose world is not known are left out
    static Finished of(List<StudyRun> runs, Map<WorldKey, StudyWorld> worlds) {
        return new Finished(runs.stream()
                .sorted(Comparator.comparingLong(run -> run.key().world().seed()))
                .flatMap(run -> Optional.ofNullable(worlds.get(run.key().world())).stream()
                        .map(world -> new Entry(run, world)))
                .toList());
    }

    Finished in(Society society) {
        return new Finished(all.stream()
                .filter(entry -> entry.key().world().society() == society)
                .toList());
    }

    /// @return those that learned from so many people
    Finished from(int people) {
        return new Finished(
                all.stream().filter(entry -> entry.key().people() == people).toList());
    }

    Finished of(Variant variant) {
        return new Finished(
                all.stream().filter(entry -> entry.key().variant() == variant).toList());
    }

    /// @return the same by the number of people that were learned from
    Map<Integer, Finished> byPeople() {
        return all.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.key().people(),
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), Finished::new)));
    }

    /// @return worlds that both were trained in, all with as many people
    List<Pair> pairs(Variant variant, Variant base) {
        return of(variant).all().stream()
                .flatMap(entry -> of(base).all().stream()
                        .filter(other -> other.key().world().equals(entry.key().world())
                                && other.key().people() == entry.key().people())
                        .map(other -> new Pair(entry.run(), other.run())))
                .toList();
    }
}
