package dev.konomi.cli.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All functions in a process of their own, called over HTTP.
///
/// @param process runs them
/// @param port where they answer on this machine
public record HttpFunctions(FunctionProcess process, int port) implements AutoCloseable {
    /// A word of a command that stands for the port.
    public static final String PORT = "{port}";

    private static final long BETWEEN_TRIES = 2;

    /// What a function answered.
    ///
    /// @param status of HTTP
    /// @param mediaType of the body
    /// @param body JSON
    public record Reply(int status, String mediaType, String body) {}

    /// @param command starts them; they learn their port from the environment and from the word [#PORT]
    /// @param folder where
    /// @param settings their environment
    /// @param log receives what they print
    /// @return the process, just started
    public static HttpFunctions start(List<String> command, Path folder, Map<String, String> settings, Path log) {
        int port = freePort();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        List<String> words = command.stream()
                .map(word -> word.equals(PORT) ? Integer.toString(port) : word)
                .toList();
        return new HttpFunctions(FunctionProcess.start(words, folder, environment, log), port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("No free port on this machine.", none);
        }
    }

    /// Calls a function, again and again until the process listens.
    ///
    /// @param function its name
    /// @param payload JSON
    /// @param patience how long to wait for the process
    /// @return its answer
    /// @throws IllegalStateException when the process ends or does not listen in time
    public Reply call(String function, String payload, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return call(function, payload);
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "The functions do not answer at port " + port + ":\n" + process.lastWords(), notYet);
                }
            }
            try {
                Thread.sleep(BETWEEN_TRIES);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for the functions.", interrupted);
            }
        }
    }

    private Reply call(String function, String payload) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/" + function).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (var out = connection.getOutputStream()) {
            out.write(payload.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Reply(
                    status,
                    String.valueOf(connection.getContentType()),
                    in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
