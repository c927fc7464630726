package dev.konomi.cli.artifact;

import dev.konomi.cli.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./konomi rehearse`: what a container's image does while it is built.
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = {
            "Start the functions of a container once, have each answer, and keep what the Java virtual machine learned",
            "of it in app.aot beside them: they start with it in a third of the time. It holds for this very Java only."
        })
public final class RehearseCommand implements Callable<Integer> {
    /// What a rehearsal leaves, beside the functions.
    public static final String CACHE = "app.aot";

    /// Java's options for rehearsal and for service, beside the functions.
    public static final String OPTIONS = "java-options";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SCORINGS = 20;

    @Option(
            names = "--app",
            defaultValue = "target/quarkus-app",
            description = "Folder of quarkus-run.jar and java-options (default ${DEFAULT-VALUE}).")
    private Path app;

    @Override
    public Integer call() throws IOException, InterruptedException {
        rehearse(app.toAbsolutePath());
        return 0;
    }

    /// @param app folder of the functions; the cache is written there
    /// @throws CommandFailed when the functions do not answer, or Java makes no cache
    public static void rehearse(Path app) throws IOException, InterruptedException {
        if (!Files.exists(app.resolve("quarkus-run.jar"))) {
            throw new CommandFailed(2, "There are no functions in " + app + ": run ./mvnw -Pcontainer package first.");
        }
        Path folder = Files.createTempDirectory("konomi-rehearsal");
        Path cache = app.resolve(CACHE);
        Files.deleteIfExists(cache);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:AOTCacheOutput=" + CACHE,
                "@" + OPTIONS,
                "-jar",
                "quarkus-run.jar");
        try (Surroundings surroundings = Surroundings.in(folder);
                HttpFunctions functions = HttpFunctions.start(
                        command, app, surroundings.settings(folder.resolve("releases")), folder.resolve("log"))) {
            for (String[] call : calls()) {
                HttpFunctions.Reply reply = functions.call(call[0], call[1], PATIENCE);
                if (reply.status() != 200) {
                    throw new CommandFailed(1, "`" + call[0] + "` answered " + reply.status() + ": " + reply.body());
                }
            }
            functions.process().terminate();
            functions.process().await(PATIENCE);
            if (!Files.exists(cache)) {
                throw new CommandFailed(
                        1,
                        "Java made no cache of what it learned:\n"
                                + functions.process().lastWords());
            }
        }
    }

    private static List<String[]> calls() {
        List<String[]> calls = new ArrayList<>();
        String at = "\"at\":\"2026-01-01T00:00:00Z\"";
        calls.add(new String[] {"put-items", "{\"items\":[{\"key\":\"a\",\"text\":\"a quiet blue lake\"}]}"});
        calls.add(new String[] {
            "record-event",
            "{\"schema\":1,\"eventId\":\"e1\",\"user\":\"ann\",\"type\":\"Liked\",\"item\":{\"key\":\"a\"}," + at + "}"
        });
        calls.add(new String[] {"encode-items", "{\"missing\":true}"});
        for (int i = 0; i < SCORINGS; i++) {
            calls.add(new String[] {"score", score("ann")});
        }
        calls.add(new String[] {"tokens", "{\"user\":\"ann\"}"});
        calls.add(new String[] {"retrain", "{\"status\":true}"});
        calls.add(new String[] {"remove-items", "{\"keys\":[\"nothing\"]}"});
        return calls;
    }

    /// @param user who asks
    /// @return a payload of `score` with two candidates that stand in it
    public static String score(String user) {
        return "{\"user\":\"" + user
                + "\",\"candidates\":[{\"text\":\"a harbour in fog\"},{\"text\":\"a neon city at night\"}]}";
    }
}
