package dev.konomi.cli.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Images on disk by key, looked up one by one: there may be any number of them.
///
/// @param folder that keys start from, or null without images
record ImageFiles(@Nullable Path folder) {
    private static final List<String> EXTENSIONS = List.of("jpg", "jpeg", "png", "webp", "gif");

    /// @return the image of a key, also when its extension is another one; never a file outside of
    ///     the folder
    Optional<byte[]> find(String key) {
        Path root = folder;
        if (root == null) {
            return Optional.empty();
        }
        int dot = key.lastIndexOf('.');
        String bare = dot > key.lastIndexOf('/') + 1 ? key.substring(0, dot) : key;
        return read(root, key)
                .or(() -> EXTENSIONS.stream()
                        .map(extension -> read(root, bare + "." + extension))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static Optional<byte[]> read(Path root, String name) {
        try {
            Path file = root.resolve(name).normalize();
            return file.startsWith(root.normalize()) && Files.isRegularFile(file)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (InvalidPathException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException("The image " + name + " cannot be read.", failure);
        }
    }
}
