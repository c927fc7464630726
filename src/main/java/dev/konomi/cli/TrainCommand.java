package dev.konomi.cli;

import dev.konomi.door.RequestLog;
import dev.konomi.release.Publication;
import dev.konomi.retrain.OpenRetrainQueue;
import dev.konomi.retrain.RetrainQueue;
import dev.konomi.retrain.Ticket;
import dev.konomi.retrain.TrainerQueue;
import dev.konomi.retrain.TrainerQueue.Open;
import dev.konomi.retrain.TrainingFigures;
import dev.konomi.train.Recipe;
import dev.konomi.train.Train;
import dev.konomi.train.Trainer;
import dev.konomi.train.evaluate.Verdict;
import dev.konomi.train.stage.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./konomi train`: the trainer's process.
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Train on everybody's events, judge the result and publish it if it is no worse.",
        footer = {
            "",
            "Works on the request that waits (see the function retrain); without one it makes its own. Killed at any",
            "point, the next run goes on from the last checkpoint.",
            "",
            "With --request or KONOMI_RETRAIN_REQUEST, which a queue in the cloud sets, it works on that request alone.",
            "A failure leaves it open for another trainer; the third buries it among the dead letters.",
            "",
            "Exit codes: 0 published, or nothing waits with --once or --request; 1 failed; 2 cannot be done; 3 the gate",
            "refused (0 with --request: it is done)."
        })
final class TrainCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    /// The plans by name.
    enum Plan {
        full,
        quick
    }

    /// The devices by name.
    enum Device {
        cpu,
        cuda,
        cuda_bf16
    }

    @Option(names = "--tenant", description = "Whose model (default: KONOMI_TENANT, else local).")
    private @Nullable String tenant;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            description = "Where to train: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}); cuda_bf16 computes the"
                    + " head in sequence in mixed precision.")
    private Device device;

    @Option(
            names = "--plan",
            defaultValue = "full",
            description = "How long: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Plan plan;

    @Option(
            names = "--steps",
            split = ",",
            paramLabel = "TOKENS,ONE,TWO",
            description = "Steps of the token fit, stage one and stage two instead of the plan's.")
    private int @Nullable [] steps;

    @Option(names = "--sequence", description = "Train the head in sequence too, as long as the plan has it.")
    private boolean sequence;

    @Option(names = "--seed", defaultValue = "1", description = "Of everything random (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "With one, the same seed gives the same release (default ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--work",
            defaultValue = "target/trainer-work",
            description = "Folder for checkpoints (default ${DEFAULT-VALUE}).")
    private Path work;

    @Option(
            names = "--data",
            defaultValue = "target/serve",
            description = "Folder of ./konomi serve, where KONOMI_DATABASE_URL and KONOMI_STORE_URL are not set"
                    + " (default ${DEFAULT-VALUE}).")
    private Path data;

    @Option(names = "--once", description = "Work on a request if one waits, and make none.")
    private boolean once;

    @Option(
            names = "--request",
            paramLabel = "JSON",
            description =
                    "The one request to work on: {\"tenant\":…, \"request\":…} (default: KONOMI_RETRAIN_REQUEST).")
    private @Nullable String request;

    @Option(
            names = "--as",
            description = "This trainer's name; whoever gives it starts the trainer again when it dies and ends it by"
                    + " closing its standard input.")
    private @Nullable String name;

    @Override
    public Integer call() throws InterruptedException {
        if (name != null) {
            endWithStandardInput();
        }
        try (Workplace workplace = new Workplace(data)) {
            DataSource database = workplace.database();
            Ticket ticket = ticket();
            String whose = ticket != null ? ticket.tenant() : tenant == null ? workplace.tenant() : tenant;
            TrainerQueue queue = new TrainerQueue(database);
            if (!once && ticket == null && queue.open(whose).isEmpty() && !queue.open(whose, "./konomi train")) {
                return fail("Somebody else asked for a training in the same moment: try again.");
            }
            Trainer trainer = new Trainer(
                    database,
                    workplace.store(),
                    workplace.signals(),
                    workplace::encoder,
                    Clock.systemUTC(),
                    workplace.retrain().pricePerHour());
            boolean mayBury = ticket != null && name == null && isOpen(queue, ticket);
            try {
                return train(trainer, queue, order(whose, ticket));
            } finally {
                if (ticket != null && mayBury) {
                    buryIfGivenUp(workplace, database, queue, ticket);
                }
            }
        } catch (IllegalArgumentException hopeless) {
            throw new CommandFailed(2, String.valueOf(hopeless.getMessage()));
        }
    }

    private int train(Trainer trainer, TrainerQueue queue, Trainer.Order order) throws InterruptedException {
        try (TrainingProgress progress = new TrainingProgress()) {
            Optional<Train.Result> result = trainer.work(order, progress);
            if (result.isEmpty() && !once) {
                awaitSilence(queue, order.tenant());
                result = trainer.work(order, progress);
            }
            progress.close();
            if (result.isEmpty()) {
                System.out.println("No request waits.");
                return 0;
            }
            int exit = report(result.get());
            Ticket ticket = order.ticket();
            RequestLog.figures(
                    "train",
                    ticket == null ? null : ticket.traceparent(),
                    Map.of(
                            "TrainingSeconds",
                            result.get().figures().seconds(),
                            "Published",
                            result.get().served() ? 1.0 : 0.0));
            return order.ticket() != null && exit == REFUSED ? 0 : exit;
        }
    }

    private @Nullable Ticket ticket() {
        String given = request == null ? System.getenv(Ticket.VARIABLE) : request;
        return given == null || given.isBlank() ? null : Ticket.read(given);
    }

    private static boolean isOpen(TrainerQueue queue, Ticket ticket) {
        return queue.open(ticket.tenant())
                .filter(open -> open.id() == ticket.request())
                .isPresent();
    }

    /// Nobody else would tell the queue: in the cloud it forgot the request when it started this process.
    private static void buryIfGivenUp(Workplace workplace, DataSource database, TrainerQueue queue, Ticket ticket) {
        Optional<String> failure = queue.failure(ticket.tenant(), ticket.request());
        if (failure.isPresent()) {
            try (RetrainQueue letters = OpenRetrainQueue.of(workplace.retrain(), database)) {
                letters.bury(ticket, failure.get());
            }
        }
    }

    private Trainer.Order order(String whose, @Nullable Ticket ticket) {
        TrainingPlan chosen = (plan == Plan.quick ? TrainingPlan.quick() : TrainingPlan.full())
                .on(TrainingPlan.Device.valueOf(device.name().toUpperCase(Locale.ROOT)), threads);
        int[] given = steps;
        if (given != null) {
            if (given.length != 3) {
                throw new CommandFailed(
                        2, "--steps takes three numbers such as 1500,3000,300, got " + given.length + ".");
            }
            chosen = chosen.withSteps(given[0], given[1], given[2]);
        }
        String command = String.format(
                Locale.ROOT,
                "./konomi train --tenant %s --device %s --plan %s --seed %d --threads %d%s%s",
                whose,
                device,
                plan,
                seed,
                threads,
                sequence ? " --sequence" : "",
                given == null ? "" : " --steps %d,%d,%d".formatted(given[0], given[1], given[2]));
        return new Trainer.Order(
                whose,
                name == null ? "hand-" + UUID.randomUUID() : name,
                new Recipe(chosen, inSequence()),
                seed,
                work,
                command,
                name != null,
                ticket);
    }

    private Recipe.Sequence inSequence() {
        if (!sequence) {
            return Recipe.Sequence.NONE;
        }
        return plan == Plan.quick ? Recipe.Sequence.QUICK : Recipe.Sequence.FULL;
    }

    /// Another trainer has the request, or died of it less than half a minute ago.
    private static void awaitSilence(TrainerQueue queue, String whose) throws InterruptedException {
        double silent = -1;
        Optional<Open> open = queue.open(whose);
        while (open.isPresent() && !open.get().waits()) {
            if (open.get().silent() < silent) {
                throw new CommandFailed(
                        1,
                        "Trainer '" + open.get().trainer() + "' works on request "
                                + open.get().id() + " already.");
            }
            if (silent < 0) {
                System.out.println("A trainer was here " + Math.round(open.get().silent())
                        + " s ago; waiting up to half a minute for a sign of life.");
            }
            silent = open.get().silent();
            TimeUnit.SECONDS.sleep(1);
            open = queue.open(whose);
        }
    }

    private static int report(Train.Result result) {
        TrainingFigures figures = result.figures();
        System.out.printf(
                Locale.ROOT,
                "Trained %,d parameters on %,d people in %.0f s (%.0f ms a step, %s).%n",
                figures.parameters(),
                figures.people(),
                figures.seconds(),
                figures.stepMillis(),
                figures.device());
        TrainingFigures.InSequence inSequence = figures.sequence();
        if (inSequence != null) {
            System.out.printf(
                    Locale.ROOT,
                    "The head in sequence: %,d parameters, %.0f s of these.%n",
                    inSequence.parameters(),
                    inSequence.seconds());
        }
        return switch (result.verdict()) {
            case Verdict.Refuse(Verdict.Figures gate, List<String> reasons) -> {
                System.out.println("The gate refused: " + String.join(" ", reasons));
                yield REFUSED;
            }
            case Verdict.Promote(Verdict.Figures gate) -> {
                System.out.printf(
                        Locale.ROOT,
                        "The gate promotes: accuracy %+.4f (95 %% interval %+.4f to %+.4f).%n",
                        gate.difference().mean(),
                        gate.difference().low(),
                        gate.difference().high());
                yield published(result);
            }
        };
    }

    private static int published(Train.Result result) {
        return switch (result.publication()) {
            case Publication.Published published -> {
                System.out.println("Published " + published.pointer().release() + ".");
                yield 0;
            }
            case Publication.AlreadyCurrent(String release) -> {
                System.out.println("Nothing changed: release " + release + " is current and the same.");
                yield 0;
            }
            case null, default -> fail(String.valueOf(result.refusal()));
        };
    }

    private static int fail(String sentence) {
        throw new CommandFailed(1, sentence);
    }

    /// The end of whoever started this process ends its standard input, however that end came about.
    private static void endWithStandardInput() {
        Thread thread = Thread.ofPlatform().name("parent").daemon().unstarted(() -> {
            try {
                while (System.in.read() >= 0) {
                    // nothing is said this way
                }
            } catch (IOException closed) {
                // as good as the end
            }
            Runtime.getRuntime().halt(1);
        });
        thread.start();
    }
}
