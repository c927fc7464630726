package dev.konomi.door;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.Arc;
import io.quarkus.funqy.runtime.FunctionInvoker;
import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.funqy.runtime.FunqyServerRequest;
import io.quarkus.funqy.runtime.FunqyServerResponse;
import io.quarkus.funqy.runtime.RequestContext;
import io.quarkus.funqy.runtime.RequestContextImpl;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every function, through every transport, with good and bad input: the answer or problem is the same, only its
/// wrapping differs.
@QuarkusTest
class EveryFunctionThroughEveryDoorTest {
    private static final String EXPORTED = "record-event";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// What a call sends and what should come of it.
    ///
    /// @param json the payload
    /// @param status 200, or the problem's
    /// @param problem the problem's type after `urn:konomi:problem:`
    /// @param field the offending field
    record Input(
            String name,
            String json,
            int status,
            @Nullable String problem,
            @Nullable String field) {
        static Input good(String json) {
            return new Input("good", json, 200, null, null);
        }

        static Input bad(String name, String json, String problem, @Nullable String field) {
            return new Input(name, json, 400, problem, field);
        }
    }

    /// What came back, taken out of its wrapping.
    ///
    /// @param body the answer or problem; null where the transport has none
    record Seen(int status, @Nullable JsonNode body) {}

    enum Transport {
        HTTP,
        HTTP_CLOUD_EVENT,
        HTTP_CLOUD_EVENTS,
        DIRECT,
        HTTP_API,
        HTTP_API_BASE64,
        CLOUD_EVENT,
        CLOUD_EVENTS,
        QUEUE,
        QUEUE_OF_CLOUD_EVENTS
    }

    private static Map<String, List<Input>> functions() {
        Map<String, List<Input>> functions = new TreeMap<>();
        String event = "{\"eventId\":\"door\",\"user\":\"ann\",\"type\":\"Liked\",\"item\":{\"text\":\"a cat\"},"
                + "\"at\":\"2026-01-01T00:00:00Z\",\"unknown\":[1]}";
        functions.put(
                "record-event",
                List.of(
                        Input.good(event),
                        Input.bad("missing field", event.replace("\"at\"", "\"when\""), "invalid", "at"),
                        Input.bad("wrong type", event.replace("\"ann\"", "7"), "wrong-type", "user"),
                        Input.bad("no time", event.replace("2026-01-01T00:00:00Z", "noon"), "invalid", "at"),
                        Input.bad("empty batch", "{\"events\":[]}", "invalid", "events"),
                        Input.bad("too many", "{\"events\":" + list(event, 1001) + "}", "invalid", "events"),
                        Input.bad(
                                "image too large",
                                event.replace("\"text\":\"a cat\"", "\"image\":\"" + "A".repeat(1_400_000) + "\""),
                                "invalid",
                                "item.image")));
        functions.put(
                "put-items",
                List.of(
                        Input.good("{\"items\":[{\"key\":\"door\",\"text\":\"a cat\"}],\"unknown\":{}}"),
                        Input.bad("missing field", "{}", "invalid", "items"),
                        Input.bad("wrong type", "{\"items\":3}", "wrong-type", "items"),
                        Input.bad("empty batch", "{\"items\":[]}", "invalid", "items"),
                        Input.bad("too many", "{\"items\":" + list("{}", 501) + "}", "invalid", "items")));
        functions.put(
                "remove-items",
                List.of(
                        Input.good("{\"keys\":[\"nothing-here\"],\"unknown\":{}}"),
                        Input.bad("missing field", "{}", "invalid", "keys"),
                        Input.bad("wrong type", "{\"keys\":3}", "wrong-type", "keys"),
                        Input.bad("wrong element", "{\"keys\":[3]}", "wrong-type", "keys[0]"),
                        Input.bad("empty batch", "{\"keys\":[]}", "invalid", "keys"),
                        Input.bad("too many", "{\"keys\":" + list("\"k\"", 501) + "}", "invalid", "keys")));
        functions.put(
                "encode-items",
                List.of(
                        Input.good("{\"missing\":true,\"unknown\":{}}"),
                        Input.bad("missing field", "{}", "invalid", "keys"),
                        Input.bad("wrong type", "{\"keys\":3}", "wrong-type", "keys"),
                        Input.bad("empty batch", "{\"keys\":[]}", "invalid", "keys"),
                        Input.bad("too many", "{\"keys\":" + list("\"k\"", 501) + "}", "invalid", "keys")));
        functions.put(
                "score",
                List.of(
                        Input.good("{\"user\":\"ann\",\"candidates\":[{\"text\":\"a cat\"}],\"unknown\":{}}"),
                        Input.bad("missing field", "{\"user\":\"ann\"}", "invalid", "candidates"),
                        Input.bad("wrong type", "{\"user\":7,\"candidates\":[]}", "wrong-type", "user"),
                        Input.bad("empty batch", "{\"user\":\"ann\",\"candidates\":[]}", "invalid", "candidates"),
                        Input.bad(
                                "too many",
                                "{\"user\":\"ann\",\"candidates\":" + list("{\"text\":\"a\"}", 201) + "}",
                                "invalid",
                                "candidates")));
        functions.put(
                "tokens",
                List.of(
                        Input.good("{\"user\":\"ann\",\"unknown\":{}}"),
                        Input.bad("missing field", "{}", "invalid", "user"),
                        Input.bad("wrong type", "{\"user\":[]}", "wrong-type", "user"),
                        Input.bad("empty", "{\"user\":\" \"}", "invalid", "user"),
                        Input.bad("too long", "{\"user\":\"" + "x".repeat(201) + "\"}", "invalid", "user")));
        functions.put(
                "guide",
                List.of(
                        Input.good("{\"user\":\"ann\",\"prompt\":\"a cat\",\"unknown\":{}}"),
                        Input.bad("missing field", "{\"user\":\"ann\"}", "invalid", "prompt"),
                        Input.bad("wrong type", "{\"user\":\"ann\",\"prompt\":[]}", "wrong-type", "prompt"),
                        Input.bad("empty", "{\"user\":\"ann\",\"prompt\":\" \"}", "invalid", "prompt"),
                        Input.bad(
                                "too long",
                                "{\"user\":\"ann\",\"prompt\":\"" + "x".repeat(2001) + "\"}",
                                "invalid",
                                "prompt")));
        functions.put(
                "retrain",
                List.of(
                        Input.good("{\"status\":true,\"unknown\":{}}"),
                        Input.bad("missing field", "{}", "invalid", "reason"),
                        Input.bad("wrong type", "{\"reason\":true}", "wrong-type", "reason"),
                        Input.bad("empty", "{\"reason\":\"\"}", "invalid", "reason"),
                        Input.bad("too long", "{\"reason\":\"" + "x".repeat(501) + "\"}", "invalid", "reason")));
        functions.replaceAll((name, inputs) -> {
            List<Input> all = new ArrayList<>(inputs);
            all.add(Input.bad("unreadable", "{\"user\":", "unreadable", null));
            all.add(Input.bad("a number", "7", "wrong-type", null));
            String good = inputs.getFirst().json();
            all.add(new Input(
                    "another tenant", "{\"tenant\":\"other\"," + good.substring(1), 403, "wrong-tenant", "tenant"));
            return all;
        });
        return functions;
    }

