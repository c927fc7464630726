package dev.konomi.release;

import dev.konomi.release.Manifest.Graph;
import dev.konomi.release.Manifest.Tensor;
import dev.konomi.release.ReleaseFolder.Unsound;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the graphs of the head in sequence take and give. A release has all three of them or
/// none; their sizes are their own and must fit each other.
final class SequenceContract {
    private static final String ITEM = "sequence-item";
    private static final String QUERY = "query";
    private static final String DECODER = "decoder";
    private static final long ANY = -1;

    private SequenceContract() {}

    /// @throws Unsound when a graph is missing or does not fit
    static void require(Manifest manifest) {
        var present = new TreeSet<>(List.of(ITEM, QUERY, DECODER));
        present.retainAll(manifest.graphs().keySet());
        if (present.isEmpty()) {
            return;
        }
        Graph decoder = graph(manifest, DECODER);
        List<Long> past = sizes(decoder.inputs(), "past", 5);
        long layers = past.get(0);
        long heads = past.get(2);
        long head = past.get(4);
        long width = sizes(decoder.inputs(), "tokens", 3).get(2);
        require(
                decoder,
                Map.of(
                        "tokens", Tensor.floats(ANY, ANY, width),
                        "past", Tensor.floats(layers, 2, heads, ANY, head),
                        "position", longs(ANY)),
                Map.of(
                        "logits", Tensor.floats(ANY, 2),
                        "present", Tensor.floats(layers, 2, heads, ANY, head)));
        require(
                graph(manifest, ITEM),
                Map.of(
                        "encodings", Tensor.floats(ANY, 2, manifest.encoder().width()),
                        "present", Tensor.floats(ANY, 2)),
                Map.of("tokens", Tensor.floats(ANY, 3, width)));
        Graph query = graph(manifest, QUERY);
        Map<String, Tensor> answers = new TreeMap<>(Map.of(
                "history", Tensor.floats(ANY, width),
                "question", Tensor.floats(width),
                "gate", Tensor.floats(width)));
        if (query.outputs().containsKey("preference")) {
            answers.put(
                    "preference",
                    Tensor.floats(sizes(query.outputs(), "preference", 2).get(0), width));
            answers.put(
                    "activations",
                    Tensor.floats(sizes(query.outputs(), "activations", 1).get(0)));
        }
        require(
                query,
                Map.of(
                        "items", Tensor.floats(ANY, 3, width),
                        "liked", longs(ANY),
                        "compared", longs(ANY),
                        "gap", longs(ANY),
                        "weight", Tensor.floats(ANY),
                        "now", longs(1)),
                answers);
    }

    private static Graph graph(Manifest manifest, String role) {
        Graph graph = manifest.graphs().get(role);
        if (graph == null) {
            throw new Unsound("The graph '" + role + "' of the head in sequence is missing; the release has "
                    + manifest.graphs().keySet() + ".");
        }
        return graph;
    }

    private static List<Long> sizes(SortedMap<String, Tensor> tensors, String name, int rank) {
        Tensor tensor = tensors.get(name);
        if (tensor == null || tensor.shape().size() != rank) {
            throw new Unsound("A graph of the head in sequence needs a tensor '" + name + "' of rank " + rank
                    + ", its spec is " + tensors + ".");
        }
        return tensor.shape();
    }

    private static void require(Graph graph, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        String role = graph.file().substring(0, graph.file().lastIndexOf('.'));
        ReleaseFolder.requireTensors(role, "take", graph.inputs(), inputs);
        ReleaseFolder.requireTensors(role, "give", graph.outputs(), outputs);
    }

    private static Tensor longs(long size) {
        return new Tensor("int64", List.of(size));
    }
}
