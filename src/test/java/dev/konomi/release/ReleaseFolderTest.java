package dev.konomi.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.release.Manifest.Content;
import dev.konomi.release.Manifest.Graph;
import dev.konomi.release.Manifest.Tensor;
import dev.konomi.train.export.OnnxGraph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseFolderTest {
    @TempDir
    private Path folder;

    private String digest = "";

    @BeforeEach
    void seal() {
        digest = TestRelease.seal(folder, 1, null);
    }

    @Test
    void aSealedReleaseIsSound() {
        Release release = sound();
        assertEquals(digest, release.digest());
        assertTrue(release.hasGraph("item"));
        assertEquals(ByteBuffer.wrap(TestRelease.item(1)), release.graph("item"));
        assertEquals("{\"tokens\":[]}", new String(release.file("tokens.json"), UTF_8));
        assertThrows(IllegalArgumentException.class, () -> release.graph("decoder"));
        assertThrows(IllegalArgumentException.class, () -> release.file("decoder.onnx"));
    }

    @Test
    void sealingAgainGivesTheSameManifest() throws IOException {
        byte[] manifest = Files.readAllBytes(folder.resolve(Manifest.FILE));
        assertEquals(digest, TestRelease.seal(folder, 1, null));
        assertArrayEquals(manifest, Files.readAllBytes(folder.resolve(Manifest.FILE)));
        assertEquals(Manifest.read(manifest), ReleaseFolder.seal(folder, TestRelease.about(1, null)));
    }

    @Test
    void aManifestReadsBackAsItself() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(Manifest.FILE));
        assertArrayEquals(bytes, Manifest.read(bytes).bytes());
    }

    @Test
    void whatWasLearnedDoesNotDependOnWhenOrWhereFrom(@TempDir Path other) throws IOException {
        String learned = sound().manifest().learned();
        TestRelease.write(other, 1);
        Manifest later = ReleaseFolder.seal(other, TestRelease.about(7, "a".repeat(64)));
        assertNotEquals(digest, later.digest());
        assertEquals(learned, later.learned());
        Files.writeString(other.resolve("tokens.json"), "{\"tokens\":[1]}");
        assertNotEquals(
                learned, ReleaseFolder.seal(other, TestRelease.about(1, null)).learned());
    }

    @ParameterizedTest
    @ValueSource(strings = {"item.onnx", "history.onnx", "score.onnx", "offsets.json", "tokens.json"})
    void everyFileMustBeWhatTheManifestNames(String name) throws IOException {
        Path file = folder.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(name);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertRefused(name);
        for (int at : new int[] {0, whole.length / 3, whole.length - 1}) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertRefused(name);
        }
        Files.delete(file);
        assertRefused(name);
        Files.createDirectory(file);
        assertRefused(name);
        Files.delete(file);
        Path elsewhere = folder.resolve("elsewhere");
        Files.write(elsewhere, whole);
        Files.createSymbolicLink(file, elsewhere);
        assertRefused(name);
        Files.delete(file);
        Files.move(elsewhere, file);
        assertEquals(digest, sound().digest());
    }

    @Test
    void aFileThatTheManifestDoesNotNameIsNoPartOfTheRelease() throws IOException {
        Files.writeString(folder.resolve("extra.onnx"), "anything");
        Release release = sound();
        assertEquals(digest, release.digest());
        assertThrows(IllegalArgumentException.class, () -> release.graph("extra"));
    }

    @Test
    void aDamagedManifestIsRefusedOrNamesAnotherRelease() throws IOException {
        Path file = folder.resolve(Manifest.FILE);
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(32, 127);
            }
            Files.write(file, damaged);
            switch (ReleaseFolder.verify(folder)) {
                case Verification.Refused refused ->
                    assertTrue(!refused.reason().isBlank());
                case Verification.Sound(Release release) ->
                    assertEquals(Arrays.equals(damaged, whole), release.digest().equals(digest));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{\"schema\":1}",
                "{\"schema\":2}",
                "\"graphs\" : {\"item\":null},",
                "\"files\" : {\"tokens.json\":null},",
                "\"files\" : {\"../tokens.json\":{\"sha256\":\"%1$s\",\"bytes\":1}},",
                "\"files\" : {\"/etc/hosts\":{\"sha256\":\"%1$s\",\"bytes\":1}},",
                "\"files\" : {\"a/b\":{\"sha256\":\"%1$s\",\"bytes\":1}},",
                "\"files\" : {\"item.onnx\":{\"sha256\":\"%1$s\",\"bytes\":1}},",
                "\"files\" : {\"manifest.json\":{\"sha256\":\"%1$s\",\"bytes\":1}},",
                "\"files\" : {\"tokens.json\":{\"sha256\":\"short\",\"bytes\":1}},",
                "\"files\" : {\"tokens.json\":{\"sha256\":\"%1$s\",\"bytes\":-1}},",
                "\"files\" : {\"tokens.json\":{\"sha256\":\"%1$s\",\"bytes\":null}},",
                "\"files\" : {\"tokens.json\":{\"bytes\":1}},",
                "\"files\" : null,",
                "\"seeds\" : {\"initial\":null},",
                "\"verdict\" : null,"
            })
    void aManifestThatIsNoneIsRefused(String text) throws IOException {
        Path file = folder.resolve(Manifest.FILE);
        String manifest = Files.readString(file);
        String changed = text;
        if (text.endsWith(",")) {
            String field = text.substring(0, text.indexOf(':') + 1);
            assertTrue(manifest.contains(field), field);
            // The later of two fields of one name counts.
            String last = text.formatted("a".repeat(64));
            changed = manifest.stripTrailing().replaceAll("\\}$", ",") + last.substring(0, last.length() - 1) + "}";
        }
        Files.writeString(file, changed);
        assertRefused("");
    }

    @Test
    void graphsMustFitTheModel() {
        var encoder = new Manifest.Encoder("e".repeat(64), TestRelease.ENCODING);
        for (Manifest about : new Manifest[] {
            TestRelease.about(1, null, encoder, TestRelease.model(TestRelease.TOKENS, TestRelease.WIDTH + 1)),
            TestRelease.about(1, null, encoder, TestRelease.model(TestRelease.TOKENS + 1, TestRelease.WIDTH)),
            TestRelease.about(
                    1,
                    null,
                    new Manifest.Encoder("e".repeat(64), TestRelease.ENCODING + 1),
                    TestRelease.model(TestRelease.TOKENS, TestRelease.WIDTH))
        }) {
            ReleaseFolder.seal(folder, about);
            assertRefused("must");
        }
    }

    @Test
    void graphsMustTakeAndGiveWhatIsServed() throws IOException {
        byte[] good = TestRelease.score();
        assertSealedIsRefused("score.onnx", scoreGraph("offsets", "logits", false), good);
        assertSealedIsRefused("score.onnx", scoreGraph("offset", "scores", false), good);
        assertSealedIsRefused("score.onnx", scoreGraph("offset", "logits", true), good);
        Files.delete(folder.resolve("score.onnx"));
        ReleaseFolder.seal(folder, TestRelease.about(1, null));
        assertRefused("'score' is missing");
    }

    private void assertSealedIsRefused(String name, byte[] bad, byte[] good) throws IOException {
        Files.write(folder.resolve(name), bad);
        ReleaseFolder.seal(folder, TestRelease.about(1, null));
        assertRefused("'score' must");
        Files.write(folder.resolve(name), good);
    }

    private static byte[] scoreGraph(String offsetName, String outputName, boolean whole) {
        var graph = new OnnxGraph("score");
        String taste = graph.floatInput("taste", TestRelease.WIDTH);
        String features = graph.floatInput("features", "N", TestRelease.WIDTH);
        String appeal = graph.floatInput("appeal", "N");
        String offset = whole ? graph.toFloat(graph.longInput(offsetName, "N")) : graph.floatInput(offsetName, "N");
        String score = graph.unsqueeze(graph.add(graph.matMul(features, taste), graph.add(appeal, offset)), 1);
        graph.output(outputName, graph.concat(1, score, graph.neg(score)), "N", 2);
        return graph.build();
    }

    @Test
    void theManifestMustSayWhatTheGraphSays() throws IOException {
        assertEditedIsRefused(manifest -> with(manifest, "score", graph -> {
            var inputs = new TreeMap<>(graph.inputs());
            inputs.put("taste", Tensor.floats(TestRelease.WIDTH + 1));
            return new Graph(graph.file(), graph.sha256(), graph.bytes(), inputs, graph.outputs());
        }));
        assertEditedIsRefused(manifest -> with(
                manifest,
                "score",
                graph -> new Graph("item.onnx", graph.sha256(), graph.bytes(), graph.inputs(), graph.outputs())));
    }

    private void assertEditedIsRefused(UnaryOperator<Manifest> edit) throws IOException {
        Path file = folder.resolve(Manifest.FILE);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, edit.apply(Manifest.read(whole)).bytes());
        assertRefused("");
        Files.write(file, whole);
    }

    private static Manifest with(Manifest manifest, String role, UnaryOperator<Graph> edit) {
        var graphs = new TreeMap<>(manifest.graphs());
        graphs.computeIfPresent(role, (name, graph) -> edit.apply(graph));
        return manifest.of(graphs, manifest.files());
    }

    @Test
    void aGraphWithDataOutsideItselfIsNeitherSealedNorSound() throws IOException {
        byte[] external = OnnxFileTest.withExternalInitializer(TestRelease.item(1));
        Files.write(folder.resolve("item.onnx"), external);
        assertThrows(IllegalArgumentException.class, () -> ReleaseFolder.seal(folder, TestRelease.about(1, null)));
        // Whoever writes manifests by hand gets no further.
        assertEditedIsRefused(manifest -> with(
                manifest,
                "item",
                graph -> new Graph(
                        graph.file(), Sha256.of(external), external.length, graph.inputs(), graph.outputs())));
    }

    @Test
    void anUnreadableGraphIsNotSealed() throws IOException {
        Files.writeString(folder.resolve("item.onnx"), "no graph");
        assertThrows(IllegalArgumentException.class, () -> ReleaseFolder.seal(folder, TestRelease.about(1, null)));
    }

    @Test
    void aFolderWithoutManifestIsRefused() throws IOException {
        Files.delete(folder.resolve(Manifest.FILE));
        assertRefused(Manifest.FILE);
    }

    @Test
    void aFileChangedAfterVerificationIsNotRead() throws IOException {
        Release release = sound();
        Files.writeString(folder.resolve("tokens.json"), "{\"tokens\":{}}");
        assertThrows(IllegalStateException.class, () -> release.file("tokens.json"));
    }

    @Test
    void contentsListEveryFileOnce() {
        Map<String, Content> contents = ReleaseFolder.contents(sound().manifest());
        assertEquals(
                "[history.onnx, item.onnx, offsets.json, score.onnx, tokens.json]",
                contents.keySet().toString());
    }

    private Release sound() {
        return assertInstanceOf(Verification.Sound.class, ReleaseFolder.verify(folder))
                .release();
    }

    private void assertRefused(String mention) {
        var refused = assertInstanceOf(Verification.Refused.class, ReleaseFolder.verify(folder));
        assertTrue(refused.reason().contains(mention), refused.reason());
    }
}
