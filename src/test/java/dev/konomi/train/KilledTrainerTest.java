package dev.konomi.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.MigratedDatabase;
import dev.konomi.event.SignalPolicy;
import dev.konomi.event.SignalSettings;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.ObjectStores;
import dev.konomi.release.Pointer;
import dev.konomi.release.Releases;
import dev.konomi.retrain.Ticket;
import dev.konomi.retrain.TrainerQueue;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.stage.TrainingPlan;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The trainer's real process, killed with SIGKILL while it works.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledTrainerTest {
    private static final String TENANT = "killed";
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String ENCODING = "killed-while-encoding";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Pattern ENCODED = Pattern.compile("encoded \\d+ of (\\d+) items");
    private static final Pattern STEP = Pattern.compile("step (\\d+) of");

    @TempDir
    private Path folder;

    private Path work;

    @BeforeEach
    void firstMachine() {
        work = folder.resolve("work");
    }

    @Test
    void killedAnywhereItLeavesTheOldReleaseAndTheNextRunGoesOnFromTheCheckpointOnAnotherMachineToo() throws Exception {
        SmallTown town = new SmallTown(MigratedDatabase.dataSource(), TENANT, 11)
                .items(30)
                .people(150, 16, 1);
        TrainerQueue queue = new TrainerQueue(MigratedDatabase.dataSource());
        try (ObjectStore store = ObjectStores.open(store(), Map.of())) {
            String old = oldRelease(store, queue);
            town.people(20, 16, 1);
            assertTrue(queue.open(TENANT, "news"));

            List<String> first = run(TENANT, Optional.of("token-fit step 40 of 80"));
            assertEquals(20, firstStep(first, "token-fit"), first::toString);
            assertStillOld(old, store, queue);

            List<String> second = run(TENANT, Optional.of("stage-one step 40 of 80"));
            assertTrue(firstStep(second, "token-fit") > 20, second::toString);
            assertStillOld(old, store, queue);

            // Another machine has nothing but the database and the bucket.
            work = folder.resolve("another-machine");
            List<String> third = run(TENANT, Optional.of("gate "));
            assertTrue(firstStep(third, "stage-one") > 20, third::toString);
            assertTrue(firstStep(third, "token-fit") < 0, "a finished stage is not repeated: " + third);
            assertStillOld(old, store, queue);

            work = folder.resolve("and-yet-another");
            List<String> last = run(TENANT, Optional.empty());
            assertEquals(
                    List.of(),
                    store.list("tenants/" + TENANT + "/trainings/")
                            .toCompletableFuture()
                            .join(),
                    "a closed request leaves no checkpoints behind");
            assertTrue(firstStep(last, "stage-two") < 0, "a finished stage is not repeated: " + last);
            assertEquals(Optional.empty(), queue.open(TENANT));
            boolean published = last.stream().anyMatch(line -> line.startsWith("Published "));
            boolean refused = last.stream().anyMatch(line -> line.startsWith("The gate refused"));
            assertTrue(published ^ refused, last::toString);
            assertEquals(published, !old.equals(current(store)), last::toString);
        }
    }

    @Test
    void killedWhileItEncodesItKeepsWhatIsEncodedAndTheThirdGoesOnAsAQueueInTheCloudStartsIt() throws Exception {
        new SmallTown(MigratedDatabase.dataSource(), ENCODING, 12).items(200).people(40, 16, 1);
        assertTrue(new TrainerQueue(MigratedDatabase.dataSource()).open(ENCODING, "the first"));

        int missing = missing(run(ENCODING, Optional.of(" of ")));
        assertTrue(missing > 150, missing + " items to encode at first");
        int left = missing(run(ENCODING, Optional.of(" of ")));
        assertTrue(left <= missing - 32, left + " of " + missing + " left: a batch of 32 was encoded before");

        long request = new TrainerQueue(MigratedDatabase.dataSource())
                .open(ENCODING)
                .orElseThrow()
                .id();
        work = folder.resolve("a-machine-of-the-cloud");
        Ticket ticket = new Ticket(ENCODING, request, "the first", "00-" + TRACE + "-b7ad6b7169203331-01");
        List<String> last = run(List.of(), Optional.of(ticket), Optional.empty());
        assertTrue(last.getLast().contains("\"trace\":\"" + TRACE + "\""), last::toString);
        assertEquals(3.6, number("price_per_hour"));
        assertTrue(number("machine_seconds") > 0, "what it cost is recorded");
        List<String> again = run(List.of(), Optional.of(ticket), Optional.empty());
        assertEquals("No request waits.", again.getLast(), "a message that comes twice trains once");
    }

    @Test
    void theThirdFailureOfARequestClosesItWithTheReasonAndAFourthTrainerLeavesItAlone() throws Exception {
        String tenant = "failing";
        new SmallTown(MigratedDatabase.dataSource(), tenant, 13).items(10).people(40, 6, 1);
        TrainerQueue queue = new TrainerQueue(MigratedDatabase.dataSource());
        assertTrue(queue.open(tenant, "a test"));
        Ticket ticket = new Ticket(tenant, queue.open(tenant).orElseThrow().id(), "a test", null);
        try (ObjectStore store = ObjectStores.open(store(), Map.of())) {
            byte[] pointer = new Pointer("a".repeat(64), CLOCK.instant(), null).bytes();
            assertTrue(
                    store.create("tenants/" + tenant + "/current", pointer)
                                    .toCompletableFuture()
                                    .join()
                            instanceof ObjectStore.Stored);
            Trainer trainer =
                    new Trainer(MigratedDatabase.dataSource(), store, signals(), SmallTown::encoder, CLOCK, 1);
            Trainer.Order order = new Trainer.Order(
                    tenant,
                    "spot",
                    Recipe.of(TrainingPlan.quick()),
                    1,
                    folder.resolve("failing"),
                    "test",
                    false,
                    ticket);
            for (int attempt = 1; attempt <= 3; attempt++) {
                assertTrue(queue.open(tenant).isPresent(), "before trainer " + attempt);
                assertThrows(IllegalStateException.class, () -> trainer.work(order, Watcher.SILENT));
            }
            assertEquals(Optional.empty(), queue.open(tenant));
            String failure = queue.failure(tenant, ticket.request()).orElseThrow();
            assertTrue(failure.contains("cannot be compared with"), failure);
            assertEquals(Optional.empty(), trainer.work(order, Watcher.SILENT));
        }
    }

    private static double number(String column) throws SQLException {
        try (Connection connection = MigratedDatabase.dataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select " + column + " from retrain_request where tenant = ?")) {
            statement.setString(1, ENCODING);
            try (ResultSet rows = statement.executeQuery()) {
                assertTrue(rows.next());
                return rows.getDouble(1);
            }
        }
    }

    /// @return how many items had no encoding, by what a trainer said of its first batch
    private static int missing(List<String> said) {
        Matcher encoded = ENCODED.matcher(said.getLast());
        assertTrue(encoded.find(), said::toString);
        return Integer.parseInt(encoded.group(1));
    }

    private String oldRelease(ObjectStore store, TrainerQueue queue) {
        assertTrue(queue.open(TENANT, "the first"));
        TrainingPlan plan = TrainingPlan.quick()
                .withNetwork(new NetworkSettings(6, 4, 3, NetworkSettings.ActivationKind.BAYES, 2))
                .withSteps(60, 40, 5);
        Trainer trainer = new Trainer(MigratedDatabase.dataSource(), store, signals(), SmallTown::encoder, CLOCK, 0);
        Train.Result result = trainer.work(
                        new Trainer.Order(
                                TENANT, "first", Recipe.of(plan), 1, folder.resolve("first"), "test", false, null),
                        Watcher.SILENT)
                .orElseThrow();
        assertTrue(result.served(), () -> String.valueOf(result.refusal()));
        return current(store);
    }

    private static SignalPolicy signals() {
        return new SignalPolicy(new SmallRyeConfigBuilder()
                .withMapping(SignalSettings.class)
                .build()
                .getConfigMapping(SignalSettings.class));
    }

    private void assertStillOld(String old, ObjectStore store, TrainerQueue queue) {
        assertEquals(old, current(store));
        assertTrue(queue.open(TENANT).orElseThrow().running());
    }

    /// @param killAt what the trainer says when it is to be killed; the words behind which nothing more is read
    /// @return what it said
    private List<String> run(String tenant, Optional<String> killAt) throws IOException, InterruptedException {
        return run(List.of("--tenant", tenant, "--as", "local-test", "--once"), Optional.empty(), killAt);
    }

    private List<String> run(List<String> options, Optional<Ticket> ticket, Optional<String> killAt)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(options)).redirectErrorStream(true);
        ticket.ifPresent(one -> builder.environment().put(Ticket.VARIABLE, one.json()));
        builder.environment().put("KONOMI_RETRAIN_PRICE_PER_HOUR", "3.6");
        builder.environment().put("KONOMI_DATABASE_URL", MigratedDatabase.url());
        builder.environment().put("KONOMI_STORE_URL", store().toString());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        List<String> said = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line.replaceAll(" +", " "));
                if (killAt.isPresent() && said.getLast().contains(killAt.get())) {
                    break;
                }
            }
            process.destroyForcibly();
            int exit = process.waitFor();
            if (killAt.isEmpty()) {
                assertTrue(exit == 0 || (exit == 3 && ticket.isEmpty()), said::toString);
            } else {
                assertTrue(said.getLast().contains(killAt.get()), () -> "it ended with " + exit + ": " + said);
            }
        } finally {
            process.destroyForcibly();
        }
        return said;
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.openblas.load=mkl",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.konomi.cli.Konomi",
                "train",
                "--plan",
                "quick",
                "--steps",
                "80,80,20",
                "--work",
                work.toString()));
        command.addAll(options);
        return command;
    }

    /// @return the first step of a stage that was reported, or −1
    private static int firstStep(List<String> said, String stage) {
        for (String line : said) {
            Matcher step = STEP.matcher(line);
            if (line.contains(stage) && step.find()) {
                return Integer.parseInt(step.group(1));
            }
        }
        return -1;
    }

    private static String current(ObjectStore store) {
        return new Releases(store, Path.of("unused"), CLOCK)
                .current(TENANT)
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .release();
    }

    private java.net.URI store() {
        return folder.resolve("store").toUri();
    }
}
