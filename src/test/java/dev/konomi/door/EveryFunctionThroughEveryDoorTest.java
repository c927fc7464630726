package dev.konomi.door;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.door.Trials.Called;
import dev.konomi.door.Trials.Reply;
import dev.konomi.door.Trials.Transport;
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
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    static Stream<Arguments> functionsAndTransports() {
        return Trials.functions().stream()
                .flatMap(function ->
                        Stream.of(Transport.values()).map(transport -> Arguments.of(function, transport.name())));
    }

    @Test
    void everyFunctionIsTriedHere() {
        TreeSet<String> registered = FunctionRecorder.registry.invokers().stream()
                .map(FunctionInvoker::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Trials.functions()), registered, "functions with rows in this test");
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("functionsAndTransports")
    void goodInputIsAnsweredAndBadInputNamesItsField(String function, String by) {
        Trials.run(Transport.valueOf(by), function, called(function));
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
        String good = Trials.goodPayload(EXPORTED);
        String batch = "[" + good + "," + good.replace("\"door\"", "\"door-2\"").replace("\"ann\"", "7") + "]";
        JsonNode plain = invoked(EXPORTED, batch);
        assertEquals("refused", plain.path("results").path(1).path("status").asText(), plain.toString());
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

    private static Response post(String function, String body) {
        return given().port(Ports.http())
                .contentType("application/json")
                .body(body)
                .post("/" + function);
    }

    private static Called called(String function) {
        return new Called() {
            @Override
            public Reply post(String body) {
                Response response = EveryFunctionThroughEveryDoorTest.post(function, body);
                return new Reply(response.statusCode(), response.contentType(), response.asString());
            }

            @Override
            public JsonNode invoked(String event) {
                return EveryFunctionThroughEveryDoorTest.invoked(function, event);
            }
        };
    }

    private static List<String> failures(String function, int deliveries, String... bodies) {
        return Trials.failures(called(function), deliveries, bodies);
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

    private static JsonNode tree(String json) {
        return Trials.tree(json);
    }
}
