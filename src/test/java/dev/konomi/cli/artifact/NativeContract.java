package dev.konomi.cli.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.door.Trials;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.OnnxItemEncoder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a native executable has to stand over HTTP, on a PostgreSQL without tables and a real S3 server: all that the
/// functions stand on a JVM, and images, graphs and a release that come out as they do there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NativeContract {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> PICTURES = List.of(
            "colours.jpg",
            "colours-progressive.jpg",
            "colours-cmyk.jpg",
            "colours-lossy.webp",
            "colours-lossless.webp",
            "colours-alpha.webp");

    private final Path folder = newFolder();
    private @Nullable Cloud cloud;
    private @Nullable HttpFunctions functions;

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("konomi-native");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @return an empty folder to lay something out in
    final Path folder() {
        return folder;
    }

    /// What a build left and how it is started.
    ///
    /// @param command starts the functions with HTTP
    /// @param workdir where
    /// @param settings beside those of database and bucket
    record Executable(List<String> command, Path workdir, Map<String, String> settings) {}

    /// @param target the build's folder
    /// @return what is tested, or null where it was not built
    abstract @Nullable Executable executable(Path target) throws IOException, InterruptedException;

    /// @return the command that builds it
    abstract String build();

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Executable built = executable(Path.of("target").toAbsolutePath());
        if (built == null) {
            String none = getClass().getSimpleName() + " is skipped: there is no native executable, " + build()
                    + " makes one.";
            System.out.println(none);
            Assumptions.abort(none);
        }
        cloud = new Cloud();
        functions = started(Objects.requireNonNull(built));
    }

    @AfterAll
    void stop() {
        if (functions != null) {
            functions.close();
        }
        if (cloud != null) {
            cloud.close();
        }
    }

    final Cloud cloud() {
        return Objects.requireNonNull(cloud);
    }

    private HttpFunctions started(Executable built) {
        Map<String, String> settings = new HashMap<>(cloud().settings());
        settings.putAll(built.settings());
        return HttpFunctions.start(
                built.command(),
                built.workdir(),
                settings,
                cloud().folder().resolve("native-" + System.nanoTime() + ".log"));
    }

    static Set<String> functions() {
        return Trials.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunctionAnswersOverHttpAndRefusesBadCalls(String name) {
        for (Trials.Transport transport : Trials.Transport.values()) {
            if (transport.isHttp()) {
                Trials.run(transport, name, new Trials.Called() {
                    @Override
                    public Trials.Reply post(String body) {
                        HttpFunctions.Reply reply = call(name, body);
                        return new Trials.Reply(reply.status(), reply.mediaType(), reply.body());
                    }
                });
            }
        }
    }

    @Test
    void imagesOfEveryFormatAreEncodedAsOnTheJvm() throws IOException, SQLException {
        Map<String, byte[]> pictures = pictures();
        List<String> items = new ArrayList<>();
        pictures.forEach((name, image) -> items.add("{\"key\":\"" + name + "\",\"image\":\"" + base64(image) + "\"}"));
        assertEquals(
                List.of("stored"),
                answer("put-items", "{\"items\":[" + String.join(",", items) + "]}")
                        .path("results")
                        .findValuesAsText("status")
                        .stream()
                        .distinct()
                        .toList());
        JsonNode encoded = answer("encode-items", "{\"keys\":[\"" + String.join("\",\"", pictures.keySet()) + "\"]}");
        assertEquals(
                pictures.size(),
                encoded.path("encoded").asInt() + encoded.path("kept").asInt(),
                encoded.toString());
        try (OnnxItemEncoder encoder = OnnxItemEncoder.atelier(1);
                Connection database = cloud().database()) {
            for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
                float[] onTheJvm = encoder.encode(List.of(new ItemContent(picture.getValue(), null, List.of())))
                        .getFirst()
                        .image();
                assertArrayEquals(
                        Objects.requireNonNull(onTheJvm),
                        kept(database, picture.getKey(), encoder.digest()),
                        1e-5f,
                        picture.getKey());
            }
        }
    }

    private static float[] kept(Connection database, String key, String encoder) throws SQLException {
        try (var query = database.prepareStatement("select e.image from encoding e join item i using (tenant, digest)"
                + " where i.key = ? and e.encoder = ?")) {
            query.setString(1, key);
            query.setString(2, encoder);
            try (ResultSet row = query.executeQuery()) {
                assertTrue(row.next(), key);
                return Encoding.floats(row.getBytes(1));
            }
        }
    }

    @Test
    void whatIsNoImageIsRefusedByItsField() {
        String none = base64("no image at all".getBytes(StandardCharsets.UTF_8));
        JsonNode refused = answer(
                        "put-items",
                        "{\"items\":[{\"key\":\"none\",\"image\":\"" + none
                                + "\"},{\"key\":\"words\",\"text\":\"words\"}]}")
                .path("results");
        assertEquals("refused", refused.path(0).path("status").asText(), refused.toString());
        assertEquals("items[0].image", refused.path(0).path("field").asText(), refused.toString());
    }

    @Test
    void theReleaseInTheBucketAnswersWithReasonsThatAddUpAndNamesGroups() throws IOException {
        String image = base64(painted("png"));
        answer(
                "put-items",
                "{\"items\":[{\"key\":\"sea\",\"text\":\"a blue sea\",\"image\":\"" + image
                        + "\"},{\"key\":\"cat\",\"text\":\"a cat\"}]}");
        for (String liked : List.of("sea", "cat")) {
            answer(
                    "record-event",
                    "{\"eventId\":\"nao-" + liked + "\",\"user\":\"nao\",\"type\":\"Liked\",\"item\":{\"key\":\""
                            + liked + "\"},\"at\":\"2026-01-01T00:00:00Z\"}");
        }
        JsonNode scored = answer(
                "score",
                "{\"user\":\"nao\",\"explain\":true,\"candidates\":[{\"key\":\"sea\"},{\"text\":\"a lake\"},{\"image\":\""
                        + image + "\"}]}");
        assertEquals("release", scored.path("source").asText(), scored.toString());
        assertEquals(2, scored.path("historyUsed").asInt(), scored.toString());
        assertEquals(3, scored.path("ranked").size(), scored.toString());
        for (JsonNode place : scored.path("ranked")) {
            JsonNode explanation = place.path("explanation");
            double sum = explanation.path("own").asDouble()
                    + explanation.path("appeal").asDouble()
                    + explanation.path("offset").asDouble();
            for (JsonNode token : explanation.path("tokens")) {
                sum += token.path("value").asDouble();
            }
            assertEquals(place.path("score").asDouble(), sum, 1e-5, place.toString());
            assertTrue(place.path("probability").isNumber(), place.toString());
        }
        JsonNode tokens = answer("tokens", "{\"user\":\"nao\"}");
        assertEquals(scored.path("release").asText(), tokens.path("release").asText(), tokens.toString());
        assertFalse(tokens.path("tokens").isEmpty(), tokens.toString());
        tokens.path("tokens").forEach(token -> assertTrue(token.hasNonNull("name"), token.toString()));
    }

    private JsonNode answer(String function, String payload) {
        HttpFunctions.Reply reply = call(function, payload);
        assertEquals(200, reply.status(), reply.body());
        return Trials.tree(reply.body());
    }

    private HttpFunctions.Reply call(String function, String payload) {
        return Objects.requireNonNull(functions).call(function, payload, PATIENCE);
    }

    private static Map<String, byte[]> pictures() throws IOException {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (String name : PICTURES) {
            try (InputStream in = NativeContract.class.getResourceAsStream("/dev/konomi/item/" + name)) {
                pictures.put(name, Objects.requireNonNull(in, name).readAllBytes());
            }
        }
        pictures.put("painted.png", painted("png"));
        pictures.put("painted.gif", painted("gif"));
        return pictures;
    }

    private static byte[] painted(String format) throws IOException {
        BufferedImage picture = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                picture.setRGB(x, y, new Color(2 * x, 3 * y, x > 48 ? 200 : 20).getRGB());
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(picture, format, file), format);
        return file.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
