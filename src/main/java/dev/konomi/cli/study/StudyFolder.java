package dev.konomi.cli.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Where finished runs are kept: `runs/<variant>-<people>-<seed>.json`, and `worlds/<seed>.json` with what
/// the same people come to without a model; names of another population than the broad one end in it.
/// Accuracies are whole thousandths, one a person, so that paired differences can be taken from the files
/// alone; lengths that a file lacks were not asked when it was made.
///
/// @param path e.g. `docs/study`
record StudyFolder(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double PARTS = 1000;

    /// @return all runs, by name
    List<StudyRun> runs() {
        return files(path.resolve("runs")).stream().map(StudyFolder::run).toList();
    }

    /// @param folder of runs; may be missing
    /// @return its runs' files, by name
    static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The runs in " + folder + " cannot be listed.", e);
        }
    }

    Optional<StudyRun> run(RunKey key) {
        Path file = file(key);
        return Files.exists(file) ? Optional.of(run(file)) : Optional.empty();
    }

    void write(StudyRun run) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("variant", run.key().variant().id()).put("people", run.key().people());
        put(json, run.key().world());
        json.put("fingerprint", run.fingerprint())
                .put("steps", run.steps())
                .put("seconds", Math.round(run.seconds()))
                .put("machine", run.machine())
                .put("chosen", run.chosen());
        json.set("figures", figures(run.figures()));
        put(json, run.konomi(), StudyFolder::name);
        put(json, run.told().latentClass(), StudyFolder::latentClass);
        put(json, run.told().latentClassUntold(), StudyFolder::latentClassUntold);
        put(json, run.told().konomi(), StudyFolder::told);
        write(file(run.key()), json);
    }

    Optional<StudyWorld> world(WorldKey key) {
        Path file = file(key);
        return Files.exists(file)
                ? Optional.of(new StudyWorld(key, curve(read(file), StudyFolder::ideal)))
                : Optional.empty();
    }

    void write(StudyWorld world) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, world.key());
        put(json, world.ideal(), StudyFolder::ideal);
        write(file(world.key()), json);
    }

    private Path file(RunKey key) {
        return path.resolve("runs").resolve(key.name() + ".json");
    }

    private Path file(WorldKey key) {
        return path.resolve("worlds").resolve(key.name() + ".json");
    }

    // Names in files

    private static String name(int length) {
        return switch (length) {
            case Curve.EARLY -> "early";
            case Curve.LATE -> "late";
            default -> "after" + length;
        };
    }

    private static String ideal(int length) {
        return length == 0 ? "popularity" : name(length);
    }

    private static String latentClass(int length) {
        return "latentClassAfter" + length;
    }

    private static String latentClassUntold(int length) {
        return "latentClassUntoldAfter" + length;
    }

    private static String told(int length) {
        return "toldAfter" + length;
    }

    private static StudyRun run(Path file) {
        JsonNode json = read(file);
        return new StudyRun(
                new RunKey(
                        Variant.of(json.path("variant").asText()),
                        json.path("people").asInt(),
                        worldKey(json)),
                json.path("fingerprint").asText(),
                json.path("steps").asInt(),
                json.path("seconds").asDouble(),
                json.path("machine").asText(),
                json.path("chosen").asText(),
                figures(json.path("figures")),
                curve(json, StudyFolder::name),
                new Told(
                        curve(json, StudyFolder::latentClass),
                        curve(json, StudyFolder::latentClassUntold),
                        curve(json, StudyFolder::told)));
    }

    static WorldKey worldKey(JsonNode json) {
        return new WorldKey(
                json.path("seed").asLong(), Society.of(json.path("population").asText(Society.BROAD.id())));
    }

    /// @return figures by name, five decimals
    static ObjectNode figures(Map<String, Double> values) {
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) -> figures.put(name, Math.round(value * 1e5) / 1e5));
        return figures;
    }

    static SequencedMap<String, Double> figures(JsonNode json) {
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        json.properties()
                .forEach(
                        figure -> figures.put(figure.getKey(), figure.getValue().asDouble()));
        return figures;
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is no run or world of a study: delete it and run again.", e);
        }
    }

    /// A line for each key, arrays within one: small changes stay small in a diff.
    static void write(Path file, ObjectNode json) {
        StringBuilder text = new StringBuilder("{\n");
        json.properties()
                .forEach(entry -> text.append(text.length() > 2 ? ",\n" : "")
                        .append("  \"")
                        .append(entry.getKey())
                        .append("\": ")
                        .append(entry.getValue()));
        text.append("\n}\n");
        try {
            Files.createDirectories(file.resolveSibling("."));
            Path beside = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(beside, text, StandardCharsets.UTF_8);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written; give a folder that can be.", e);
        }
    }

    /// The broad population, which came first, goes without saying.
    static void put(ObjectNode json, WorldKey key) {
        json.put("seed", key.seed());
        if (key.society() != Society.BROAD) {
            json.put("population", key.society().id());
        }
    }

    private static void put(ObjectNode json, Curve curve, IntFunction<String> name) {
        curve.accuracies().forEach((length, values) -> json.set(name.apply(length), thousandths(values)));
    }

    private static Curve curve(JsonNode json, IntFunction<String> name) {
        return Curve.of(
                Curve.LENGTHS.stream()
                        .filter(length -> json.has(name.apply(length)))
                        .toList(),
                length -> values(json, name.apply(length)));
    }

    static ArrayNode thousandths(double[] values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.length);
        for (double value : values) {
            array.add((int) Math.round(PARTS * value));
        }
        return array;
    }

    static double[] values(JsonNode json, String name) {
        JsonNode array = json.path(name);
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.path(i).asInt() / PARTS;
        }
        return values;
    }
}
