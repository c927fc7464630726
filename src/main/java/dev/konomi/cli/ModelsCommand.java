package dev.konomi.cli;

import dev.konomi.release.Publication;
import dev.konomi.release.Releases;
import dev.konomi.release.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `./konomi models`: what has been published, and which release is served.
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "List published releases, serve another one, go back, clear up.")
final class ModelsCommand implements Runnable {
    private static final int SHORT = 12;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tenant",
            scope = ScopeType.INHERIT,
            description = "Whose models (default: KONOMI_TENANT, else local).")
    private @Nullable String tenant;

    @Option(
            names = "--data",
            defaultValue = "target/serve",
            scope = ScopeType.INHERIT,
            description = "Folder of ./konomi serve, where KONOMI_STORE_URL is not set (default ${DEFAULT-VALUE}).")
    private Path data;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "What about the models? list, promote, rollback, pin, unpin or sweep.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Published releases, the newest first.")
    int list() {
        try (Workplace workplace = new Workplace(data)) {
            List<Releases.Published> all = await(releases(workplace).list(whose(workplace)));
            if (all.isEmpty()) {
                System.out.println("Tenant '" + whose(workplace) + "' has no release yet: ./konomi train makes one.");
            }
            for (Releases.Published release : all) {
                Double accuracy = release.manifest().metrics().get("gate.challenger.accuracy");
                System.out.printf(
                        Locale.ROOT,
                        "%s %s  %s  accuracy %s  %s%n",
                        release.current() ? "*" : " ",
                        release.digest().substring(0, SHORT),
                        release.manifest().createdAt(),
                        accuracy == null ? "unknown" : String.format(Locale.ROOT, "%.4f", accuracy),
                        release.manifest().verdict());
            }
            return 0;
        }
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = "Serve a published release after verifying it whole.")
    int promote(
            @Parameters(paramLabel = "DIGEST", description = "The release; its first eight digits or more are enough.")
                    String digest) {
        try (Workplace workplace = new Workplace(data)) {
            return told(await(releases(workplace).promote(whose(workplace), digest)));
        }
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Serve the release that was served before; repeated, it goes further back.")
    int rollback() {
        try (Workplace workplace = new Workplace(data)) {
            return told(await(releases(workplace).rollback(whose(workplace))));
        }
    }

    @Command(name = "pin", mixinStandardHelpOptions = true, description = "Keep a release however many come after it.")
    int pin(
            @Parameters(paramLabel = "DIGEST", description = "The release; its first eight digits or more are enough.")
                    String digest) {
        return pin(digest, true);
    }

    @Command(
            name = "unpin",
            mixinStandardHelpOptions = true,
            description = "Let a pinned release go when ten newer ones are there.")
    int unpin(
            @Parameters(paramLabel = "DIGEST", description = "The release; its first eight digits or more are enough.")
                    String digest) {
        return pin(digest, false);
    }

    private int pin(String digest, boolean pinned) {
        try (Workplace workplace = new Workplace(data)) {
            Optional<String> found = await(releases(workplace).pin(whose(workplace), digest, pinned));
            if (found.isEmpty()) {
                throw new CommandFailed(
                        2,
                        "No release, or more than one, begins with '" + digest + "'; ./konomi models list shows them.");
            }
            System.out.println("Release " + found.get() + (pinned ? " is kept." : " is no longer kept."));
            return 0;
        }
    }

    @Command(
            name = "sweep",
            mixinStandardHelpOptions = true,
            description = "Delete releases that are neither among the newest ten nor pinned nor served, and what dead"
                    + " publications and trainings left behind. Trainers do so after each training.")
    int sweep(@Option(names = "--dry-run", description = "Only say what would be deleted.") boolean dryRun) {
        try (Workplace workplace = new Workplace(data)) {
            Retention.Swept swept =
                    await(new Retention(workplace.store(), Clock.systemUTC()).sweep(whose(workplace), !dryRun));
            swept.releases().forEach(release -> System.out.println("release   " + release));
            swept.orphans().forEach(release -> System.out.println("orphan    " + release));
            swept.trainings().forEach(request -> System.out.println("training  " + request));
            System.out.printf(
                    Locale.ROOT,
                    "%s %d releases, %d orphans and checkpoints of %d trainings, %.1f MB; %d releases stay.%n",
                    dryRun ? "Would delete" : "Deleted",
                    swept.releases().size(),
                    swept.orphans().size(),
                    swept.trainings().size(),
                    swept.bytes() / 1e6,
                    swept.kept().size());
            return 0;
        }
    }

    private static int told(Publication publication) {
        return switch (publication) {
            case Publication.Published published -> {
                System.out.println("Release " + published.pointer().release() + " is served.");
                yield 0;
            }
            case Publication.AlreadyCurrent(String release) -> {
                System.out.println("Release " + release + " is served already.");
                yield 0;
            }
            case Publication.Overtaken(String release, String current) ->
                throw new CommandFailed(
                        1, "Meanwhile release " + current + " became current; nothing changed: look and try again.");
            case Publication.Refused(String reason) -> throw new CommandFailed(2, reason);
        };
    }

    private String whose(Workplace workplace) {
        return tenant == null ? workplace.tenant() : tenant;
    }

    private static Releases releases(Workplace workplace) {
        try {
            Path verified = Files.createTempDirectory("konomi-verified");
            return new Releases(workplace.store(), verified, Clock.systemUTC());
        } catch (IOException failure) {
            throw new UncheckedIOException("No temporary folder could be made.", failure);
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
