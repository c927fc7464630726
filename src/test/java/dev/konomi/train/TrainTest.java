package dev.konomi.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.MigratedDatabase;
import dev.konomi.event.SignalPolicy;
import dev.konomi.event.SignalSettings;
import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.release.Manifest;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.ObjectStores;
import dev.konomi.release.Pointer;
import dev.konomi.release.Publication;
import dev.konomi.release.ReleaseReader;
import dev.konomi.release.Releases;
import dev.konomi.release.Verification;
import dev.konomi.retrain.TrainerQueue;
import dev.konomi.taste.CatalogueSample;
import dev.konomi.token.TokenBook;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Verdict;
import dev.konomi.train.export.LateExport;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.stage.TrainingPlan;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    private static final String TENANT = "acme";
    static final TrainingPlan PLAN = TrainingPlan.quick()
            .withNetwork(new NetworkSettings(6, 4, 3, NetworkSettings.ActivationKind.BAYES, 2))
            .withSteps(60, 40, 5);
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path folder;

    private ObjectStore store;

    @BeforeEach
    void emptyStore() {
        store = ObjectStores.open(folder.resolve("store").toUri(), Map.of());
    }

    @Test
    void theFirstReleaseBeatsPopularityAndIsServedWhole() {
        List<String> stages = new ArrayList<>();
        Train.Result result = train((stage, fraction, message) -> {
                    if (stages.isEmpty() || !stages.getLast().equals(stage)) {
                        stages.add(stage);
                    }
                })
                .run(ThreeMinds.town(240, 24, 1), 0);

        assertInstanceOf(Verdict.Promote.class, result.verdict(), () -> String.valueOf(result.refusal()));
        assertInstanceOf(Publication.Published.class, result.publication());
        assertEquals(List.of("token-fit", "stage-one", "stage-two", "export", "gate", "publish"), stages);
        Verification read = new ReleaseReader(store, folder.resolve("read"))
                .read(TENANT, current().orElseThrow().release())
                .toCompletableFuture()
                .join();
        Manifest manifest =
                assertInstanceOf(Verification.Sound.class, read).release().manifest();
        assertEquals(result.release(), current().orElseThrow().release());
        assertTrue(
                Objects.requireNonNull(manifest.metrics().get("gate.difference.low")) > 0,
                manifest.metrics()::toString);
        assertTrue(
                Objects.requireNonNull(manifest.metrics().get("gate.exportDifference")) <= 1e-4,
                manifest.metrics()::toString);
        assertEquals(48.0, manifest.metrics().get("gate.people"));
        assertTrue(manifest.verdict().startsWith("promote: "), manifest.verdict());
        assertEquals(192, result.figures().people());
        assertEquals(3, manifest.model().tokens(), "of a pool of four those that are one of the three minds");
        TokenBook tokens = TokenBook.read(
                assertInstanceOf(Verification.Sound.class, read).release().file(TokenBook.FILE));
        assertEquals(3, tokens.tokens().size());
        CatalogueSample sample = CatalogueSample.read(
                assertInstanceOf(Verification.Sound.class, read).release().file(CatalogueSample.FILE));
        assertEquals(40, sample.sample().size());
    }

    @Test
    void shuffledLabelsAreRefusedAndTheChampionStays() {
        DatabaseDataset truth = ThreeMinds.town(240, 24, 1);
        assertTrue(train(Watcher.SILENT).run(truth, 0).served());
        String champion = current().orElseThrow().release();

        Train.Result result = train(Watcher.SILENT).run(shuffled(truth), 0);

        Verdict.Refuse refused = assertInstanceOf(Verdict.Refuse.class, result.verdict());
        assertTrue(refused.reasons().getFirst().contains("accuracy"), refused.reasons()::toString);
        assertEquals(champion, current().orElseThrow().release());
        assertFalse(result.served());
    }

    @Test
    void aCopyOfTheChampionIsPromotedAndChangesNothing() {
        DatabaseDataset data = ThreeMinds.town(240, 24, 1);
        Train.Result first = train(Watcher.SILENT).run(data, 0);
        String champion = String.valueOf(first.release());
        if (!first.served()) {
            throw new AssertionError(first.refusal());
        }
        Train second = train(Watcher.SILENT);
        second.clean();

        Train.Result copy = second.run(data, 0);

        Verdict.Promote promoted = assertInstanceOf(Verdict.Promote.class, copy.verdict());
        assertEquals(0, promoted.figures().difference().low());
        assertEquals(0, promoted.figures().difference().high());
        assertEquals(new Publication.AlreadyCurrent(champion), copy.publication());
        assertEquals(champion, copy.release());
        assertEquals(
                1,
                new Releases(store, folder.resolve("v"), CLOCK)
                        .list(TENANT)
                        .toCompletableFuture()
                        .join()
                        .size());
    }

    @Test
    void aDamagedExportIsRefused() {
        DatabaseDataset data = ThreeMinds.town(120, 12, 1);
        // It loads, it runs, it is not what was trained.
        Train.Result wrong = train(Watcher.SILENT, (heads, into) -> {
                    heads.write(into);
                    DamagedGraph.flipOneWeight(into.resolve(LateExport.ITEM));
                })
                .run(data, 0);
        Verdict.Refuse refused = assertInstanceOf(Verdict.Refuse.class, wrong.verdict());
        assertTrue(
                refused.reasons().stream().anyMatch(reason -> reason.contains("exported graphs")),
                refused.reasons()::toString);

        Train.Result cut = train(Watcher.SILENT, (heads, into) -> {
                    heads.write(into);
                    DamagedGraph.cut(into.resolve(LateExport.HISTORY));
                })
                .run(data, 0);
        assertInstanceOf(Verdict.Refuse.class, cut.verdict());
        assertNotNull(cut.refusal());
        assertEquals(Optional.empty(), current());
    }

    @Test
    void tooFewPeopleAreSaidSo() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> train(Watcher.SILENT).run(ThreeMinds.town(2, 4, 1), 0));
        assertTrue(String.valueOf(refused.getMessage()).contains("record more people's events"), refused::getMessage);
    }

    @Test
    void theTrainersProcessAnswersARequestFromEventsToRelease(TestInfo test) {
        String tenant = "t" + Integer.toHexString(test.getDisplayName().hashCode());
        new SmallTown(MigratedDatabase.dataSource(), tenant, 5).items(120).people(480, 24, 1);
        TrainerQueue queue = new TrainerQueue(MigratedDatabase.dataSource());
        assertTrue(queue.open(tenant, "a test"));
        Trainer trainer = new Trainer(MigratedDatabase.dataSource(), store, signals(), SmallTown::encoder, CLOCK, 0);
        Trainer.Order order =
                new Trainer.Order(tenant, "one", Recipe.of(PLAN.withSteps(200, 60, 5)), 1, folder, "test", false, null);

        Train.Result result = trainer.work(order, Watcher.SILENT).orElseThrow();

        assertTrue(result.served(), () -> String.valueOf(result.refusal()));
        assertEquals(Optional.empty(), queue.open(tenant));
        assertEquals(Optional.empty(), trainer.work(order, Watcher.SILENT));
        assertFalse(Files.exists(folder.resolve(tenant).resolve("checkpoints")), "nothing is left to resume");
    }

    private Train train(Watcher watcher) {
        return train(watcher, Heads::write);
    }

    private Train train(Watcher watcher, Challenger.Export export) {
        return new Train(TENANT, Recipe.of(PLAN), 1, folder.resolve("work"), store, CLOCK, "test", watcher, export);
    }

    private Optional<Pointer> current() {
        return new Releases(store, folder.resolve("v"), CLOCK)
                .current(TENANT)
                .toCompletableFuture()
                .join();
    }

    private static SignalPolicy signals() {
        return new SignalPolicy(new SmallRyeConfigBuilder()
                .withMapping(SignalSettings.class)
                .build()
                .getConfigMapping(SignalSettings.class));
    }

    private static DatabaseDataset shuffled(DatabaseDataset truth) {
        SplittableRandom random = new SplittableRandom(9);
        HeldOut heldOut = HeldOut.of(truth.dataset().people());
        List<Person> people = new ArrayList<>(heldOut.people());
        for (Person person : heldOut.training()) {
            people.add(new Person(
                    person.id(),
                    person.observations().stream()
                            .map(o -> (Choice) o)
                            .<Observation>map(choice -> random.nextBoolean()
                                    ? choice
                                    : new Choice(choice.rejected(), choice.chosen(), choice.weight(), choice.at()))
                            .toList()));
        }
        return new DatabaseDataset(
                truth.dataset().with(people),
                truth.items(),
                truth.words(),
                truth.events(),
                truth.fingerprint() + "-shuffled",
                0);
    }
}
