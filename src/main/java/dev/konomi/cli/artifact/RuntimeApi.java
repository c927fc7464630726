package dev.konomi.cli.artifact;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lambda's side of a function's process: a server of the Runtime API (2018-06-01), from which the process fetches one
/// invocation after another and to which it sends what came of them.
///
/// A process that starts for a snapshot (`AWS_LAMBDA_INITIALIZATION_TYPE=snap-start`) first asks here to be restored;
/// it gets its answer, and goes on, by [#restore].
public final class RuntimeApi implements AutoCloseable {
    private static final String VERSION = "/2018-06-01/runtime";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> taken = new ConcurrentHashMap<>();
    private final CompletableFuture<String> failedStart = new CompletableFuture<>();
    private final CountDownLatch snapshot = new CountDownLatch(1);
    private final CountDownLatch restored = new CountDownLatch(1);

    /// What came of an invocation.
    public sealed interface Outcome {}

    /// The function answered.
    ///
    /// @param body what it answered, JSON
    public record Answered(String body) implements Outcome {}

    /// The function threw, or its process did not start.
    ///
    /// @param error what the runtime tells of it, JSON
    public record Failed(String error) implements Outcome {}

    /// The platform's patience ended; it would end the process now.
    public record TimedOut() implements Outcome {}

    private record Invocation(String id, byte[] event, Duration limit, CompletableFuture<Outcome> outcome) {}

    /// Opens the server on a free port of this machine.
    ///
    /// @throws UncheckedIOException when there is none
    public RuntimeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException("Lambda's Runtime API cannot be served on this machine.", failure);
        }
        server.setExecutor(threads);
        server.createContext(VERSION + "/invocation/", this::invocation);
        server.createContext(VERSION + "/init/error", exchange -> {
            String error = body(exchange);
            failedStart.complete(error);
            answer(exchange, 202, "");
        });
        server.createContext(VERSION + "/restore/", this::restoring);
        server.start();
    }

    /// @return `host:port`, for `AWS_LAMBDA_RUNTIME_API`
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// Invokes the function and waits.
    ///
    /// @param event what it is invoked with; usually JSON
    /// @param limit the function's timeout
    /// @return what came of it
    public Outcome invoke(String event, Duration limit) {
        Invocation invocation = new Invocation(
                UUID.randomUUID().toString(), event.getBytes(StandardCharsets.UTF_8), limit, new CompletableFuture<>());
        waiting.add(invocation);
        try {
            return invocation
                    .outcome
                    .applyToEither(failedStart.thenApply(Failed::new), outcome -> outcome)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return new TimedOut();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new TimedOut();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            waiting.remove(invocation);
        }
    }

    /// Waits until the process is ready for its snapshot.
    ///
    /// @param limit how long
    /// @return whether it is
    public boolean awaitSnapshot(Duration limit) throws InterruptedException {
        return snapshot.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Lets the process go on as a copy of itself would.
    public void restore() {
        restored.countDown();
    }

    private void invocation(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring((VERSION + "/invocation/").length());
        if (path.equals("next")) {
            next(exchange);
            return;
        }
        String[] parts = path.split("/", 2);
        String body = body(exchange);
        Invocation invocation = taken.remove(parts[0]);
        if (invocation == null || parts.length < 2) {
            answer(exchange, 404, "{\"errorMessage\":\"There is no invocation " + parts[0] + ".\"}");
            return;
        }
        answer(exchange, 202, "{\"status\":\"OK\"}");
        invocation.outcome.complete(parts[1].equals("response") ? new Answered(body) : new Failed(body));
    }

    private void next(HttpExchange exchange) throws IOException {
        Invocation invocation;
        try {
            invocation = waiting.take();
        } catch (InterruptedException closed) {
            exchange.close();
            return;
        }
        taken.put(invocation.id, invocation);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id);
        headers.set(
                "Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + invocation.limit.toMillis()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:konomi");
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
        try (exchange) {
            exchange.sendResponseHeaders(200, invocation.event.length);
            exchange.getResponseBody().write(invocation.event);
        } catch (IOException gone) {
            // The process that asked is no more: the next one gets it.
            taken.remove(invocation.id);
            waiting.add(invocation);
        }
    }

    private void restoring(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().endsWith("/error")) {
            failedStart.complete(body(exchange));
            answer(exchange, 202, "");
            return;
        }
        snapshot.countDown();
        try {
            restored.await();
        } catch (InterruptedException closed) {
            exchange.close();
            return;
        }
        answer(exchange, 200, "");
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
