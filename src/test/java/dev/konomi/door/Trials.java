package dev.konomi.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Every function's good and bad input, and what a call with it looks like in every transport: the same trials for the
/// functions in the test's process and for those that are delivered.
public final class Trials {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<String, List<Input>> FUNCTIONS = rows();

    private Trials() {}

    /// What a call sends and what should come of it.
    ///
    /// @param json the payload
    /// @param status 200, or the problem's
    /// @param problem the problem's type after `urn:konomi:problem:`
    /// @param field the offending field
    private record Input(
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
    private record Seen(int status, @Nullable JsonNode body) {}

    /// What carries a call.
    public enum Transport {
        HTTP,
        HTTP_CLOUD_EVENT,
        HTTP_CLOUD_EVENTS,
        DIRECT,
        HTTP_API,
        HTTP_API_BASE64,
        CLOUD_EVENT,
        CLOUD_EVENTS,
        QUEUE,
        QUEUE_OF_CLOUD_EVENTS;

        /// @return whether calls come as HTTP requests to the process itself, not as a Lambda's events
        public boolean isHttp() {
            return name().equals("HTTP") || name().startsWith("HTTP_CLOUD");
        }
    }

    /// A process's answer to an HTTP request.
    public record Reply(int status, String mediaType, String body) {}

    /// Where calls of one function go.
    public interface Called {
        /// @param body of the request
        default Reply post(String body) {
            throw new UnsupportedOperationException("It is not called over HTTP.");
        }

        /// @param event JSON that a Lambda is invoked with
        /// @return what it answers
        default JsonNode invoked(String event) {
            throw new UnsupportedOperationException("It is no Lambda.");
        }
    }

    private static Map<String, List<Input>> rows() {
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

    /// @return the functions that have rows here
    public static Set<String> functions() {
        return FUNCTIONS.keySet();
    }

    /// @return a payload that the function answers
    public static String goodPayload(String function) {
        return Objects.requireNonNull(FUNCTIONS.get(function)).getFirst().json();
    }

    /// @return everything that the function is called with here, good and bad
    public static List<String> payloads(String function) {
        return Objects.requireNonNull(FUNCTIONS.get(function)).stream()
                .map(Input::json)
                .toList();
    }

    /// Calls a function with good and with bad input: good input is answered, bad input names its field.
    ///
    /// @param transport what carries the calls
    /// @param function its name
    /// @param called where the calls go
    public static void run(Transport transport, String function, Called called) {
        List<Input> inputs = Objects.requireNonNull(FUNCTIONS.get(function));
        String good = inputs.getFirst().json();
        for (Input input : inputs) {
            String what = function + " by " + transport + " with " + input.name();
            Seen seen = call(transport, called, input.json(), good);
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

    private static Seen call(Transport transport, Called called, String json, String good) {
        return switch (transport) {
            case HTTP -> http(called, json);
            case HTTP_CLOUD_EVENT -> http(called, cloudEvent("e1", json).toString());
            case HTTP_CLOUD_EVENTS ->
                secondOf(tree(called.post(twoCloudEvents(json, good)).body()));
            case DIRECT ->
                plain(called.invoked(
                        isReadable(json) ? json : NODES.textNode(json).toString()));
            case HTTP_API -> httpApi(called.invoked(httpApi(json, false).toString()));
            case HTTP_API_BASE64 -> httpApi(called.invoked(httpApi(json, true).toString()));
            case CLOUD_EVENT -> plain(called.invoked(cloudEvent("e1", json).toString()));
            case CLOUD_EVENTS -> secondOf(called.invoked(twoCloudEvents(json, good)));
            case QUEUE ->
                failures(called, 1, good, json).equals(List.of("m2"))
                        ? new Seen(400, null)
                        : queueOk(called, good, json);
            case QUEUE_OF_CLOUD_EVENTS -> {
                List<String> failed = failures(called, 1, cloudEvent("e1", json).toString());
                yield new Seen(failed.isEmpty() ? 200 : 400, null);
            }
        };
    }

    private static Seen queueOk(Called called, String good, String json) {
        assertEquals(List.of(), failures(called, 1, good, json));
        return new Seen(200, null);
    }

    private static Seen http(Called called, String body) {
        Reply reply = called.post(body);
        boolean ok = reply.status() == 200;
        assertEquals(ok ? "application/json" : "application/problem+json", reply.mediaType());
        JsonNode tree = tree(reply.body());
        if (!ok) {
            assertEquals(reply.status(), tree.path("status").asInt());
        }
        return new Seen(reply.status(), tree);
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

    static List<String> failures(Called called, int deliveries, String... bodies) {
        ObjectNode event = NODES.objectNode();
        ArrayNode records = event.putArray("Records");
        for (String body : bodies) {
            ObjectNode message = records.addObject();
            message.put("messageId", "m" + records.size());
            message.put("eventSource", "aws:sqs");
            message.put("body", body);
            message.putObject("attributes").put("ApproximateReceiveCount", Integer.toString(deliveries));
        }
        JsonNode answer = called.invoked(event.toString());
        assertTrue(answer.path("batchItemFailures").isArray(), answer.toString());
        List<String> failed = new ArrayList<>();
        answer.path("batchItemFailures")
                .forEach(failure -> failed.add(failure.path("itemIdentifier").asText()));
        return failed;
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

    public static JsonNode tree(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json.substring(0, Math.min(300, json.length())), e);
        }
    }
}
