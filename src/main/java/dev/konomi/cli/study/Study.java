package dev.konomi.cli.study;

import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// Makes the runs that are missing, as many as time allows; what is finished stays finished.
final class Study {
    /// The study's worlds have the seeds after this one. They are evaluated only: nothing is ever
    /// tuned on them.
    static final long WORLDS = 6000;

    private final StudyFolder folder;
    private final Recipes recipes;
    private final LongSupplier nanoTime;

    Study(StudyFolder folder, Recipes recipes, LongSupplier nanoTime) {
        this.folder = folder;
        this.recipes = recipes;
        this.nanoTime = nanoTime;
    }

    /// What to study.
    ///
    /// @param variants in the order in which they are made
    /// @param seeds how many worlds
    /// @param people how many are learned from
    /// @param society what the worlds are drawn from
    record Plan(List<Variant> variants, int seeds, int people, Society society) {
        Plan {
            variants = List.copyOf(variants);
            if (variants.isEmpty() || seeds < 1 || people < 2) {
                throw new IllegalArgumentException("A study needs a variant, a seed and two people or more, got "
                        + variants.size() + ", " + seeds + " and " + people + ".");
            }
        }
    }

    /// @return what is missing, lacks something or was made by another recipe, turn by turn, and in
    ///     a turn world by world, so that differences are paired early
    List<RunKey> missing(Plan plan) {
        return IntStream.rangeClosed(1, plan.seeds())
                .boxed()
                .map(seed -> new WorldKey(WORLDS + seed, plan.society()))
                .flatMap(world -> plan.variants().stream().map(variant -> new RunKey(variant, plan.people(), world)))
                .filter(key -> folder.run(key)
                                .filter(this::current)
                                .filter(StudyRun::whole)
                                .isEmpty()
                        || lacksDrift(key))
                .sorted(Comparator.comparingInt(key -> key.variant().turn()))
                .toList();
    }

    /// @param seconds no run is begun that would, taking as long as the longest so far, end later than
    ///   this; the first is always begun unless this is 0
    /// @return the runs that were made
    List<StudyRun> run(Plan plan, double seconds, Laboratory laboratory) {
        return new Sitting(seconds, nanoTime)
                .make(
                        missing(plan),
                        key -> {
                            StudyRun run = laboratory.run(key);
                            folder.write(run);
                            return run;
                        },
                        StudyRun::seconds);
    }

    private boolean lacksDrift(RunKey key) {
        return DriftRun.isAskedOf(key)
                && drifts().run(key, recipes.fingerprint(key)).isEmpty();
    }

    /// @param society what the worlds are drawn from
    /// @return how models of today's recipe followed changes of taste, world by world
    List<DriftRun> drifts(Society society) {
        return finished().stream()
                .map(StudyRun::key)
                .filter(key -> DriftRun.isAskedOf(key) && key.world().society() == society)
                .flatMap(key -> drifts().run(key, recipes.fingerprint(key)).stream())
                .toList();
    }

    private DriftFolder drifts() {
        return new DriftFolder(folder.path());
    }

    /// @return runs of today's recipe
    List<StudyRun> finished() {
        return folder.runs().stream().filter(this::current).toList();
    }

    private boolean current(StudyRun run) {
        return run.fingerprint().equals(recipes.fingerprint(run.key()));
    }
}
