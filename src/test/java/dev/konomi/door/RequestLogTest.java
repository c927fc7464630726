package dev.konomi.door;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every function says to the log, and what it never says.
@QuarkusTest
class RequestLogTest {
    private static final String SOMEBODY = "marked-user-7f3a";
    private static final String SAID = "marked-words-9c1d";
    private static final String IMAGE =
            Base64.getEncoder().encodeToString("marked-image-55e0 and more of it".getBytes(UTF_8));
    private static final Set<String> NAMES = Set.of(
            "Function",
            "trace",
            "transport",
            "status",
            "parts",
            "refused",
            "problem",
            "decision",
            "release",
            "Duration",
            "Failures",
            "EventToAnswerLag",
            "CacheHits",
            "CacheMisses",
            "RefusedEvents",
            "ReleaseAge",
            "QueueAge",
            "_aws");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final PrintStream before = System.out;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage() + " "
                    + List.of(record.getParameters() == null ? new Object[0] : record.getParameters()) + " "
                    + record.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, UTF_8));
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        System.setOut(before);
        Logger.getLogger("").removeHandler(handler);
    }

    @Test
    void everyFunctionSaysOneLineARequestAndNeverAPersonAnImageOrAWord() throws Exception {
        int asked = 0;
        for (String function : Trials.functions()) {
            List<String> payloads = new ArrayList<>();
            Trials.payloads(function).forEach(payload -> payloads.add(marked(payload)));
            payloads.add("{\"user\":\"" + SOMEBODY + "\",\"eventId\":\"" + SAID
                    + "\",\"type\":\"Liked\",\"item\":{\"image\":\""
                    + IMAGE + "\",\"text\":\"" + SAID + "\"},\"at\":\"2026-01-01T00:00:00Z\",\"reason\":\"" + SAID
                    + "\",\"candidates\":[{\"image\":\"" + IMAGE + "\"}],\"prompt\":\"" + SAID
                    + "\",\"items\":[{\"key\":\""
                    + SAID + "\",\"image\":\"" + IMAGE + "\"}],\"keys\":[\"" + SAID + "\"]}");
            for (String payload : payloads) {
                int status = asked().body(payload).post("/" + function).statusCode();
                List<JsonNode> lines = lines();
                assertEquals(asked + 1, lines.size(), function + " " + status + ": " + printed);
                assertEquals(function, lines.getLast().path("Function").asText());
                assertEquals(status, lines.getLast().path("status").asInt(), lines.getLast()::toString);
                asked++;
            }
        }
        asked().body(SAID).get("/" + SOMEBODY);
        asked().body(SAID).post("/" + SOMEBODY);
        Set<String> names = new TreeSet<>();
        lines().forEach(line -> line.fieldNames().forEachRemaining(names::add));
        names.removeAll(NAMES);
        assertEquals(Set.of(), names, "names that nobody has looked at");
        String everything = printed.toString(UTF_8) + logged;
        for (String marked : List.of(SOMEBODY, SAID, IMAGE.substring(0, 20), "marked-image")) {
            assertFalse(everything.contains(marked), () -> marked + " in " + everything);
        }
    }

    @Test
    void aLineHasTheCallersTraceTheDecisionAndWhatCloudWatchMakesMetricsOf() throws Exception {
        String decision = asked().header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .body("{\"user\":\"" + SOMEBODY + "\",\"candidates\":[{\"text\":\"a\"}]}")
                .post("/score")
                .then()
                .statusCode(200)
                .extract()
                .path("decision");
        JsonNode line = lines().getLast();
        assertEquals("0af7651916cd43dd8448eb211c80319c", line.path("trace").asText());
        assertEquals(decision, line.path("decision").asText());
        JsonNode metrics = line.path("_aws").path("CloudWatchMetrics").path(0);
        assertEquals("Konomi", metrics.path("Namespace").asText());
        assertEquals("Function", metrics.path("Dimensions").path(0).path(0).asText());
        assertTrue(metrics.path("Metrics").size() > 0);
        metrics.path("Metrics").forEach(metric -> {
            assertTrue(line.path(metric.path("Name").asText()).isNumber(), line::toString);
            assertTrue(metric.hasNonNull("Unit"));
        });
        assertTrue(line.path("_aws").path("Timestamp").isIntegralNumber());
        asked().header("traceparent", SAID).body("{}").post("/tokens");
        assertTrue(lines().getLast().path("trace").asText().matches("[0-9a-f]{32}"));
    }

    @Test
    void refusedEventsAreCounted() throws Exception {
        asked().body("[{\"eventId\":\"x\"},{\"eventId\":\"y\"}]")
                .post("/record-event")
                .then()
                .statusCode(200);
        assertEquals(2, lines().getLast().path("RefusedEvents").asInt(), () -> printed.toString(UTF_8));
    }

    @Test
    void whoeverLooksWhetherToRetrainTellsHowOldReleaseAndQueueAre() throws Exception {
        asked().body("{\"check\":true}").post("/retrain").then().statusCode(200);
        Map<String, JsonNode> told = new HashMap<>();
        lines().forEach(line -> line.properties().forEach(field -> told.put(field.getKey(), field.getValue())));
        assertTrue(told.containsKey("QueueAge"), told::toString);
    }

    private static RequestSpecification asked() {
        return given().port(Ports.http()).contentType("application/json");
    }

    private static String marked(String json) {
        return json.replace("\"ann\"", "\"" + SOMEBODY + "\"")
                .replace("a cat", SAID)
                .replace("{\"user\":", "{\"comment\":\"" + SAID + "\",\"user\":");
    }

    private List<JsonNode> lines() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : printed.toString(UTF_8).lines().toList()) {
            if (line.startsWith("{")) {
                lines.add(Json.MAPPER.readTree(line));
            }
        }
        return lines;
    }
}
