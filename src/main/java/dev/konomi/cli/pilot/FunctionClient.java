package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Calls functions over HTTP as an app does.
public final class FunctionClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;

    /// @param base where the functions answer, for example `http://127.0.0.1:8080`
    public FunctionClient(URI base) {
        this.base = base;
    }

    /// @param function name, for example `score`
    /// @param payload written as JSON
    /// @return the answer's body
    /// @throws IllegalStateException when the function answers with a problem
    public JsonNode call(String function, JsonNode payload) {
        return send(function, payload).join();
    }

    /// As [#call], without waiting.
    public CompletableFuture<JsonNode> send(String function, JsonNode payload) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/" + function))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(5))
                .POST(BodyPublishers.ofByteArray(bytes(payload)))
                .build();
        return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(answer -> read(function, answer));
    }

    /// @return true when the process behind the functions says that it is ready
    boolean ready() {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/q/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static JsonNode read(String function, HttpResponse<byte[]> answer) {
        try {
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException("`" + function + "` answered " + answer.statusCode() + ": "
                        + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
            }
            return JSON.readTree(answer.body());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("`" + function + "` answered something that is no JSON.", unreadable);
        }
    }

    private static byte[] bytes(JsonNode payload) {
        try {
            return JSON.writeValueAsBytes(payload);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
