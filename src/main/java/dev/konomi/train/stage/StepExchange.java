package dev.konomi.train.stage;

import dev.konomi.train.network.Parameters.Parameter;
import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.sequence.DecoderConfig;
import dev.konomi.train.network.sequence.SequenceBatch;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.stage.SequenceDrawing.Drawn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/// What another implementation needs to take the same training steps: weights, batches and
/// settings of the head in sequence, in the safetensors format (the header's length, a JSON
/// header, little-endian values).
///
/// @param network with its weights as they are now
/// @param whitened `[items, 2, D]`
/// @param batches in the order of the steps
/// @param plan of the training
/// @param factor what rates are multiplied by
record StepExchange(SequenceNetwork network, Tensor whitened, List<Drawn> batches, SequencePlan plan, double factor) {
    private record Entry(String type, long[] shape, byte[] bytes) {}

    void write(Path file) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Parameter parameter : network.parameters().all()) {
            if (parameter.tensor().requires_grad()) {
                put(entries, "weight." + parameter.name(), parameter.tensor());
            }
        }
        put(entries, "whitened", whitened);
        for (int i = 0; i < batches.size(); i++) {
            put(entries, "batch." + i + ".", batches.get(i));
        }
        byte[] header = header(entries).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            for (Entry entry : entries.values()) {
                out.write(entry.bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Weights and batches cannot be written to " + file + ".", e);
        }
    }

    private static void put(Map<String, Entry> entries, String name, Tensor tensor) {
        put(entries, name, Tensors.floats(tensor), tensor.shape());
    }

    private void put(Map<String, Entry> entries, String name, Drawn drawn) {
        SequenceBatch batch = drawn.batch();
        long unique = batch.items().length;
        long length = batch.length();
        put(entries, name + "items", batch.items());
        put(entries, name + "present", batch.present(), unique, 2, 1);
        put(entries, name + "labelled", batch.labelled());
        put(entries, name + "liked", batch.liked());
        put(entries, name + "compared", batch.compared());
        put(entries, name + "gap", batch.gap());
        put(entries, name + "weight", batch.weight(), batch.weight().length, 1);
        put(entries, name + "asked", batch.asked());
        put(entries, name + "now", batch.now());
        put(entries, name + "block", batch.block());
        put(entries, name + "signed", batch.signed(), batch.signed().length / unique, unique);
        put(entries, name + "index", batch.index());
        put(entries, name + "positions", batch.positions(), batch.sequences(), length);
        put(entries, name + "mask", batch.mask(), batch.sequences(), length, length);
        put(entries, name + "reads", batch.reads());
        SequenceLoss.Wanted wanted = SequenceLoss.Wanted.of(drawn.targets(), batch.reads().length);
        put(entries, name + "right", wanted.right(), batch.reads().length, 2);
        put(entries, name + "chosen", wanted.chosen());
        put(entries, name + "rejected", wanted.rejected());
        put(entries, name + "pairs", wanted.weights(), wanted.weights().length);
        put(entries, name + "total", new float[] {(float) wanted.total()}, 1);
    }

    private static void put(Map<String, Entry> entries, String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        entries.put(name, new Entry("F32", shape, bytes.array()));
    }

    private static void put(Map<String, Entry> entries, String name, long[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        entries.put(name, new Entry("I64", new long[] {values.length}, bytes.array()));
    }

    private String header(Map<String, Entry> entries) {
        List<String> fields = new ArrayList<>();
        fields.add("\"__metadata__\":{" + metadata() + "}");
        long at = 0;
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            Entry value = entry.getValue();
            String shape = Arrays.stream(value.shape).mapToObj(Long::toString).collect(Collectors.joining(","));
            fields.add("\"" + entry.getKey() + "\":{\"dtype\":\"" + value.type + "\",\"shape\":[" + shape
                    + "],\"data_offsets\":[" + at + "," + (at + value.bytes.length) + "]}");
            at += value.bytes.length;
        }
        String header = "{" + String.join(",", fields) + "}";
        // Padded, so that values stand aligned.
        return header + " ".repeat((8 - header.getBytes(StandardCharsets.UTF_8).length % 8) % 8);
    }

    private String metadata() {
        DecoderConfig decoder = plan.config().decoder();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("batches", batches.size());
        settings.put("width", decoder.width());
        settings.put("layers", decoder.layers());
        settings.put("heads", decoder.heads());
        settings.put("kvHeads", decoder.kvHeads());
        settings.put("hidden", decoder.hidden());
        settings.put("rate", plan.learningRate() * factor);
        settings.put("decay", plan.weightDecay());
        settings.put("contrast", plan.contrast());
        settings.put("longestGradient", Loop.LONGEST_GRADIENT);
        return settings.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(","));
    }
}
