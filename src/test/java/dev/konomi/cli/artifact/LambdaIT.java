package dev.konomi.cli.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.door.Trials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The functions of `function.zip`, each in a process as `functions.yaml` has it, by Lambda's own runtime and over its
/// Runtime API.
class LambdaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Set<String> WITHOUT_A_MODEL = Set.of("record-event", "put-items", "remove-items", "retrain");

    private static Cloud cloud;
    private static LambdaFunction.Delivered delivered;

    @BeforeAll
    static void deploy() {
        cloud = new Cloud();
        delivered = LambdaFunction.Delivered.in(Path.of("").toAbsolutePath());
    }

    @AfterAll
    static void remove() {
        cloud.close();
    }

    static Set<String> functions() {
        return Trials.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunctionAnswersEveryKindOfEventAndRefusesBadOnes(String name) throws IOException {
        try (LambdaFunction function = start(name, Map.of())) {
            for (Trials.Transport transport : Trials.Transport.values()) {
                if (!transport.isHttp()) {
                    Trials.run(transport, name, called(function));
                }
            }
            assertEquals(
                    "urn:konomi:problem:unreadable",
                    answer(function, "{\"user\":").path("type").asText(),
                    "an event that is no JSON");
            assertFalse(isProblem(answer(function, Trials.goodPayload(name))), "the process lives on");
            assertEquals(
                    !WITHOUT_A_MODEL.contains(name),
                    hasOnnxRuntime(function),
                    "a function loads a model when it answers from one, and only then");
        }
    }

    @Test
    void scoreAnswersFromTheReleaseInTheBucket() {
        try (LambdaFunction function = start("score", Map.of())) {
            JsonNode answer = answer(function, Trials.goodPayload("score"));
            assertEquals("release", answer.path("source").asText(), answer.toString());
        }
    }

    @Test
    void aCallWhoseTimeIsOverIsAnsweredWithAProblemAndTheNextOneIsAnswered() throws SQLException {
        try (LambdaFunction function = start("record-event", Map.of())) {
            assertFalse(isProblem(answer(function, event("before", "ann"))));
            try (Connection lock = cloud.database();
                    Statement statement = lock.createStatement()) {
                lock.setAutoCommit(false);
                statement.execute("lock table event in access exclusive mode");
                RuntimeApi.Outcome outcome = function.api().invoke(event("during", "ann"), Duration.ofSeconds(5));
                JsonNode late = json(outcome);
                assertEquals("urn:konomi:problem:timeout", late.path("type").asText(), late.toString());
                JsonNode batch = json(function.api().invoke(queueOf(event("queued", "ann")), Duration.ofSeconds(5)));
                assertEquals(1, batch.path("batchItemFailures").size(), "a message without an answer comes again");
                lock.rollback();
            }
            assertFalse(isProblem(answer(function, event("during", "ann"))), "sent again");
            assertFalse(isProblem(answer(function, event("after", "ann"))));
        }
        assertEquals(3, cloud.count("select count(*) from event where event_id in ('before', 'during', 'after')"));
    }

    @Test
    void whatWasAcknowledgedOutlivesAProcessThatIsEnded() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        try (LambdaFunction function = start("record-event", Map.of())) {
            assertFalse(isProblem(answer(function, event("first", "bob"))));
            Thread sender = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 10_000; i++) {
                    RuntimeApi.Outcome outcome = function.api().invoke(event("ended-" + i, "bob"), PATIENCE);
                    if (!(outcome instanceof RuntimeApi.Answered(String answer)) || !answer.contains("\"accepted\"")) {
                        return;
                    }
                    synchronized (acknowledged) {
                        acknowledged.add("ended-" + i);
                        acknowledged.notifyAll();
                    }
                }
            });
            synchronized (acknowledged) {
                while (acknowledged.size() < 20) {
                    acknowledged.wait(PATIENCE.toMillis());
                }
            }
            function.process().terminate();
            function.process().await(PATIENCE);
            function.api().close();
            sender.interrupt();
            sender.join(PATIENCE);
        }
        List<String> sure;
        synchronized (acknowledged) {
            sure = List.copyOf(acknowledged);
        }
        assertEquals(
                sure.size(),
                cloud.count("select count(*) from event where event_id in ('" + String.join("','", sure) + "')"));
    }

    @Test
    void aCopyOfASnapshotAsksTheDatabaseOverItsOwnConnections() throws Exception {
        try (ForgetfulRouter router = new ForgetfulRouter(cloud.databasePort())) {
            Map<String, String> settings = new HashMap<>(cloud.settings(router.port()));
            settings.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
            try (LambdaFunction function = LambdaFunction.start(
                    delivered, "score", settings, cloud.folder().resolve("snapshot.log"))) {
                assertTrue(
                        function.api().awaitSnapshot(PATIENCE),
                        () -> "No snapshot: " + function.process().lastWords());
                assertTrue(hasOnnxRuntime(function), "the snapshot has the release in it");
                router.forget();
                function.api().restore();
                JsonNode first = json(function.api().invoke(Trials.goodPayload("score"), Duration.ofSeconds(20)));
                assertEquals("release", first.path("source").asText(), first.toString());
                JsonNode second = json(function.api().invoke(Trials.goodPayload("score"), Duration.ofSeconds(20)));
                assertNotEquals(
                        first.path("decision").asText(), second.path("decision").asText());
            }
        }
    }

    private static LambdaFunction start(String name, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(cloud.settings());
        settings.putAll(more);
        return LambdaFunction.start(
                delivered, name, settings, cloud.folder().resolve(name + "-" + System.nanoTime() + ".log"));
    }

    private static Trials.Called called(LambdaFunction function) {
        return new Trials.Called() {
            @Override
            public JsonNode invoked(String event) {
                return answer(function, event);
            }
        };
    }

    private static JsonNode answer(LambdaFunction function, String event) {
        RuntimeApi.Outcome outcome = function.api().invoke(event, PATIENCE);
        assertInstanceOf(
                RuntimeApi.Answered.class,
                outcome,
                () -> outcome + "\n" + function.process().lastWords());
        return json(outcome);
    }

    private static JsonNode json(RuntimeApi.Outcome outcome) {
        return Trials.tree(assertInstanceOf(RuntimeApi.Answered.class, outcome).body());
    }

    private static boolean isProblem(JsonNode answer) {
        return answer.path("type").asText().startsWith("urn:konomi:problem:");
    }

    private static boolean hasOnnxRuntime(LambdaFunction function) throws IOException {
        return Files.readString(
                        Path.of("/proc", Long.toString(function.process().pid()), "maps"))
                .contains("libonnxruntime.so");
    }

    private static String event(String id, String user) {
        return "{\"schema\":1,\"eventId\":\"" + id + "\",\"user\":\"" + user
                + "\",\"type\":\"Liked\",\"item\":{\"text\":\"a cat\"},\"at\":\"2026-01-01T00:00:00Z\"}";
    }

    private static String queueOf(String body) {
        return "{\"Records\":[{\"messageId\":\"m1\",\"eventSource\":\"aws:sqs\",\"attributes\":{},\"body\":"
                + com.fasterxml.jackson.databind.node.TextNode.valueOf(body) + "}]}";
    }
}
