package dev.konomi.retrain;

import dev.konomi.door.DatabaseUrl;
import dev.konomi.door.Door;
import dev.konomi.release.StoreSettings;
import dev.konomi.retrain.TrainerQueue.Open;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// On one machine, starts the trainer's process when a request waits, starts it again when it dies, and ends it with
/// this process. The trainer reads its standard input, which ends with this process however that ends.
@ApplicationScoped
public class LocalTrainer {
    private static final Logger LOG = Logger.getLogger(LocalTrainer.class);
    private static final long SECONDS_TO_END = 5;

    private final TrainerSettings settings;
    private final TrainerQueue queue;
    private final String tenant;
    private final Map<String, String> environment;
    private final String name = "local-" + UUID.randomUUID();

    private @Nullable Thread thread;
    private volatile boolean stopping;

    @Inject
    LocalTrainer(
            TrainerSettings settings,
            StoreSettings store,
            Door door,
            DataSource database,
            @ConfigProperty(name = DatabaseUrl.SETTING) Optional<String> databaseUrl) {
        this(settings, new TrainerQueue(database), door.caller().tenant(), environment(settings, store, databaseUrl));
    }

    /// @param environment of the trainer, beside this process's own
    LocalTrainer(TrainerSettings settings, TrainerQueue queue, String tenant, Map<String, String> environment) {
        this.settings = settings;
        this.queue = queue;
        this.tenant = tenant;
        this.environment = Map.copyOf(environment);
    }

    private static Map<String, String> environment(
            TrainerSettings settings, StoreSettings store, Optional<String> databaseUrl) {
        Map<String, String> environment = new HashMap<>();
        databaseUrl.ifPresent(url -> environment.put("KONOMI_DATABASE_URL", url));
        environment.put("KONOMI_STORE_URL", store.url().toString());
        store.endpoint().ifPresent(at -> environment.put("KONOMI_STORE_ENDPOINT", at.toString()));
        store.region().ifPresent(region -> environment.put("KONOMI_STORE_REGION", region));
        store.accessKey().ifPresent(key -> environment.put("KONOMI_STORE_ACCESS_KEY", key));
        store.secretKey().ifPresent(key -> environment.put("KONOMI_STORE_SECRET_KEY", key));
        environment.put("KONOMI_JAVA_OPTIONS", settings.javaOptions());
        // The server runs, so the checkout is built; building again would pull its class path from under it.
        environment.put("KONOMI_BUILT", "yes");
        return environment;
    }

    void start(@Observes StartupEvent started) {
        if (settings.local()) {
            thread = Thread.ofPlatform().name("local-trainer").daemon().start(this::watch);
        }
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        Thread watching = thread;
        if (watching != null) {
            watching.interrupt();
            watching.join(TimeUnit.SECONDS.toMillis(2 * SECONDS_TO_END));
        }
    }

    private void watch() {
        while (!stopping) {
            try {
                Optional<Open> open = queue.open(tenant);
                if (open.isPresent() && open.get().waits()) {
                    work(open.get());
                }
                Thread.sleep(settings.poll().toMillis());
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException | IOException failure) {
                LOG.errorf(failure, "The local trainer could not be started; it is tried again.");
                try {
                    TimeUnit.SECONDS.sleep(SECONDS_TO_END);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        }
    }

    /// Stays with a request until it is closed or too many trainers have died of it.
    private void work(Open first) throws IOException, InterruptedException {
        Optional<Open> open = Optional.of(first);
        while (!stopping && open.isPresent() && open.get().id() == first.id() && isOurs(open.get())) {
            if (open.get().attempts() > settings.restarts()) {
                queue.abandon(
                        tenant,
                        open.get(),
                        open.get().attempts() + " trainers ended before they were done; the last lines of " + log()
                                + " say more.");
                return;
            }
            int attempts = open.get().attempts();
            int exit = run();
            open = queue.open(tenant);
            if (stopping || open.isEmpty()) {
                return;
            }
            if (open.get().id() == first.id() && open.get().attempts() == attempts) {
                // It died before it took the request up; that would go on for ever without being counted.
                queue.abandon(
                        tenant,
                        open.get(),
                        "The trainer did not start (exit code " + exit + "); the last lines of " + log()
                                + " say more.");
                return;
            }
            LOG.warnf("The trainer ended with exit code %d before it was done; see %s", exit, log());
        }
    }

    private boolean isOurs(Open open) {
        return open.waits() || name.equals(open.trainer());
    }

    private int run() throws IOException, InterruptedException {
        Files.createDirectories(settings.work());
        ProcessBuilder builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return process.waitFor();
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException again) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Path log() {
        return settings.work().resolve("trainer.log").toAbsolutePath();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(settings.command().orElseGet(LocalTrainer::launcher));
        command.addAll(List.of(
                "--tenant",
                tenant,
                "--plan",
                settings.plan(),
                "--device",
                settings.device(),
                "--work",
                settings.work().toAbsolutePath().toString(),
                "--as",
                name,
                "--once"));
        if (settings.sequence()) {
            command.add("--sequence");
        }
        return command;
    }

    private static List<String> launcher() {
        String home = System.getProperty("konomi.home");
        if (home == null) {
            throw new UncheckedIOException(
                    new IOException(
                            "konomi.trainer.local is on but this process was not started by ./konomi: set konomi.trainer.command."));
        }
        return List.of(Path.of(home, "konomi").toString(), "train");
    }
}
