package dev.konomi.cli.pilot;

import dev.konomi.cli.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The functions in a process of their own, as they are deployed: without trainer, simulator or database on the class
/// path.
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private final Process process;
    private final URI address;
    private final Path log;
    private final Thread ender;

    private ServerProcess(Process process, URI address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
        // A pilot that is told to end, and not by Ctrl-C, would leave its functions behind.
        ender = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(ender);
    }

    /// @param home the checkout's folder, where the launcher lies
    /// @param port HTTP port, or 0 for any free one
    /// @param environment settings, for example `KONOMI_DATABASE_URL`
    /// @param log receives what the process prints
    /// @return the process once it is ready
    static ServerProcess start(Path home, int port, Map<String, String> environment, Path log) {
        int chosen = port == 0 ? freePort() : port;
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("konomi").toString(), "serve", "--port", Integer.toString(chosen))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            ServerProcess server = new ServerProcess(builder.start(), URI.create("http://127.0.0.1:" + chosen), log);
            server.awaitReady();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException("The functions' process did not start.", failure);
        }
    }

    URI address() {
        return address;
    }

    /// @return resident memory in megabytes, or NaN where the system does not tell
    double residentMegabytes() {
        return ResidentMemory.megabytes(process.toHandle());
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (FunctionClient client = new FunctionClient(address)) {
            while (!client.ready()) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    close();
                    throw new IllegalStateException(
                            "The functions did not become ready at " + address + "; see " + log + ".");
                }
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("Interrupted while waiting for the functions.", interrupted);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("No free port on this machine.", none);
        }
    }

    /// Waits until the process ends by itself or is ended.
    void await() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
