package dev.konomi.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Figures that programs read: a JSON object whose keys keep the order in which they were put, so
/// that two runs with
/// the same figures write the same bytes. A path such as `accuracy.konomi` makes the objects on its
/// way.
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final MathContext DIGITS = new MathContext(6);

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    /// @param path keys with points between them
    /// @param estimate becomes `{mean, low, high}`; its parts join what is there
    public Report put(String path, Estimate estimate) {
        return put(path + ".mean", estimate.mean())
                .put(path + ".low", estimate.low())
                .put(path + ".high", estimate.high());
    }

    /// @param path keys with points between them
    /// @param value six digits are kept; what is not a finite number becomes `null`
    public Report put(String path, double value) {
        return put(
                path,
                Double.isFinite(value)
                        ? JsonNodeFactory.instance.numberNode(plain(new BigDecimal(value).round(DIGITS)))
                        : JsonNodeFactory.instance.nullNode());
    }

    /// @param path keys with points between them
    /// @param value kept to the last digit
    public Report put(String path, long value) {
        return put(path, JsonNodeFactory.instance.numberNode(value));
    }

    /// @param path keys with points between them
    /// @param value may be null
    public Report put(String path, @Nullable String value) {
        return put(
                path, value == null ? JsonNodeFactory.instance.nullNode() : JsonNodeFactory.instance.textNode(value));
    }

    /// @param path keys with points between them
    /// @param value any JSON
    public Report put(String path, JsonNode value) {
        int last = path.lastIndexOf('.');
        ObjectNode parent = root;
        if (last >= 0) {
            for (String key : path.substring(0, last).split("\\.")) {
                parent = parent.withObjectProperty(key);
            }
        }
        parent.set(path.substring(last + 1), value);
        return this;
    }

    /// @param path keys with points between them
    /// @param values estimates by name, in the map's order
    public Report putAll(String path, Map<String, Estimate> values) {
        values.forEach((name, value) -> put(path + "." + name, value));
        return this;
    }

    /// @return the tree as it stands
    public ObjectNode json() {
        return root.deepCopy();
    }

    /// Writes `report.json`; folders that are missing are made.
    ///
    /// @throws UncheckedIOException when the file cannot be written
    public void write(Path file) {
        try {
            write(file, JSON.writeValueAsBytes(root));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("The report cannot be written as JSON.", impossible);
        }
    }

    static void write(Path file, byte[] bytes) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The report " + file + " cannot be written; give a folder that can be written to.", failure);
        }
    }

    private static BigDecimal plain(BigDecimal rounded) {
        BigDecimal stripped = rounded.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
