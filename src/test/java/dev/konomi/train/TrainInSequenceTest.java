package dev.konomi.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.release.ObjectStore;
import dev.konomi.release.ObjectStores;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseReader;
import dev.konomi.release.Verification;
import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.taste.SequenceModel;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.evaluate.Verdict;
import dev.konomi.train.export.SequenceExport;
import dev.konomi.train.network.sequence.DecoderConfig;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.network.sequence.SequenceConfig.Placement;
import dev.konomi.train.stage.Seeds;
import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.SequenceTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainInSequenceTest {
    private static final String TENANT = "acme";
    private static final Recipe RECIPE = new Recipe(TrainTest.PLAN, TrainInSequenceTest::plan);

    @TempDir
    private Path folder;

    private ObjectStore store;

    @BeforeEach
    void emptyStore() {
        store = ObjectStores.open(folder.resolve("store").toUri(), Map.of());
    }

    @Test
    void bothHeadsArePublishedInOneReleaseAndSayWhatWasTrained() {
        Set<String> stages = new LinkedHashSet<>();
        List<Double> fractions = new ArrayList<>();
        Train.Result result = train("work", Heads::write, (stage, fraction, message) -> {
                    stages.add(stage);
                    fractions.add(fraction);
                })
                .run(people(), 0);

        assertTrue(result.served(), () -> String.valueOf(result.refusal()));
        assertEquals(
                List.of(
                        "token-fit",
                        "stage-one",
                        "stage-two",
                        SequenceTraining.DECODER,
                        SequenceTraining.TOKENS,
                        "export",
                        "gate",
                        "publish"),
                List.copyOf(stages));
        assertEquals(fractions.stream().sorted().toList(), fractions, "progress never runs back");
        Release release = published(String.valueOf(result.release()));
        try (OnnxTasteModel late = OnnxTasteModel.load(release, 1);
                SequenceModel sequence = SequenceModel.load(release, 1)) {
            assertTrue(late.tokens().length <= 4, "of a pool of 4 only groups stay");
            assertEquals(release.manifest().model().tokens(), late.tokens().length);
            assertEquals(3 + 2 / 3.0, sequence.ratioCeiling(2), 1e-9);
        }
        assertEquals("late", release.manifest().head());
        assertTrue(metric(release, "gate.exportDifference.sequence") <= 1e-4, () -> metrics(release));
        assertTrue(metric(release, "gate.exportDifference") >= metric(release, "gate.exportDifference.sequence"));
        assertTrue(metric(release, "gate.sequence.accuracy") > 0.5, () -> metrics(release));
        assertTrue(metric(release, "validation.sequence-tokens.loss") > 0, () -> metrics(release));
        assertTrue(metric(release, "validation.sequence-tokens.accuracy.8") > 0.5, () -> metrics(release));
        assertEquals(44.0, metric(release, "training.sequence.steps"));
        var took = result.figures().sequence();
        assertTrue(took != null && took.decoderSteps() == 40 && took.tokenSteps() == 4, () -> String.valueOf(took));
    }

    @Test
    void withoutTheSwitchTheReleaseHasTheLateHeadAlone() {
        Train.Result result = train(Recipe.of(RECIPE.late()), "work", Heads::write, Watcher.SILENT)
                .run(people(), 0);
        Release release = published(String.valueOf(result.release()));
        assertFalse(
                release.hasGraph("decoder"),
                () -> release.manifest().graphs().keySet().toString());
        assertEquals(null, result.figures().sequence());
    }

    @Test
    void aDamagedGraphOfTheHeadInSequenceIsRefused() {
        for (String graph : List.of(SequenceExport.ITEM, SequenceExport.QUERY, SequenceExport.DECODER)) {
            Verdict.Refuse flipped = refusal(into -> DamagedGraph.flipOneWeight(into.resolve(graph)));
            assertTrue(
                    flipped.reasons().stream().anyMatch(reason -> reason.contains("exported graphs")),
                    () -> graph + ": " + flipped.reasons());
            assertNotNull(refusal(into -> DamagedGraph.cut(into.resolve(graph))));
        }
        Verdict.Refuse one = refusal(into -> delete(into.resolve(SequenceExport.QUERY)));
        assertTrue(one.reasons().getFirst().contains("query"), one.reasons()::toString);
        Verdict.Refuse all = refusal(into -> {
            delete(into.resolve(SequenceExport.ITEM));
            delete(into.resolve(SequenceExport.QUERY));
            delete(into.resolve(SequenceExport.DECODER));
        });
        assertTrue(all.reasons().getFirst().contains("sequence-item"), all.reasons()::toString);
    }

    @Test
    void interruptedInTheHeadInSequenceItGoesOnFromThereAndLearnsTheSame() {
        Train.Result whole = train("whole", Heads::write, Watcher.SILENT).run(people(), 0);
        Watcher interruption = (stage, fraction, message) -> {
            if (stage.equals(SequenceTraining.TOKENS)) {
                throw new IllegalStateException("interrupted");
            }
        };
        Train interrupted = train("interrupted", Heads::write, interruption);
        assertThrows(IllegalStateException.class, () -> interrupted.run(people(), 0));

        Set<String> stages = new LinkedHashSet<>();
        Train.Result resumed = train("interrupted", Heads::write, (stage, fraction, message) -> stages.add(stage))
                .run(people(), 0);

        assertEquals(
                List.of(SequenceTraining.TOKENS, "export", "gate", "publish"),
                List.copyOf(stages),
                "what was finished is not trained twice");
        assertEquals(learned(whole), learned(resumed));
    }

    /// All of these train once: they share a folder, and with it the checkpoints.
    private Verdict.Refuse refusal(Consumer<Path> damage) {
        Train.Result result = train(
                        "damaged",
                        (heads, into) -> {
                            heads.write(into);
                            damage.accept(into);
                        },
                        Watcher.SILENT)
                .run(people(), 0);
        return assertInstanceOf(Verdict.Refuse.class, result.verdict());
    }

    private Train train(String work, Challenger.Export export, Watcher watcher) {
        return train(RECIPE, work, export, watcher);
    }

    private Train train(Recipe recipe, String work, Challenger.Export export, Watcher watcher) {
        return new Train(
                TENANT, recipe, 1, folder.resolve(work), store, InstantSource.system(), "test", watcher, export);
    }

    private Release published(String digest) {
        Verification read = new ReleaseReader(store, folder.resolve("read"))
                .read(TENANT, digest)
                .toCompletableFuture()
                .join();
        return assertInstanceOf(Verification.Sound.class, read).release();
    }

    private static DatabaseDataset people() {
        return ThreeMinds.town(240, 24, 1);
    }

    private static Optional<SequencePlan> plan(int width, long seed) {
        var config = new SequenceConfig(new DecoderConfig(16, 1, 2, 1, 24), width, width, 4, 2, 8, Placement.SUFFIX);
        return Optional.of(
                new SequencePlan(config, 40, 4, 12, 6, 2, 6e-3, 5e-3, 0.01, 1, 0.05, 0.01, 0.05, 0.2, Seeds.of(seed)));
    }

    private static @Nullable String learned(Train.Result result) {
        var manifest = result.manifest();
        return manifest == null ? null : manifest.learned();
    }

    private static double metric(Release release, String name) {
        Double value = release.manifest().metrics().get(name);
        assertTrue(value != null, () -> name + " in " + metrics(release));
        return value == null ? Double.NaN : value;
    }

    private static String metrics(Release release) {
        return release.manifest().metrics().toString();
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
