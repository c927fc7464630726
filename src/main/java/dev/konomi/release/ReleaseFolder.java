package dev.konomi.release;

import dev.konomi.release.Manifest.Content;
import dev.konomi.release.Manifest.Graph;
import dev.konomi.release.Manifest.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A release's files in a local folder: written by the trainer, verified by whoever loads it.
public final class ReleaseFolder {
    private static final String GRAPH_ENDING = ".onnx";

    private ReleaseFolder() {}

    /// Completes a release: hashes every file in the folder, reads the graphs' input specs and writes `manifest.json`.
    /// `item.onnx` becomes the graph `item`, every other file a file.
    ///
    /// @param folder holds the release's files and nothing else
    /// @param about the manifest; its graphs and files are ignored
    /// @return the manifest as written
    /// @throws IllegalArgumentException when a graph is unreadable or keeps data outside itself
    /// @throws UncheckedIOException when the folder cannot be read or written
    public static Manifest seal(Path folder, Manifest about) {
        SortedMap<String, Graph> graphs = new TreeMap<>();
        SortedMap<String, Content> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path path : entries.toList()) {
                String name = ObjectKeys.requireSegment(
                        "file name", path.getFileName().toString());
                byte[] bytes = Files.readAllBytes(path);
                if (name.endsWith(GRAPH_ENDING)) {
                    graphs.put(name.substring(0, name.length() - GRAPH_ENDING.length()), graph(name, bytes));
                } else if (!name.equals(Manifest.FILE)) {
                    files.put(name, new Content(Sha256.of(bytes), bytes.length));
                }
            }
            Manifest manifest = about.of(graphs, files);
            Files.write(folder.resolve(Manifest.FILE), manifest.bytes());
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("The release in " + folder + " could not be sealed.", e);
        }
    }

    /// @param folder a release's files
    /// @return the release, or why it must not be loaded
    /// @throws UncheckedIOException when files exist but cannot be read
    public static Verification verify(Path folder) {
        Path file = folder.resolve(Manifest.FILE);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return new Verification.Refused("There is no " + Manifest.FILE + " in " + folder + ".");
            }
            byte[] bytes = Files.readAllBytes(file);
            Manifest manifest = Manifest.read(bytes);
            Map<String, Content> contents = contents(manifest);
            for (Map.Entry<String, Content> entry : contents.entrySet()) {
                Path path = folder.resolve(entry.getKey());
                if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw new Unsound(entry.getKey() + " is missing.");
                }
                requireContent(entry.getKey(), entry.getValue(), Files.readAllBytes(path));
            }
            for (Graph graph : manifest.graphs().values()) {
                requireSpec(graph, Files.readAllBytes(folder.resolve(graph.file())));
            }
            requireContract(manifest);
            return new Verification.Sound(new Release(Sha256.of(bytes), manifest, folder));
        } catch (Unsound | IllegalArgumentException e) {
            return new Verification.Refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("The release in " + folder + " could not be read.", e);
        }
    }

    /// @return every file that the manifest names, by file name; refuses names that are none
    static SortedMap<String, Content> contents(Manifest manifest) {
        SortedMap<String, Content> contents = new TreeMap<>(manifest.files());
        Set<String> names = new HashSet<>(contents.keySet());
        for (Graph graph : manifest.graphs().values()) {
            if (!names.add(graph.file())) {
                throw new IllegalArgumentException("The manifest names " + graph.file() + " twice.");
            }
            contents.put(graph.file(), new Content(graph.sha256(), graph.bytes()));
        }
        for (String name : contents.keySet()) {
            ObjectKeys.requireSegment("file name", name);
            if (name.equals(Manifest.FILE)) {
                throw new IllegalArgumentException("The manifest names itself.");
            }
        }
        return contents;
    }

    static void requireContent(String name, Content content, byte[] bytes) {
        if (bytes.length != content.bytes()) {
            throw new Unsound(name + " has " + bytes.length + " bytes, the manifest says " + content.bytes() + ".");
        }
        String digest = Sha256.of(bytes);
        if (!digest.equals(content.sha256())) {
            throw new Unsound(name + " has the digest " + digest + ", the manifest says " + content.sha256() + ".");
        }
    }

    private static Graph graph(String name, byte[] bytes) {
        OnnxFile onnx = OnnxFile.read(bytes);
        return new Graph(name, Sha256.of(bytes), bytes.length, onnx.inputs(), onnx.outputs());
    }

    private static void requireSpec(Graph graph, byte[] bytes) {
        OnnxFile onnx = OnnxFile.read(bytes);
        if (!onnx.inputs().equals(graph.inputs()) || !onnx.outputs().equals(graph.outputs())) {
            throw new Unsound(graph.file() + " takes " + onnx.inputs() + " and gives " + onnx.outputs()
                    + ", the manifest says " + graph.inputs() + " and " + graph.outputs() + ".");
        }
    }

    private static void requireContract(Manifest manifest) {
        long width = manifest.model().width();
        long tokens = manifest.model().tokens();
        long encoding = manifest.encoder().width();
        require(
                manifest,
                "item",
                Map.of("encodings", Tensor.floats(-1, 2, encoding), "present", Tensor.floats(-1, 2)),
                Map.of("features", Tensor.floats(-1, width), "appeal", Tensor.floats(-1)));
        require(
                manifest,
                "history",
                Map.of(
                        "difference", Tensor.floats(-1, -1, width),
                        "appeal", Tensor.floats(-1, -1),
                        "weight", Tensor.floats(-1, -1),
                        "opinion", Tensor.floats(-1, -1),
                        "age", Tensor.floats(-1, -1)),
                Map.of(
                        "activations", Tensor.floats(-1, tokens),
                        "own", Tensor.floats(-1, width),
                        "taste", Tensor.floats(-1, width)));
        require(
                manifest,
                "score",
                Map.of(
                        "taste", Tensor.floats(width),
                        "features", Tensor.floats(-1, width),
                        "appeal", Tensor.floats(-1),
                        "offset", Tensor.floats(-1)),
                Map.of("logits", Tensor.floats(-1, 2)));
        SequenceContract.require(manifest);
    }

    private static void require(
            Manifest manifest, String role, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        Graph graph = manifest.graphs().get(role);
        if (graph == null) {
            throw new Unsound("The graph '" + role + "' is missing; the release has "
                    + manifest.graphs().keySet() + ".");
        }
        requireTensors(role, "take", graph.inputs(), inputs);
        requireTensors(role, "give", graph.outputs(), outputs);
    }

    static void requireTensors(String role, String verb, Map<String, Tensor> given, Map<String, Tensor> expected) {
        if (!given.equals(expected)) {
            throw new Unsound("The graph '" + role + "' must " + verb + " " + new TreeMap<>(expected)
                    + " but its spec is " + given + ".");
        }
    }

    /// A release that must not be loaded, on the way to being said so.
    static final class Unsound extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unsound(String message) {
            super(message);
        }
    }
}
