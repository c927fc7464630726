package dev.konomi.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.MigratedDatabase;
import dev.konomi.door.DatabaseUrl;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LocalTrainerTest {
    @TempDir
    private Path folder;

    private final RetrainQueue messages = new PostgresRetrainQueue(MigratedDatabase.dataSource());
    private final TrainerQueue queue = new TrainerQueue(MigratedDatabase.dataSource());

    /// A trainer's process that takes a request up and then dies, or stays until it is ended.
    static final class Stub {
        public static void main(String... args) throws Exception {
            List<String> options = List.of(args);
            DatabaseUrl.Parts parts = DatabaseUrl.parse(System.getenv("KONOMI_DATABASE_URL"));
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(parts.jdbc());
            database.setUser(parts.user());
            database.setPassword(parts.password());
            TrainerQueue queue = new TrainerQueue(database);
            if (!Ticket.read(System.getenv(Ticket.VARIABLE)).tenant().equals(after(options, "--tenant"))) {
                Runtime.getRuntime().halt(8);
            }
            TrainerQueue.Claim claim = queue.claim(after(options, "--tenant"), after(options, "--as"))
                    .orElseThrow();
            System.out.println("attempt " + claim.attempt());
            if (options.getFirst().equals("stay")) {
                Files.writeString(
                        Path.of(after(options, "--work")).resolve("pid"),
                        Long.toString(ProcessHandle.current().pid()));
                queue.beat(claim, "token-fit", 0.5, "here", 0);
                while (System.in.read() >= 0) {
                    // nothing is said this way
                }
            }
            Runtime.getRuntime().halt(9);
        }

        private static String after(List<String> options, String name) {
            return options.get(options.indexOf(name) + 1);
        }
    }

    @Test
    void aTrainerThatDiesIsStartedAgainUntilTheThirdHasDiedAndThenTheRequestIsBuriedWithTheReason() throws Exception {
        String tenant = "dying";
        ask(tenant);
        LocalTrainer local = trainer(tenant, "die");
        local.start(new StartupEvent());
        while (queue.open(tenant).isPresent()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        local.stop(new ShutdownEvent());
        assertEquals(
                List.of("attempt 1", "attempt 2", "attempt 3"),
                Files.readAllLines(folder.resolve("trainer.log")).stream()
                        .filter(line -> line.startsWith("attempt"))
                        .toList());
        RetrainQueue.Buried buried = messages.buried().getFirst();
        assertEquals(tenant, Ticket.read(buried.body()).tenant());
        assertTrue(buried.reason().startsWith("The trainer ended with exit code 9"), buried::toString);
        assertTrue(queue.open(tenant, "the next"), "the failed request makes room");
    }

    @Test
    void theTrainerEndsWithTheServer() throws Exception {
        String tenant = "staying";
        ask(tenant);
        LocalTrainer local = trainer(tenant, "stay");
        local.start(new StartupEvent());
        Path file = folder.resolve("pid");
        while (!Files.exists(file) || Files.readString(file).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        CompletableFuture<ProcessHandle> ended = ProcessHandle.of(Long.parseLong(Files.readString(file)))
                .orElseThrow()
                .onExit();
        local.stop(new ShutdownEvent());
        assertFalse(ended.get(30, TimeUnit.SECONDS).isAlive());
        assertTrue(queue.open(tenant).orElseThrow().running(), "the next server's trainer goes on with it");
        RetrainQueue.Delivery next = messages.receive(Duration.ofMinutes(1)).orElseThrow();
        assertEquals(tenant, next.ticket().tenant());
        assertEquals(1, next.deliveries(), "a server's end is no failure of the trainer");
        messages.done(next);
    }

    private LocalTrainer trainer(String tenant, String how) {
        return new LocalTrainer(
                settings(how),
                queue,
                messages,
                TestRetrainSettings.of(Map.of()),
                tenant,
                Map.of("KONOMI_DATABASE_URL", MigratedDatabase.url()),
                () -> {});
    }

    private void ask(String tenant) {
        assertTrue(queue.open(tenant, "a test"));
        messages.send(new Ticket(tenant, queue.open(tenant).orElseThrow().id(), "a test", null));
    }

    private TrainerSettings settings(String how) {
        return new TrainerSettings() {
            @Override
            public boolean local() {
                return true;
            }

            @Override
            public Path work() {
                return folder;
            }

            @Override
            public Optional<List<String>> command() {
                return Optional.of(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stub.class.getName(),
                        how));
            }

            @Override
            public boolean sequence() {
                return false;
            }

            @Override
            public String javaOptions() {
                return "";
            }

            @Override
            public String plan() {
                return "quick";
            }

            @Override
            public String device() {
                return "cpu";
            }

            @Override
            public Duration poll() {
                return Duration.ofMillis(20);
            }
        };
    }
}
