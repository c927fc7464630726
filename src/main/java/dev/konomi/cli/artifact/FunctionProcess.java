package dev.konomi.cli.artifact;

import dev.konomi.cli.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A delivered program in a process of its own.
public final class FunctionProcess implements AutoCloseable {
    private static final int LAST_LINES = 40;

    private final Process process;
    private final Path log;
    private final Thread ender;

    private FunctionProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        ender = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ender);
    }

    /// @param command the program and its arguments
    /// @param folder where it starts
    /// @param environment beside this process's own; of that nothing that configures Konomi or Java is handed on
    /// @param log receives what it prints
    /// @return the process, just started
    /// @throws UncheckedIOException when it cannot be started
    public static FunctionProcess start(List<String> command, Path folder, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("KONOMI_")
                        || name.startsWith("QUARKUS_")
                        || name.startsWith("AWS_")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            return new FunctionProcess(builder.start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(command.getFirst() + " could not be started in " + folder + ".", failure);
        }
    }

    /// @return whether it still runs
    public boolean isAlive() {
        return process.isAlive();
    }

    /// @return its number
    public long pid() {
        return process.pid();
    }

    /// @return resident memory in megabytes, or NaN where the system does not tell
    public double residentMegabytes() {
        return ResidentMemory.megabytes(process.toHandle());
    }

    /// @return processor time that it has taken, in seconds
    public double processorSeconds() {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1000.0;
    }

    /// @return the end of what it printed, for messages
    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "its log " + log + " cannot be read: " + unreadable.getMessage();
        }
    }

    /// Waits for its end.
    ///
    /// @param patience how long
    /// @return its exit code
    /// @throws IllegalStateException when it goes on for longer
    public int await(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("It still runs after " + patience.toSeconds() + " s:\n" + lastWords());
        }
        return process.exitValue();
    }

    /// Asks it to end, by SIGTERM.
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(ender);
        } catch (IllegalStateException shuttingDown) {
            // The hook does it.
        }
    }
}