    /// @return a payload that the function answers
    static String goodPayload(String function) {
        return Objects.requireNonNull(functions().get(function)).getFirst().json();
    }

    static Stream<Arguments> functionsAndTransports() {
        return functions().keySet().stream()
                .flatMap(function ->
                        Stream.of(Transport.values()).map(transport -> Arguments.of(function, transport.name())));
    }

    @Test
    void everyFunctionIsTriedHere() {
        TreeSet<String> registered = FunctionRecorder.registry.invokers().stream()
                .map(FunctionInvoker::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(functions().keySet()), registered, "functions with rows in this test");
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("functionsAndTransports")
    void goodInputIsAnsweredAndBadInputNamesItsField(String function, String by) {
        Transport transport = Transport.valueOf(by);
        List<Input> inputs = Objects.requireNonNull(functions().get(function));
        String good = inputs.getFirst().json();
        for (Input input : inputs) {
            String what = function + " by " + transport + " with " + input.name();
            Seen seen = call(transport, function, input.json(), good);
            assertEquals(input.status() < 400, seen.status() < 400, what + ": " + seen);
            JsonNode body = seen.body();
            if (body == null) {
                continue;
            }
            String text = body.toString();
            assertFalse(
                    text.contains("Exception") || text.contains("dev.konomi") || text.contains("AAAAAAAA"),
                    what + ": " + (text.length() > 500 ? text.substring(0, 500) : text));
            assertEquals(input.status(), seen.status(), what + ": " + seen);
            if (input.problem() != null) {
                // A Lambda invocation carries JSON whatever happens: the unreadable arrives as a text.
                boolean direct =
                        transport == Transport.DIRECT && input.problem().equals("unreadable");
                assertEquals(
                        "urn:konomi:problem:" + (direct ? "wrong-type" : input.problem()),
                        body.path("type").asText(),
                        what);
                assertEquals(input.field(), body.path("field").asText(null), what + ": " + body);
                assertTrue(body.path("detail").asText().matches(".*[:;] .*\\."), what + " says what to do: " + body);
                assertTrue(body.hasNonNull("title"), what);
            }
        }
    }

    @Test
    void anEmptyBodyIsAProblem() {
        for (FunctionInvoker function : FunctionRecorder.registry.invokers()) {
            Response response = given().port(Ports.http()).post("/" + function.getName());
            assertEquals(400, response.statusCode());
            assertEquals(
                    "urn:konomi:problem:unreadable",
                    tree(response.asString()).path("type").asText());
            JsonNode direct = invoked(function.getName(), "null");
            assertEquals(400, direct.path("status").asInt(), direct.toString());
        }
    }

    @Test
    void aBodyThatIsTooLargeIsAProblem() {
        String body = "\"" + "x".repeat(24_000_100) + "\"";
        Response response = given().port(Ports.http())
                .contentType("application/json")
                .body(body)
                .post("/put-items");
        assertEquals(413, response.statusCode());
        assertEquals("application/problem+json", response.contentType());
        assertEquals(
                "urn:konomi:problem:too-large",
                tree(response.asString()).path("type").asText());
    }

    @Test
    void aFunctionThatIsNotThereIsAProblem() {
        Response response = given().port(Ports.http()).body("{}").post("/guess");
        assertEquals(404, response.statusCode());
        assertEquals(
                "urn:konomi:problem:not-found",
                tree(response.asString()).path("type").asText());
    }

    @Test
    void aRefusedPartBringsItsMessageBackButNotForEver() {
        String good =
                Objects.requireNonNull(functions().get(EXPORTED)).getFirst().json();
        String batch = "[" + good + "," + good.replace("\"door\"", "\"door-2\"").replace("\"ann\"", "7") + "]";
        Seen plain = call(Transport.DIRECT, EXPORTED, batch, good);
        assertEquals(200, plain.status());
        assertEquals(
                "refused",
                Objects.requireNonNull(plain.body())
                        .path("results")
                        .path(1)
                        .path("status")
                        .asText());
        assertEquals(List.of("m2"), failures(EXPORTED, 1, good, batch));
        assertEquals(List.of("m2"), failures(EXPORTED, 9, good, batch));
        assertEquals(List.of(), failures(EXPORTED, 10, good, batch));
        assertEquals(List.of("m1"), failures(EXPORTED, 1, "{\"eventId\":", good));
        assertEquals(List.of(), failures(EXPORTED, 10, "{\"eventId\":", good));
        assertEquals(List.of("m1"), failures("encode-items", 1, "{\"keys\":[\"not-yet\"]}"));
        assertEquals(
                List.of("m1"),
                failures("put-items", 1, "{\"items\":[{\"key\":\"a\",\"text\":\"b\"},{\"key\":\"c\"}]}"));
    }

    private static Seen call(Transport transport, String function, String json, String good) {
        return switch (transport) {
            case HTTP -> http(function, json);
            case HTTP_CLOUD_EVENT -> http(function, cloudEvent("e1", json).toString());
            case HTTP_CLOUD_EVENTS ->
                secondOf(tree(post(function, twoCloudEvents(json, good)).asString()));
            case DIRECT ->
                plain(invoked(
                        function, isReadable(json) ? json : NODES.textNode(json).toString()));
            case HTTP_API -> httpApi(invoked(function, httpApi(json, false).toString()));
            case HTTP_API_BASE64 ->
                httpApi(invoked(function, httpApi(json, true).toString()));
            case CLOUD_EVENT -> plain(invoked(function, cloudEvent("e1", json).toString()));
            case CLOUD_EVENTS -> secondOf(invoked(function, twoCloudEvents(json, good)));
            case QUEUE ->
                failures(function, 1, good, json).equals(List.of("m2"))
                        ? new Seen(400, null)
                        : queueOk(function, good, json);
            case QUEUE_OF_CLOUD_EVENTS -> {
                List<String> failed =
                        failures(function, 1, cloudEvent("e1", json).toString());
                yield new Seen(failed.isEmpty() ? 200 : 400, null);
            }
        };
    }

    private static Seen queueOk(String function, String good, String json) {
        assertEquals(List.of(), failures(function, 1, good, json));
        return new Seen(200, null);
    }

    private static Seen http(String function, String body) {
        Response response = post(function, body);
        boolean ok = response.statusCode() == 200;
        assertEquals(ok ? "application/json" : "application/problem+json", response.contentType());
        JsonNode tree = tree(response.asString());
        if (!ok) {
            assertEquals(response.statusCode(), tree.path("status").asInt());
        }
        return new Seen(response.statusCode(), tree);
    }

    private static Response post(String function, String body) {
        return given().port(Ports.http())
                .contentType("application/json")
                .body(body)
                .post("/" + function);
    }

    private static Seen plain(JsonNode document) {
        boolean problem = document.path("type").asText().startsWith("urn:konomi:problem:");
        return new Seen(problem ? document.path("status").asInt() : 200, document);
    }

    private static Seen httpApi(JsonNode envelope) {
        int status = envelope.path("statusCode").asInt();
        assertEquals(
                status == 200 ? "application/json" : "application/problem+json",
                envelope.path("headers").path("content-type").asText());
        return new Seen(status, tree(envelope.path("body").asText()));
    }

    private static Seen secondOf(JsonNode answers) {
        assertEquals(2, answers.size(), answers.toString());
        assertEquals("e1", answers.path(0).path("id").asText());
        assertEquals(200, answers.path(0).path("status").asInt(), answers.toString());
        assertEquals("e2", answers.path(1).path("id").asText());
        return new Seen(answers.path(1).path("status").asInt(), answers.path(1).path("body"));
    }

    private static List<String> failures(String function, int deliveries, String... bodies) {
        ObjectNode event = NODES.objectNode();
        ArrayNode records = event.putArray("Records");
        for (String body : bodies) {
            ObjectNode message = records.addObject();
            message.put("messageId", "m" + records.size());
            message.put("eventSource", "aws:sqs");
            message.put("body", body);
            message.putObject("attributes").put("ApproximateReceiveCount", Integer.toString(deliveries));
        }
        JsonNode answer = invoked(function, event.toString());
        assertTrue(answer.path("batchItemFailures").isArray(), answer.toString());
        List<String> failed = new ArrayList<>();
        answer.path("batchItemFailures")
                .forEach(failure -> failed.add(failure.path("itemIdentifier").asText()));
        return failed;
    }

    /// Invokes a function as Lambda does: the exported one through the extension's own server and handler, the others,
    /// which would need a process each, as the handler invokes them.
    private static JsonNode invoked(String function, String event) {
        if (function.equals(EXPORTED)) {
            return tree(given().port(Ports.lambda())
                    .contentType("application/json")
                    .body(event)
                    .post("/")
                    .asString());
        }
        FunctionInvoker invoker = FunctionRecorder.registry.matchInvoker(function);
        var scope = Arc.container().requestContext();
        scope.activate();
        try {
            Call call = Json.MAPPER.readValue(event, Call.class);
            Out out = new Out();
            invoker.invoke(new In(call, new RequestContextImpl()), out);
            Answer answer = (Answer) Objects.requireNonNull(out.uni).await().indefinitely();
            return answer.document();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            scope.terminate();
        }
    }

    private record In(@Nullable Call call, RequestContext context) implements FunqyServerRequest {
        @Override
        public @Nullable Object extractInput(Class inputClass) {
            return call;
        }
    }

    private static final class Out implements FunqyServerResponse {
        private @Nullable Uni<?> uni;

        @Override
        public Uni<?> getOutput() {
            return Objects.requireNonNull(uni);
        }

        @Override
        public void setOutput(Uni<?> output) {
            uni = output;
        }
    }

    private static ObjectNode cloudEvent(String id, String json) {
        ObjectNode event = NODES.objectNode();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", "/test");
        event.put("type", "dev.konomi.test");
        if (isReadable(json)) {
            event.set("data", tree(json));
        } else {
            event.put("data", json);
        }
        return event;
    }

    private static String twoCloudEvents(String json, String good) {
        return NODES.arrayNode()
                .add(cloudEvent("e1", good))
                .add(cloudEvent("e2", json))
                .toString();
    }

    private static ObjectNode httpApi(String body, boolean base64) {
        ObjectNode event = NODES.objectNode();
        event.put("version", "2.0");
        event.putObject("requestContext").putObject("http").put("method", "POST");
        event.put("isBase64Encoded", base64);
        event.put("body", base64 ? Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)) : body);
        return event;
    }

    private static String list(String element, int count) {
        return IntStream.range(0, count).mapToObj(i -> element).collect(Collectors.joining(",", "[", "]"));
    }

    private static boolean isReadable(String json) {
        return Binding.read(json) instanceof Outcome.Answered<JsonNode>;
    }

    private static JsonNode tree(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json.substring(0, Math.min(300, json.length())), e);
        }
    }
}
