package dev.konomi.cli.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.door.Trials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `function.zip` for a custom runtime: unpacked, its `bootstrap` started as Lambda starts it, a process a function,
/// with events by the Runtime API.
class NativeLambdaIT extends NativeContract {
    private final RuntimeApi idle = new RuntimeApi();
    private @Nullable Path task;

    /// Over HTTP it is asked as well; it fetches events wherever it runs, so there is somebody who has none.
    @Override
    @Nullable
    Executable executable(Path target) throws IOException {
        Path unpacked = unpacked(target.resolve("function.zip"), folder());
        task = unpacked;
        return unpacked == null
                ? null
                : new Executable(
                        List.of(unpacked.resolve("bootstrap").toString()),
                        unpacked,
                        Map.of("AWS_LAMBDA_RUNTIME_API", idle.address()));
    }

    @Override
    String build() {
        return "./mvnw -Plambda -Dnative package";
    }

    @AfterAll
    void close() {
        idle.close();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunctionAnswersEveryKindOfEventAndRefusesBadOnes(String name) {
        try (RuntimeApi api = new RuntimeApi();
                FunctionProcess process = start(name, api)) {
            for (Trials.Transport transport : Trials.Transport.values()) {
                if (!transport.isHttp()) {
                    Trials.run(transport, name, new Trials.Called() {
                        @Override
                        public JsonNode invoked(String event) {
                            return answer(api, process, event);
                        }
                    });
                }
            }
            for (String event : List.of("{\"user\":", "no JSON")) {
                assertInstanceOf(RuntimeApi.Failed.class, api.invoke(event, PATIENCE), event);
            }
            assertFalse(
                    answer(api, process, Trials.goodPayload(name))
                            .path("type")
                            .asText()
                            .startsWith("urn:konomi:problem:"),
                    "the process lives on");
        }
    }

    @Test
    void scoreAnswersFromTheReleaseInTheBucket() {
        try (RuntimeApi api = new RuntimeApi();
                FunctionProcess process = start("score", api)) {
            JsonNode scored = answer(api, process, Trials.goodPayload("score"));
            assertEquals("release", scored.path("source").asText(), scored.toString());
        }
    }

    @Test
    void itEndsWhenItIsTold() throws InterruptedException {
        try (RuntimeApi api = new RuntimeApi();
                FunctionProcess process = start("record-event", api)) {
            assertTrue(answer(api, process, Trials.goodPayload("record-event")).has("results"));
            process.terminate();
            int code = process.await(PATIENCE);
            assertTrue(code == 0 || code == 143, () -> "exit code " + code + "\n" + process.lastWords());
        }
    }

    private FunctionProcess start(String function, RuntimeApi api) {
        Map<String, String> settings = new HashMap<>(cloud().settings());
        settings.put("QUARKUS_FUNQY_EXPORT", function);
        settings.put("QUARKUS_HTTP_HOST_ENABLED", "false");
        settings.put("AWS_LAMBDA_RUNTIME_API", api.address());
        return FunctionProcess.start(
                bootstrap(),
                Objects.requireNonNull(task),
                settings,
                cloud().folder().resolve(function + "-" + System.nanoTime() + ".log"));
    }

    private List<String> bootstrap() {
        return List.of(Objects.requireNonNull(task).resolve("bootstrap").toString());
    }

    private static JsonNode answer(RuntimeApi api, FunctionProcess process, String event) {
        RuntimeApi.Outcome outcome = api.invoke(event, PATIENCE);
        return Trials.tree(
                assertInstanceOf(RuntimeApi.Answered.class, outcome, () -> outcome + "\n" + process.lastWords())
                        .body());
    }

    /// @return whether an executable is the one in the zip, and not the container's
    static boolean isLambdas(Path runner, Path zip) throws IOException {
        if (!Files.exists(zip)) {
            return false;
        }
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry bootstrap = file.getEntry("bootstrap");
            return bootstrap != null && bootstrap.getSize() == Files.size(runner);
        }
    }

    /// @return the folder, or null where the zip is not there or is that of the JVM
    private static @Nullable Path unpacked(Path zip, Path folder) throws IOException {
        if (!Files.exists(zip)) {
            return null;
        }
        try (ZipFile file = new ZipFile(zip.toFile())) {
            if (file.getEntry("bootstrap") == null) {
                return null;
            }
            Path task = Files.createDirectories(folder.resolve("task"));
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path to = task.resolve(entry.getName());
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, to);
                }
                assertTrue(to.toFile().setExecutable(true), to::toString);
            }
            return task;
        }
    }
}
