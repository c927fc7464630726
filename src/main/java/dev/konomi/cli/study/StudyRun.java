package dev.konomi.cli.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What one training came to.
///
/// @param key which training
/// @param fingerprint of everything that decides what it comes to; see [Recipes]
/// @param steps of all stages
/// @param seconds training and measuring took
/// @param machine where
/// @param chosen the stage whose parameters did best on validation people
/// @param figures by name, e.g. `accuracy.8`
/// @param konomi unseen people's accuracies, after [Curve#EARLY] and [Curve#LATE] pairs at least
/// @param told the same people's beside the latent-class logit
record StudyRun(
        RunKey key,
        String fingerprint,
        int steps,
        double seconds,
        String machine,
        String chosen,
        SequencedMap<String, Double> figures,
        Curve konomi,
        Told told) {
    /// @return the machine that this runs on
    static String thisMachine() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    StudyRun {
        figures = new LinkedHashMap<>(figures);
        if (!konomi.accuracies().keySet().containsAll(List.of(Curve.EARLY, Curve.LATE))) {
            throw new IllegalArgumentException("Run " + key.name() + " has accuracies after "
                    + konomi.accuracies().keySet() + " pairs and needs them after " + Curve.EARLY + " and " + Curve.LATE
                    + ".");
        }
        if (!told.of(konomi.people())) {
            throw new IllegalArgumentException("Run " + key.name() + " asked " + konomi.people()
                    + " people, and another number beside the latent-class logit: they must be the same people.");
        }
    }

    /// @return whether it keeps everything that a run of its variant does today; one that was made before stays valid
    ///     for what it has
    boolean whole() {
        Variant variant = key.variant();
        return (!variant.keepsCurve() || konomi.whole()) && (!variant.besideLatentClass() || told.whole());
    }
}
