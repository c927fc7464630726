package dev.konomi.train;

import dev.konomi.release.Manifest;
import dev.konomi.release.Manifest.Lineage;
import dev.konomi.release.Release;
import dev.konomi.retrain.TrainingFigures;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.TrainingPlan;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a release's manifest says of its origin, before and after the gate has spoken.
///
/// @param tenant whose release it is
/// @param plan of the late head
/// @param seed of everything random
/// @param command what repeats it
/// @param at when training ended
/// @param champion the release that was current when training began
/// @param data what was trained on
/// @param heads what was trained
/// @param figures what it took
record ManifestDraft(
        String tenant,
        TrainingPlan plan,
        long seed,
        String command,
        Instant at,
        Optional<Release> champion,
        DatabaseDataset data,
        Heads heads,
        TrainingFigures figures) {

    /// @return the manifest before the gate has spoken
    Manifest pending() {
        return judged(Map.of(), 0, "pending", null);
    }

    /// @param gate what the gate measured, by name
    /// @param medianScore score of the catalogue's median item for a person of whom nothing is known
    /// @param verdict the gate's, in words
    /// @param lineage of the tokens, once they are matched
    Manifest judged(Map<String, Double> gate, double medianScore, String verdict, @Nullable Lineage lineage) {
        TrainedModel model = heads.late();
        return new Manifest(
                Manifest.SCHEMA,
                tenant,
                at,
                champion.map(Release::digest).orElse(null),
                new Manifest.Encoder(
                        data.dataset().encoderDigest(), data.dataset().width()),
                "late",
                new TreeMap<>(),
                new TreeMap<>(),
                new Manifest.Model(
                        model.parameterCount(),
                        model.prior().length,
                        model.settings().width(),
                        model.settings().dimension()),
                model.calibration(),
                medianScore,
                metrics(gate),
                new Manifest.Data(
                        data.fingerprint(),
                        data.events(),
                        data.dataset().people().size(),
                        data.items().size()),
                seeds(),
                new Manifest.Provenance(
                        konomi(), Runtime.version().toString(), figures.device(), plan.threads(), command),
                verdict,
                lineage);
    }

    private SortedMap<String, Double> metrics(Map<String, Double> gate) {
        SortedMap<String, Double> metrics = heads.metrics();
        metrics.putAll(gate);
        metrics.put("training.seconds", figures.seconds());
        metrics.put("training.stepMillis", figures.stepMillis());
        metrics.put("training.steps", (double) (figures.tokenSteps() + figures.stage1Steps() + figures.stage2Steps()));
        metrics.put("training.people", (double) figures.people());
        TrainingFigures.InSequence sequence = figures.sequence();
        if (sequence != null) {
            metrics.put("training.sequence.seconds", sequence.seconds());
            metrics.put("training.sequence.steps", (double) (sequence.decoderSteps() + sequence.tokenSteps()));
        }
        return metrics;
    }

    private SortedMap<String, Long> seeds() {
        return new TreeMap<>(Map.of(
                "seed", seed,
                "initial", plan.seeds().initial(),
                "split", plan.seeds().split(),
                "draws", plan.seeds().draws()));
    }

    private static String konomi() {
        String version = ManifestDraft.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
