package dev.konomi.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.konomi.train.export.OnnxGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Releases small enough to write a hundred of: graphs that keep the contract and hold one number.
final class TestRelease {
    static final int ENCODING = 3;
    static final int WIDTH = 4;
    static final int TOKENS = 2;
    static final String TENANT = "acme";

    private TestRelease() {}

    /// @param folder receives the files; made when missing
    /// @param number makes the release different from others
    /// @return its digest
    static String seal(Path folder, int number, @Nullable String parent) {
        write(folder, number);
        return ReleaseFolder.seal(folder, about(number, parent)).digest();
    }

    static void write(Path folder, int number) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("item.onnx"), item(number));
            Files.write(folder.resolve("history.onnx"), history(number));
            Files.write(folder.resolve("score.onnx"), score());
            Files.write(folder.resolve("offsets.json"), ("{\"offsets\":{},\"number\":" + number + "}").getBytes(UTF_8));
            Files.write(folder.resolve("tokens.json"), "{\"tokens\":[]}".getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifest about(int number, @Nullable String parent) {
        return about(number, parent, new Manifest.Encoder("e".repeat(64), ENCODING), model(TOKENS, WIDTH));
    }

    static Manifest.Model model(int tokens, int width) {
        return new Manifest.Model(100, tokens, width, 2);
    }

    static Manifest about(int number, @Nullable String parent, Manifest.Encoder encoder, Manifest.Model model) {
        return new Manifest(
                Manifest.SCHEMA,
                TENANT,
                Instant.parse("2026-11-24T10:00:00Z").plusSeconds(number),
                parent,
                encoder,
                "late",
                new TreeMap<>(),
                new TreeMap<>(),
                model,
                new Manifest.Calibration(1.1),
                0.25,
                new TreeMap<>(Map.of("accuracy", 0.75)),
                new Manifest.Data("fingerprint", 10, 5, 7),
                new TreeMap<>(Map.of("initial", 1L)),
                new Manifest.Provenance("1.0", "25", "cpu", 1, "./konomi train"),
                "published: better by 0.02",
                null);
    }

    static byte[] item(int number) {
        var graph = new OnnxGraph("item");
        String encodings = graph.floatInput("encodings", "N", 2, ENCODING);
        String present = graph.floatInput("present", "N", 2);
        String appeal = graph.mul(graph.reduceSum(present, false, 1), number);
        String mean = graph.reduceMean(encodings, false, 1, 2);
        graph.output(
                "features",
                graph.matMul(graph.unsqueeze(mean, 1), graph.constant(new float[WIDTH], 1, WIDTH)),
                "N",
                WIDTH);
        graph.output("appeal", appeal, "N");
        return graph.build();
    }

    static byte[] history(int number) {
        var graph = new OnnxGraph("history");
        String difference = graph.floatInput("difference", "B", "n", WIDTH);
        String sum = graph.scalar(number);
        for (String name : new String[] {"appeal", "weight", "opinion", "age"}) {
            sum = graph.add(sum, graph.reduceSum(graph.floatInput(name, "B", "n"), true, 1));
        }
        String own = graph.mul(graph.reduceSum(difference, false, 1), sum);
        graph.output("activations", graph.matMul(sum, graph.constant(new float[TOKENS], 1, TOKENS)), "B", TOKENS);
        graph.output("own", own, "B", WIDTH);
        graph.output("taste", own, "B", WIDTH);
        return graph.build();
    }

    static byte[] score() {
        var graph = new OnnxGraph("score");
        String taste = graph.floatInput("taste", WIDTH);
        String features = graph.floatInput("features", "N", WIDTH);
        String appeal = graph.floatInput("appeal", "N");
        String offset = graph.floatInput("offset", "N");
        String score = graph.add(graph.matMul(features, taste), graph.add(appeal, offset));
        String column = graph.unsqueeze(graph.mul(score, 0.5f), 1);
        graph.output("logits", graph.concat(1, column, graph.neg(column)), "N", 2);
        return graph.build();
    }
}
