package dev.konomi.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a release is made of and where it comes from. Its bytes name the release: the release's
/// digest is their SHA-256, and through it every file of the release is pinned.
///
/// @param schema version of this format, 1
/// @param tenant whose release it is
/// @param createdAt when training ended
/// @param parent digest of the release that was current when training began, or null
/// @param encoder the frozen encoder whose encodings the item graph takes
/// @param head `late` or `sequence`
/// @param graphs ONNX graphs by role (`item`, `history`, `score`, …)
/// @param files everything else by file name
/// @param model its sizes
/// @param calibration what turns scores into probabilities
/// @param medianScore score of the catalogue's median item for a person of whom nothing is known
/// @param metrics figures of the evaluation by name
/// @param data what it was trained on
/// @param seeds random seeds by purpose
/// @param provenance what made it
/// @param verdict the gate's, with its reason
/// @param lineage how its tokens descend from those of the release before; null in releases that were made without one
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Manifest(
        int schema,
        String tenant,
        Instant createdAt,
        @Nullable String parent,
        Encoder encoder,
        String head,
        SortedMap<String, Graph> graphs,
        SortedMap<String, Content> files,
        Model model,
        Calibration calibration,
        double medianScore,
        SortedMap<String, Double> metrics,
        Data data,
        SortedMap<String, Long> seeds,
        Provenance provenance,
        String verdict,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Lineage lineage) {
    /// The version that this code writes and the newest that it reads.
    public static final int SCHEMA = 1;

    /// The name of the file that holds the manifest.
    public static final String FILE = "manifest.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public Manifest {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("The manifest has schema " + schema + ", this Konomi reads " + SCHEMA
                    + ": use the Konomi that wrote it, or train again.");
        }
        ObjectKeys.requireSegment("tenant", tenant);
        Objects.requireNonNull(createdAt, "createdAt is missing.");
        if (parent != null) {
            Sha256.require(parent);
        }
        Objects.requireNonNull(encoder, "encoder is missing.");
        Objects.requireNonNull(head, "head is missing.");
        graphs = copy("graphs", graphs);
        files = copy("files", files);
        Objects.requireNonNull(model, "model is missing.");
        Objects.requireNonNull(calibration, "calibration is missing.");
        metrics = copy("metrics", metrics);
        Objects.requireNonNull(data, "data is missing.");
        seeds = copy("seeds", seeds);
        Objects.requireNonNull(provenance, "provenance is missing.");
        Objects.requireNonNull(verdict, "verdict is missing.");
    }

    /// A frozen encoder.
    ///
    /// @param digest see `ItemEncoder.digest`
    /// @param width `d_e`
    public record Encoder(String digest, int width) {
        public Encoder {
            Objects.requireNonNull(digest, "encoder.digest is missing.");
            requirePositive("encoder.width", width);
        }
    }

    /// An ONNX graph.
    ///
    /// @param file its file's name
    /// @param sha256 digest of the file
    /// @param bytes size of the file
    /// @param inputs the input spec, by name
    /// @param outputs the output spec, by name
    public record Graph(
            String file,
            String sha256,
            long bytes,
            SortedMap<String, Tensor> inputs,
            SortedMap<String, Tensor> outputs) {
        public Graph {
            Objects.requireNonNull(file, "A graph's file is missing.");
            Sha256.require(Objects.requireNonNull(sha256, "A graph's sha256 is missing."));
            inputs = copy("inputs", inputs);
            outputs = copy("outputs", outputs);
        }
    }

    /// A tensor's spec.
    ///
    /// @param type ONNX element type: `float32`, `int64`, …
    /// @param shape dimensions, −1 for one that is known only at run time
    public record Tensor(String type, List<Long> shape) {
        public Tensor {
            Objects.requireNonNull(type, "A tensor's type is missing.");
            shape = List.copyOf(shape);
        }

        /// @param shape dimensions, −1 for one that is known only at run time
        /// @return a tensor of 32-bit floats
        public static Tensor floats(long... shape) {
            return new Tensor("float32", java.util.Arrays.stream(shape).boxed().toList());
        }
    }

    /// A file's content.
    ///
    /// @param sha256 its digest
    /// @param bytes its size
    public record Content(String sha256, long bytes) {
        public Content {
            Sha256.require(Objects.requireNonNull(sha256, "A file's sha256 is missing."));
        }
    }

    /// A model's sizes.
    ///
    /// @param parameters number of trained parameters
    /// @param tokens M, number of preference tokens
    /// @param width G, width of taste vectors and item features
    /// @param dimension D, width of the connector
    public record Model(long parameters, int tokens, int width, int dimension) {
        public Model {
            requirePositive("model.tokens", tokens);
            requirePositive("model.width", width);
            requirePositive("model.dimension", dimension);
        }
    }

    /// @param temperature score differences are divided by it before the logistic function
    /// @param spread what intervals are made of; null where too few people were there to tell
    public record Calibration(
            double temperature,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Spread spread) {
        /// Without intervals.
        public Calibration(double temperature) {
            this(temperature, null);
        }

        public Calibration {
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw new IllegalArgumentException(
                        "calibration.temperature is " + temperature + "; it must be positive and finite.");
            }
        }
    }

    /// A person's true log-odds lie around `scale` times the score, with `scale²` times the
    /// score's variance over tokens and `variance` on top of it.
    ///
    /// @param scale log-odds for each unit of the score
    /// @param variance of what no token explains, in log-odds squared
    public record Spread(double scale, double variance) {
        public Spread {
            if (!(scale > 0) || Double.isInfinite(scale) || !(variance >= 0) || Double.isInfinite(variance)) {
                throw new IllegalArgumentException("calibration.spread is " + scale + " and " + variance
                        + "; its scale must be positive, its variance 0 or more, both finite.");
            }
        }
    }

    /// What a release was trained on.
    ///
    /// @param fingerprint digest over the training events
    /// @param events their number
    /// @param people number of people
    /// @param items number of items
    public record Data(String fingerprint, long events, long people, long items) {
        public Data {
            Objects.requireNonNull(fingerprint, "data.fingerprint is missing.");
        }
    }

    /// What made a release.
    ///
    /// @param konomi version of Konomi
    /// @param java version of Java
    /// @param device `cpu` or `cuda`
    /// @param threads number of threads
    /// @param command the command that repeats it
    public record Provenance(String konomi, String java, String device, int threads, String command) {
        public Provenance {
            Objects.requireNonNull(konomi, "provenance.konomi is missing.");
            Objects.requireNonNull(java, "provenance.java is missing.");
            Objects.requireNonNull(device, "provenance.device is missing.");
            Objects.requireNonNull(command, "provenance.command is missing.");
        }
    }

    /// How tokens descend from those of the release before. Ids stay with tastes, places in the model do not.
    ///
    /// @param predecessor digest of the release before, or null without one
    /// @param tokens every token of this release, in the order of the model's activations
    /// @param retired ids of earlier tokens that no token of this release goes on with
    /// @param note what was compared, or why nothing could be
    public record Lineage(@Nullable String predecessor, List<Token> tokens, List<String> retired, String note) {
        public Lineage {
            if (predecessor != null) {
                Sha256.require(predecessor);
            }
            tokens = List.copyOf(Objects.requireNonNull(tokens, "lineage.tokens is missing."));
            retired = List.copyOf(Objects.requireNonNull(retired, "lineage.retired is missing."));
            Objects.requireNonNull(note, "lineage.note is missing.");
        }

        /// @param id the token's
        /// @param predecessor place of the earlier token that it goes on with, or null for a new taste
        /// @param correlation of activations with it, or the largest with any where there is none
        public record Token(String id, @Nullable Integer predecessor, double correlation) {
            public Token {
                Objects.requireNonNull(id, "A token's id is missing in lineage.");
            }
        }
    }

    /// @param bytes content of a manifest file; unknown fields are ignored
    /// @return the manifest
    /// @throws IllegalArgumentException when it is none, says what is wrong
    public static Manifest read(byte[] bytes) {
        try {
            Manifest read = JSON.readValue(bytes, Manifest.class);
            if (read == null) {
                throw new IllegalArgumentException("The manifest cannot be read: it is null.");
            }
            return read;
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(
                    "The manifest cannot be read: " + (cause == null ? e.getOriginalMessage() : cause.getMessage()), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The manifest cannot be read: " + e.getMessage(), e);
        }
    }

    /// @return content of a manifest file; the same manifest always gives the same bytes
    public byte[] bytes() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest could not be written.", e);
        }
    }

    /// @return the release's digest: SHA-256 of the manifest's bytes
    public String digest() {
        return Sha256.of(bytes());
    }

    /// A digest of what was learned alone: all graphs and files, without times, metrics and
    /// provenance. The same seed on the same machine with one thread gives the same one, while
    /// every run has its own release digest.
    ///
    /// @return SHA-256 over names and digests of graphs and files
    public String learned() {
        StringBuilder text = new StringBuilder();
        graphs.forEach((name, graph) ->
                text.append(name).append(' ').append(graph.sha256()).append('\n'));
        files.forEach((name, content) ->
                text.append(name).append(' ').append(content.sha256()).append('\n'));
        return Sha256.of(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /// @param graphs graphs by role
    /// @param files other files by name
    /// @return this manifest for these
    Manifest of(SortedMap<String, Graph> graphs, SortedMap<String, Content> files) {
        return new Manifest(
                schema,
                tenant,
                createdAt,
                parent,
                encoder,
                head,
                graphs,
                files,
                model,
                calibration,
                medianScore,
                metrics,
                data,
                seeds,
                provenance,
                verdict,
                lineage);
    }

    private static <T> SortedMap<String, T> copy(String what, Map<String, T> map) {
        Objects.requireNonNull(map, what + " is missing.");
        map.forEach((name, value) -> Objects.requireNonNull(value, what + " has no value for '" + name + "'."));
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    private static void requirePositive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " is " + number + "; it must be 1 or more.");
        }
    }
}
