package dev.konomi.train;

import dev.konomi.release.Manifest;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.Pointer;
import dev.konomi.release.Publication;
import dev.konomi.release.Publisher;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.ReleaseReader;
import dev.konomi.release.Releases;
import dev.konomi.release.Verification;
import dev.konomi.report.Estimate;
import dev.konomi.retrain.TrainingFigures;
import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.taste.SequenceModel;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.SequenceRanker;
import dev.konomi.train.evaluate.Verdict;
import dev.konomi.train.export.LateExport;
import dev.konomi.train.stage.Seeds;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The recipe: hold people out → late head → head in sequence, where asked for → export → gate → publish.
///
/// Killed at any point it leaves the current release current; run again on the same data with the same plan, it goes
/// on from the last checkpoint.
public final class Train {
    /// Folder of the latent-class logit inside the trainer's folder, laid out as a release.
    public static final String LATENT_CLASSES = "latent-classes";

    /// Folder of the checkpoints inside the trainer's folder.
    static final String CHECKPOINTS = "checkpoints";

    private final String tenant;
    private final TrainingPlan plan;
    private final Recipe.Sequence sequence;
    private final long seed;
    private final Path work;
    private final ObjectStore store;
    private final InstantSource clock;
    private final String command;
    private final Watcher watcher;
    private final Challenger.Export export;

    /// @param tenant whose model
    /// @param recipe what to train; its seeds are replaced
    /// @param seed of everything random
    /// @param work where checkpoints and the release in the making lie
    /// @param store where releases are published
    /// @param clock the time
    /// @param command what repeats this, for the manifest
    /// @param watcher told how it gets on
    public Train(
            String tenant,
            Recipe recipe,
            long seed,
            Path work,
            ObjectStore store,
            InstantSource clock,
            String command,
            Watcher watcher) {
        this(tenant, recipe, seed, work, store, clock, command, watcher, Heads::write);
    }

    Train(
            String tenant,
            Recipe recipe,
            long seed,
            Path work,
            ObjectStore store,
            InstantSource clock,
            String command,
            Watcher watcher,
            Challenger.Export export) {
        this.tenant = tenant;
        this.plan = recipe.late().withSeeds(Seeds.of(seed));
        this.sequence = recipe.sequence();
        this.seed = seed;
        this.work = work;
        this.store = store;
        this.clock = clock;
        this.command = command;
        this.watcher = watcher;
        this.export = export;
    }

    /// What came of it.
    ///
    /// @param verdict the gate's
    /// @param manifest the challenger's, or null when its export is no release
    /// @param publication what became of it, or null when the gate refused
    /// @param figures what training took
    public record Result(
            Verdict verdict,
            @Nullable Manifest manifest,
            @Nullable Publication publication,
            TrainingFigures figures) {

        /// @return digest of what was trained, or of the release that was current and is the same; null without any
        public @Nullable String release() {
            if (publication instanceof Publication.AlreadyCurrent(String current)) {
                return current;
            }
            return manifest == null ? null : manifest.digest();
        }

        /// @return whether the tenant is served by what was trained
        public boolean served() {
            return publication instanceof Publication.Published || publication instanceof Publication.AlreadyCurrent;
        }

        /// @return why it is not served, or null
        public @Nullable String refusal() {
            if (verdict instanceof Verdict.Refuse(Verdict.Figures figures, List<String> reasons)) {
                return String.join(" ", reasons);
            }
            return switch (publication) {
                case null -> null;
                case Publication.Published published -> null;
                case Publication.AlreadyCurrent current -> null;
                case Publication.Refused(String reason) -> reason;
                case Publication.Overtaken(String release, String current) ->
                    "Another release became current meanwhile (" + current + "): train again, or promote " + release
                            + " by hand.";
            };
        }
    }

    /// @param data everything that is known of the tenant's people
    /// @param secondsBefore that interrupted runs of the same training took
    /// @return what came of it
    /// @throws IllegalArgumentException when there are too few people to train or to judge
    public Result run(DatabaseDataset data, double secondsBefore) {
        Optional<Release> champion = champion();
        HeldOut heldOut = HeldOut.of(data.dataset().people());
        Protocol protocol = heldOut.protocol();
        requirePeople(heldOut, protocol);
        Dataset training = data.dataset().with(heldOut.training());

        TrainHeads.Done done = new TrainHeads(
                        plan, sequence.plan(training.width(), seed), work.resolve(CHECKPOINTS), watcher)
                .run(data, training);
        Heads heads = done.heads();
        TrainingFigures figures = done.figures().after(secondsBefore);
        ManifestDraft about = new ManifestDraft(
                tenant,
                plan,
                seed,
                command,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                champion,
                data,
                heads,
                figures);

        watcher.at("export", 0.93, "writing graphs, tokens and the catalogue's sample");
        keepLatentClasses(heads.late().latentClasses(), about.pending());
        try (Challenger challenger = Challenger.write(
                work.resolve("release"), heads, data, heldOut.training(), champion, about.pending(), export)) {
            SortedMap<String, Double> differences = challenger.exportDifferences(training);

            watcher.at("gate", 0.95, "asking " + protocol.people().size() + " held-out people");
            Contest contest =
                    contest(protocol, challenger, champion, heldOut, data, Collections.max(differences.values()));
            SortedMap<String, Double> gate = contest.metrics();
            differences.forEach((head, difference) -> gate.put("gate.exportDifference." + head, difference));
            challenger
                    .sequence()
                    .ifPresent(served -> gate.put("gate.sequence.accuracy", inSequence(protocol, served, data)));
            Release release = challenger.sealed(
                    about.judged(gate, challenger.medianScore(), words(contest.verdict()), challenger.lineage()));

            return switch (contest.verdict()) {
                case Verdict.Refuse refused -> new Result(refused, release.manifest(), null, figures);
                case Verdict.Promote promoted -> {
                    watcher.at("publish", 0.98, "publishing " + release.digest().substring(0, 12));
                    yield new Result(promoted, release.manifest(), publish(release, champion), figures);
                }
            };
        } catch (Challenger.Unusable damaged) {
            return new Result(unusable(damaged), null, null, figures);
        }
    }

