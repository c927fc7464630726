package dev.konomi.cli.bench;

import dev.konomi.cli.artifact.FunctionProcess;
import dev.konomi.cli.artifact.HttpFunctions;
import dev.konomi.cli.artifact.LambdaFunction;
import dev.konomi.cli.artifact.RehearseCommand;
import dev.konomi.cli.artifact.RuntimeApi;
import dev.konomi.cli.artifact.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Measures how long a cold process takes to its first answer of `score`, the release fetched, verified and loaded on
/// the way: plain, and as each artifact ships it.
///
/// The artifacts start in turn, so that other work on the machine slows all down alike; ratios are of the same round.
public final class StartupBench {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path home;
    private final Surroundings surroundings;
    private final Consumer<String> says;
    private int starts;

    private StartupBench(Path home, Surroundings surroundings, Consumer<String> says) {
        this.home = home;
        this.surroundings = surroundings;
        this.says = says;
    }

    /// One way to start the functions.
    private interface Start {
        /// @return what a cold start took
        StartupFigures.Cold cold() throws IOException;
    }

    /// @param home the checkout's folder; what stands in its `target` is measured
    /// @param rounds of cold starts; ten or more for figures that are published
    /// @param says hears what is being measured
    /// @return what starting costs
    /// @throws IllegalArgumentException when no artifact was built, or the container's functions were not
    public static StartupFigures run(Path home, int rounds, Consumer<String> says)
            throws IOException, InterruptedException {
        if (rounds < 1) {
            throw new IllegalArgumentException("A median needs a round or more, got " + rounds + ".");
        }
        Path app = app(home);
        if (!Files.exists(app.resolve("quarkus-run.jar"))) {
            throw new IllegalArgumentException(
                    "There are no functions in " + app + ": run ./mvnw -Pcontainer -DskipTests package first.");
        }
        Files.copy(
                home.resolve("infra/containers/java-options"),
                app.resolve(RehearseCommand.OPTIONS),
                StandardCopyOption.REPLACE_EXISTING);
        if (!Files.exists(app.resolve(RehearseCommand.CACHE))) {
            says.accept("Rehearsing the container's functions");
            RehearseCommand.rehearse(app);
        }
        Path folder = Files.createTempDirectory("konomi-startup");
        says.accept("Making a release and starting a database");
        try (Surroundings surroundings = Surroundings.in(folder)) {
            return new StartupBench(home, surroundings, says).rounds(rounds);
        }
    }

    private static Path app(Path home) {
        return home.resolve("target/quarkus-app");
    }

    private StartupFigures rounds(int rounds) throws IOException {
        Map<String, Start> artifacts = artifacts();
        Map<String, List<StartupFigures.Cold>> measured = new LinkedHashMap<>();
        // The first round migrates the database and brings the files into memory; it does not count.
        for (int round = 0; round <= rounds; round++) {
            says.accept(round == 0 ? "Starting everything once" : "Round " + round + " of " + rounds);
            for (Map.Entry<String, Start> artifact : artifacts.entrySet()) {
                StartupFigures.Cold cold = artifact.getValue().cold();
                if (round > 0) {
                    measured.computeIfAbsent(artifact.getKey(), _ -> new ArrayList<>())
                            .add(cold);
                }
            }
        }
        return new StartupFigures(measured);
    }

    private Map<String, Start> artifacts() {
        Map<String, Start> artifacts = new LinkedHashMap<>();
        artifacts.put(
                StartupFigures.PLAIN,
                () -> overHttp(
                        home.resolve("target"),
                        java(),
                        "-jar",
                        "konomi-0.1.0-SNAPSHOT-runner.jar",
                        "serve",
                        "--port",
                        HttpFunctions.PORT));
        if (Files.isDirectory(home.resolve("target/function"))) {
            artifacts.put("function.zip", this::asLambda);
        }
        artifacts.put(
                "container",
                () -> overHttp(
                        app(home),
                        java(),
                        "-XX:AOTCache=" + RehearseCommand.CACHE,
                        "@" + RehearseCommand.OPTIONS,
                        "-jar",
                        "quarkus-run.jar"));
        Path executable = home.resolve("target/functions-runner");
        if (Files.isExecutable(executable)) {
            artifacts.put("native", () -> overHttp(home.resolve("target"), executable.toString()));
        }
        return artifacts;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private StartupFigures.Cold overHttp(Path folder, String... command) throws IOException {
        Path own = own();
        long before = System.nanoTime();
        try (HttpFunctions functions = HttpFunctions.start(
                List.of(command), folder, surroundings.settings(own.resolve("releases")), own.resolve("log"))) {
            HttpFunctions.Reply reply = functions.call("score", RehearseCommand.score("ann"), PATIENCE);
            return cold(before, reply.body(), functions.process());
        }
    }

    private StartupFigures.Cold asLambda() throws IOException {
        Path own = own();
        LambdaFunction.Delivered delivered = LambdaFunction.Delivered.in(home);
        long before = System.nanoTime();
        try (LambdaFunction function = LambdaFunction.start(
                delivered, "score", surroundings.settings(own.resolve("releases")), own.resolve("log"))) {
            RuntimeApi.Outcome outcome = function.api().invoke(RehearseCommand.score("ann"), PATIENCE);
            String body = outcome instanceof RuntimeApi.Answered(String answer) ? answer : outcome.toString();
            return cold(before, body, function.process());
        }
    }

    private Path own() throws IOException {
        return Files.createDirectories(surroundings.folder().resolve("start-" + starts++));
    }

    private static StartupFigures.Cold cold(long before, String answer, FunctionProcess process) {
        double seconds = (System.nanoTime() - before) / 1e9;
        if (!answer.contains("\"source\":\"release\"")) {
            throw new IllegalStateException(
                    "`score` did not answer from the release: " + answer + "\n" + process.lastWords());
        }
        return new StartupFigures.Cold(seconds, process.residentMegabytes(), process.processorSeconds());
    }
}
