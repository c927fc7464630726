package dev.konomi.cli.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds images by the names that a file of ratings gives them. Only files inside the folder are
/// found.
public final class ImageFolder {
    private final Map<String, Path> exact = new HashMap<>();
    private final Map<String, Path> withoutExtension = new HashMap<>();

    /// @param folder looked through once, with all folders in it
    /// @throws IllegalArgumentException when there is no such folder
    public ImageFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "There is no folder " + folder + ": give the one that the image names start from.");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> {
                String name = folder.relativize(file).toString().replace('\\', '/');
                exact.put(name, file);
                withoutExtension.putIfAbsent(bare(name), file);
            });
        } catch (IOException failure) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read.", failure);
        }
    }

    /// @param name path within the folder; a file of that path with another extension, or with one
    ///     where the name has
    ///     none, is found as well
    public Optional<Path> find(String name) {
        String cleaned = name.replace('\\', '/');
        String within = cleaned.startsWith("./") ? cleaned.substring(2) : cleaned;
        return Optional.ofNullable(exact.get(within))
                .or(() -> Optional.ofNullable(withoutExtension.get(bare(within))))
                .or(() -> Optional.ofNullable(withoutExtension.get(within)));
    }

    private static String bare(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }
}