    /// The latent-class logit is what training began with and what choice modelling would stop at: it is
    /// kept beside the release, for whoever compares the two.
    private void keepLatentClasses(TrainedModel classes, Manifest about) {
        Path folder = work.resolve(LATENT_CLASSES);
        try {
            Folders.delete(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The trainer's folder " + work + " cannot be written.", e);
        }
        LateExport.write(classes, folder);
        ReleaseFolder.seal(folder, about);
    }

    /// Forgets what only an interrupted run would need.
    public void clean() {
        try {
            Folders.delete(work.resolve(CHECKPOINTS));
            Folders.delete(work.resolve("release"));
        } catch (IOException e) {
            throw new UncheckedIOException("The trainer's folder " + work + " could not be cleaned.", e);
        }
    }

    private Optional<Release> champion() {
        Optional<Pointer> pointer = await(new Releases(store, work.resolve("verified"), clock).current(tenant));
        if (pointer.isEmpty()) {
            return Optional.empty();
        }
        String digest = pointer.get().release();
        return switch (await(new ReleaseReader(store, work.resolve("verified")).read(tenant, digest))) {
            case Verification.Sound(Release release) -> Optional.of(release);
            case Verification.Refused(String reason) ->
                throw new IllegalStateException("The current release " + digest + " cannot be compared with: " + reason
                        + " Roll back with ./konomi models rollback.");
        };
    }

    private Contest contest(
            Protocol protocol,
            Challenger challenger,
            Optional<Release> champion,
            HeldOut heldOut,
            DatabaseDataset data,
            double exportDifference) {
        Dataset dataset = data.dataset();
        Ranker trained = Contest.ranker(challenger.release(), challenger.model(), data.items(), dataset.items());
        if (champion.isPresent() && reads(champion.get(), dataset)) {
            try (OnnxTasteModel model = Contest.load(champion.get())) {
                Ranker serving = Contest.ranker(champion.get(), model, data.items(), dataset.items());
                return Contest.of(protocol, trained, serving, exportDifference);
            }
        }
        Ranker popularity = new Popularity(heldOut.training(), dataset.items().size());
        return Contest.of(protocol, trained, popularity, exportDifference);
    }

    /// The head in sequence does not answer and is not judged, only told.
    private static double inSequence(Protocol protocol, SequenceModel model, DatabaseDataset data) {
        return Contest.mean(
                protocol.ask(new SequenceRanker(model, data.dataset().items()), HeldOut.HISTORY));
    }

    /// A champion of another encoder cannot read these items; then popularity is what a challenger must beat.
    private static boolean reads(Release champion, Dataset dataset) {
        return champion.manifest().encoder().digest().equals(dataset.encoderDigest());
    }

    private Publication publish(Release release, Optional<Release> champion) {
        // A run that was killed between the pointer's move and its end must not publish the same again.
        if (champion.isPresent()
                && champion.get().manifest().learned().equals(release.manifest().learned())) {
            return new Publication.AlreadyCurrent(champion.get().digest());
        }
        return await(new Publisher(store, clock).publish(release.folder()));
    }

    private static Verdict unusable(Challenger.Unusable damaged) {
        Estimate unknown = new Estimate(Double.NaN, Double.NaN, Double.NaN);
        return new Verdict.Refuse(
                new Verdict.Figures(unknown, unknown, Double.NaN),
                List.of("The exported graphs cannot be loaded: " + damaged.getMessage()));
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Promote(Verdict.Figures figures) ->
                String.format(
                        Locale.ROOT,
                        "promote: accuracy differs by %+.4f (95 %% interval %+.4f to %+.4f)",
                        figures.difference().mean(),
                        figures.difference().low(),
                        figures.difference().high());
            case Verdict.Refuse(Verdict.Figures figures, List<String> reasons) ->
                "refuse: " + String.join(" ", reasons);
        };
    }

    private static void requirePeople(HeldOut heldOut, Protocol protocol) {
        if (protocol.people().isEmpty() || heldOut.training().size() < 2) {
            throw new IllegalArgumentException("There are " + heldOut.training().size() + " people to train on and "
                    + protocol.people().size()
                    + " with a choice, or a like and a dislike, to judge on; record more people's events.");
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
