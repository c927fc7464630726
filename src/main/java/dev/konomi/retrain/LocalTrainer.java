package dev.konomi.retrain;

import dev.konomi.door.DatabaseUrl;
import dev.konomi.door.Door;
import dev.konomi.release.StoreSettings;
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
import java.time.Duration;
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

/// On one machine, starts the trainer's process when a request comes out of the queue, starts it again when it
/// dies, and ends it with this process. The trainer reads its standard input, which ends with this process however
/// that ends.
@ApplicationScoped
public class LocalTrainer {
    private static final Logger LOG = Logger.getLogger(LocalTrainer.class);
    private static final long SECONDS_TO_END = 5;

    /// For lost requests, where nobody asks for looks of its own.
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final TrainerSettings settings;
    private final TrainerQueue requests;
    private final RetrainQueue queue;
    private final Deliveries deliveries;
    private final LostRequests lost;
    private final String tenant;
    private final Map<String, String> environment;
    private final Runnable check;
    private final boolean checks;
    private final long lookEveryNanos;

    private @Nullable Thread thread;
    private volatile String name = "local";
    private volatile boolean stopping;

    @Inject
    LocalTrainer(
            TrainerSettings settings,
            RetrainSettings retrain,
            StoreSettings store,
            Door door,
            DataSource database,
            RetrainQueue queue,
            RetrainRequests policy,
            @ConfigProperty(name = DatabaseUrl.SETTING) Optional<String> databaseUrl) {
        this(
                settings,
                new TrainerQueue(database),
                queue,
                retrain,
                door.caller().tenant(),
                environment(settings, store, databaseUrl),
                () -> policy.check(door.caller().tenant(), null));
    }

    /// @param environment of the trainer, beside this process's own
    /// @param check looks whether there is reason to retrain
    LocalTrainer(
            TrainerSettings settings,
            TrainerQueue requests,
            RetrainQueue queue,
            RetrainSettings retrain,
            String tenant,
            Map<String, String> environment,
            Runnable check) {
        this.settings = settings;
        this.requests = requests;
        this.queue = queue;
        this.deliveries = new Deliveries(queue, TrainerQueue.STALE);
        this.lost = new LostRequests(requests, queue, retrain.silence());
        this.tenant = tenant;
        this.environment = Map.copyOf(environment);
        this.check = check;
        this.checks = retrain.checkEvery().isPresent();
        this.lookEveryNanos = retrain.checkEvery().orElse(LOOK_EVERY).toNanos();
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
        // Not before: a snapshot of a process must not hold a name that all its copies would have.
        name = "local-" + UUID.randomUUID();
        long looked = System.nanoTime();
        while (!stopping) {
            try {
                while (!stopping && deliveries.next(work)) {
                    // the next one
                }
                if (System.nanoTime() - looked > lookEveryNanos) {
                    looked = System.nanoTime();
                    look();
                }
                Thread.sleep(settings.poll().toMillis());
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException failure) {
                LOG.errorf(failure, "The local trainer could not be started; it is tried again.");
                try {
                    TimeUnit.SECONDS.sleep(SECONDS_TO_END);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        }
    }

    private void look() {
        if (checks) {
            check.run();
        } else {
            lost.look(tenant);
        }
    }

    private final Deliveries.Work work = new Deliveries.Work() {
        @Override
        public Deliveries.End on(Ticket ticket) throws InterruptedException {
            return train(ticket);
        }

        @Override
        public void givenUp(Ticket ticket, String reason) {
            requests.giveUp(ticket, reason);
        }
    };

    private Deliveries.End train(Ticket ticket) throws InterruptedException {
        if (!isOpen(ticket)) {
            return new Deliveries.End.Done();
        }
        try {
            int exit = run(ticket);
            if (stopping) {
                return new Deliveries.End.Stopped();
            }
            Optional<String> failure = requests.failure(ticket.tenant(), ticket.request());
            if (failure.isPresent()) {
                return new Deliveries.End.Hopeless(failure.get());
            }
            return isOpen(ticket)
                    ? new Deliveries.End.Failed("The trainer ended with exit code " + exit
                            + " before it was done; the last lines of " + log() + " say more.")
                    : new Deliveries.End.Done();
        } catch (InterruptedException stop) {
            if (!stopping) {
                throw stop;
            }
            return new Deliveries.End.Stopped();
        } catch (IOException unstarted) {
            return new Deliveries.End.Failed("The trainer could not be started: " + unstarted.getMessage());
        }
    }

    private boolean isOpen(Ticket ticket) {
        return requests.open(ticket.tenant())
                .filter(open -> open.id() == ticket.request())
                .isPresent();
    }

    private int run(Ticket ticket) throws IOException, InterruptedException {
        Files.createDirectories(settings.work());
        ProcessBuilder builder = new ProcessBuilder(command(ticket.tenant()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        builder.environment().put(Ticket.VARIABLE, ticket.json());
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

    private List<String> command(String tenant) {
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
                name));
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
