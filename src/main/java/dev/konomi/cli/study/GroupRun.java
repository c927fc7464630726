package dev.konomi.cli.study;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How the full recipe's tokens stand as groups in one world, and what became of edits on them
/// when it was trained again with other seeds.
///
/// @param key of the first training, which is the full recipe's
/// @param fingerprint of the first training
/// @param seconds both trainings and measuring took
/// @param machine where
/// @param figures by name, e.g. `ari.8`; see [GroupExamination]
/// @param edits one on each token
record GroupRun(
        RunKey key,
        String fingerprint,
        double seconds,
        String machine,
        SequencedMap<String, Double> figures,
        TokenEdits edits) {
    GroupRun {
        figures = new LinkedHashMap<>(figures);
    }

    /// @param people who are learned from
    /// @param world that they live in
    static RunKey key(int people, WorldKey world) {
        return new RunKey(Variant.FULL, people, world);
    }

    /// @param key of a first training
    /// @return e.g. `4000-6001`
    static String name(RunKey key) {
        return key.people() + "-" + key.world().name();
    }
}
