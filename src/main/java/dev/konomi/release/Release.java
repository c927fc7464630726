package dev.konomi.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A release on this machine whose every file has been checked against its manifest.
///
/// @param digest SHA-256 of the manifest's bytes
/// @param manifest what it is made of
/// @param folder where its files lie
public record Release(String digest, Manifest manifest, Path folder) {
    /// @param role `item`, `history`, `score`, …
    /// @return whether the release has this graph
    public boolean hasGraph(String role) {
        return manifest.graphs().containsKey(role);
    }

    /// Maps a graph into memory and checks it once more: the folder may have changed since. Nothing is copied, and
    /// processes that map the same file share its memory.
    ///
    /// @param role `item`, `history`, `score`, …
    /// @return content of the ONNX file, read-only, outside Java's heap
    /// @throws IllegalArgumentException when the release has no such graph
    /// @throws IllegalStateException when the file is no longer what the manifest names
    /// @throws UncheckedIOException when the file cannot be read
    public ByteBuffer graph(String role) {
        Manifest.Graph graph = manifest.graphs().get(role);
        if (graph == null) {
            throw new IllegalArgumentException("Release " + digest + " has no graph '" + role + "', only "
                    + manifest.graphs().keySet() + ".");
        }
        Path file = file(graph.file(), folder);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            requireUnchanged(file, Sha256.of(mapped), graph.sha256());
            return mapped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads a file and checks it once more.
    ///
    /// @param name `tokens.json`, `offsets.json`, …
    /// @return its content
    /// @throws IllegalArgumentException when the release has no such file
    /// @throws IllegalStateException when the file is no longer what the manifest names
    /// @throws UncheckedIOException when the file cannot be read
    public byte[] file(String name) {
        Manifest.Content content = manifest.files().get(name);
        if (content == null) {
            throw new IllegalArgumentException("Release " + digest + " has no file '" + name + "', only "
                    + manifest.files().keySet() + ".");
        }
        return read(name, content.sha256());
    }

    private byte[] read(String name, String sha256) {
        Path file = file(name, folder);
        try {
            byte[] bytes = Files.readAllBytes(file);
            requireUnchanged(file, Sha256.of(bytes), sha256);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name, Path folder) {
        return folder.resolve(ObjectKeys.requireSegment("file name", name));
    }

    private static void requireUnchanged(Path file, String found, String expected) {
        if (!found.equals(expected)) {
            throw new IllegalStateException(
                    file + " changed after it was verified; delete the folder and load the release again.");
        }
    }
}
