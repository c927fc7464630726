package dev.konomi.cli.study;

import java.util.List;
import java.util.stream.LongStream;

/// Makes the group runs that are missing, world by world; what is finished stays finished.
///
/// @param folder where they are kept
/// @param recipes today's
record GroupStudy(GroupFolder folder, Recipes recipes) {
    /// Makes a run.
    @FunctionalInterface
    interface Laboratory {
        /// @param key of the full recipe
        GroupRun run(RunKey key);
    }

    /// @param people who are learned from
    /// @param worlds how many
    /// @param society what the worlds are drawn from
    /// @return runs that are missing or of another recipe
    List<RunKey> missing(int people, int worlds, Society society) {
        return LongStream.rangeClosed(Study.WORLDS + 1, Study.WORLDS + worlds)
                .mapToObj(seed -> GroupRun.key(people, new WorldKey(seed, society)))
                .filter(key -> folder.run(key).filter(this::current).isEmpty())
                .toList();
    }

    /// @param missing in the order in which they are made
    /// @return the runs that were made
    List<GroupRun> run(List<RunKey> missing, Sitting sitting, Laboratory laboratory) {
        return sitting.make(
                missing,
                key -> {
                    GroupRun run = laboratory.run(key);
                    folder.write(run);
                    return run;
                },
                GroupRun::seconds);
    }

    /// @param people who are learned from
    /// @return runs of today's recipe
    List<GroupRun> finished(int people, Society society) {
        return folder.runs().stream()
                .filter(run -> run.key().people() == people && run.key().world().society() == society && current(run))
                .toList();
    }

    private boolean current(GroupRun run) {
        return run.fingerprint().equals(recipes.fingerprint(run.key()));
    }
}
