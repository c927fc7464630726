package dev.konomi.item;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// What an encoder's folder holds, and how its inputs are made: `manifest.json` beside `image.onnx` and `text.onnx`.
///
/// @param width `d_e`, the width of either embedding
/// @param edge of the square picture in pixels
/// @param mean subtracted from values of 0…1
/// @param deviation what they are divided by
/// @param tokenizer how words become ids
/// @param imageSha256 of `image.onnx`, hexadecimal
/// @param textSha256 of `text.onnx`, hexadecimal
public record EncoderManifest(
        int width,
        int edge,
        float mean,
        float deviation,
        HashedTokenizer tokenizer,
        String imageSha256,
        String textSha256) {
    /// Name of the manifest's file.
    public static final String FILE = "manifest.json";

    /// Name of the picture graph's file: `pixels [N, edge, edge, 3]` → `embedding [N, d_e]`.
    public static final String IMAGE_FILE = "image.onnx";

    /// Name of the text graph's file: `ids [N, length]`, int64 → `embedding [N, d_e]`.
    public static final String TEXT_FILE = "text.onnx";

    /// The picture graph's input.
    public static final String PIXELS = "pixels";

    /// The text graph's input.
    public static final String IDS = "ids";

    /// Either graph's output.
    public static final String EMBEDDING = "embedding";

    private static final int SCHEMA = 1;

    /// The encoder's identity: SHA-256, hexadecimal, over the graphs' digests and all that makes their inputs. The
    /// same pictures and words give the same encodings wherever it is the same.
    public String digest() {
        String identity = String.format(
                Locale.ROOT,
                "konomi-encoder %d%nimage %s %d stretch %s %s%ntext %s %s %d %d%nwidth %d%n".replace("%n", "\n"),
                SCHEMA,
                imageSha256,
                edge,
                Float.toString(mean),
                Float.toString(deviation),
                textSha256,
                HashedTokenizer.SPECIFICATION,
                tokenizer.buckets(),
                tokenizer.length(),
                width);
        return sha256(identity.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a manifest.
    ///
    /// @throws IllegalArgumentException when it is no manifest of a kind known here, or its digest is
    ///     not that of its contents
    public static EncoderManifest read(byte[] json) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The encoder's manifest is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The encoder's manifest cannot be read: " + e.getMessage(), e);
        }
        int schema = root.path("schema").asInt();
        if (schema != SCHEMA) {
            throw new IllegalArgumentException(
                    "The encoder's manifest has schema %d; this version reads %d.".formatted(schema, SCHEMA));
        }
        JsonNode image = root.path("image");
        JsonNode tokenizer = root.path("text").path("tokenizer");
        String specification = tokenizer.path("specification").asText();
        if (!specification.equals(HashedTokenizer.SPECIFICATION)
                || !image.path("fit").asText().equals("stretch")) {
            throw new IllegalArgumentException(
                    "The encoder wants the tokenizer '%s' and the fit '%s'; this version has '%s' and 'stretch'."
                            .formatted(specification, image.path("fit").asText(), HashedTokenizer.SPECIFICATION));
        }
        EncoderManifest manifest = new EncoderManifest(
                root.path("width").asInt(),
                image.path("edge").asInt(),
                (float) image.path("mean").asDouble(),
                (float) image.path("deviation").asDouble(),
                new HashedTokenizer(
                        tokenizer.path("buckets").asInt(),
                        tokenizer.path("length").asInt()),
                image.path("sha256").asText(),
                root.path("text").path("sha256").asText());
        String said = root.path("digest").asText();
        if (!said.equals(manifest.digest())) {
            throw new IllegalArgumentException(
                    "The encoder's manifest says digest %s, its contents give %s: it was changed after training."
                            .formatted(said, manifest.digest()));
        }
        return manifest;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
