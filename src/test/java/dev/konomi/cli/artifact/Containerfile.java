package dev.konomi.cli.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A container file carried out without a container: its `COPY` lines lay out a folder, its `RUN` lines run there, and
/// its `ENTRYPOINT` is started there, word for word. Java is this test's instead of the base image's; nothing else of a
/// base image is there.
final class Containerfile {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path context;
    private final Path into;
    private final Map<String, Path> stages = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path root;
    private Path workdir;
    private List<String> entrypoint = List.of();
    private List<String> arguments = List.of();

    private Containerfile(Path context, Path into) {
        this.context = context;
        this.into = into;
        this.root = into;
        this.workdir = into;
    }

    /// @param file such as `infra/containers/functions.Containerfile`
    /// @param context the folder that its `COPY` lines start from
    /// @param into an empty folder
    /// @return what the file describes, laid out
    static Containerfile carryOut(Path file, Path context, Path into) throws IOException, InterruptedException {
        Containerfile image = new Containerfile(context, into);
        for (String line : Files.readString(file).replace("\\\n", " ").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" ", 2);
                image.carryOut(parts[0], parts[1].strip());
            }
        }
        return image;
    }

    private void carryOut(String instruction, String rest) throws IOException, InterruptedException {
        switch (instruction) {
            case "FROM" -> {
                String name = rest.contains(" AS ") ? rest.substring(rest.indexOf(" AS ") + 4) : "";
                root = Files.createDirectories(into.resolve("stage-" + stages.size()));
                workdir = root;
                environment.clear();
                stages.put(name, root);
            }
            case "WORKDIR" -> workdir = Files.createDirectories(in(root, rest));
            case "COPY" -> copy(rest);
            case "RUN" -> {
                Path log = into.resolve("run.log");
                try (FunctionProcess run =
                        FunctionProcess.start(withThisJava(words(rest)), workdir, environment, log)) {
                    assertEquals(0, run.await(PATIENCE), () -> "RUN " + rest + "\n" + run.lastWords());
                }
            }
            case "ENV" -> {
                for (String setting : rest.split(" ")) {
                    String[] parts = setting.split("=", 2);
                    if (!parts[0].equals("PATH")) {
                        environment.put(parts[0], parts[1]);
                    }
                }
            }
            case "ENTRYPOINT" -> entrypoint = words(rest);
            case "CMD" -> arguments = words(rest);
            case "EXPOSE", "USER" -> {
                // Nothing to lay out.
            }
            default -> throw new IllegalArgumentException("This test knows no " + instruction + ": teach it.");
        }
    }

    private void copy(String rest) throws IOException {
        List<String> words = new ArrayList<>(List.of(rest.split(" +")));
        Path from = context;
        if (words.getFirst().startsWith("--from=")) {
            Path stage = stages.get(words.removeFirst().substring("--from=".length()));
            if (stage == null) {
                return; // out of another image: its Java, for which this test's stands
            }
            from = stage;
        }
        String destination = words.removeLast();
        Path to = in(destination.startsWith("/") ? root : workdir, destination);
        for (String source : words) {
            Path path = in(from, source);
            if (Files.isDirectory(path)) {
                copyTree(path, to);
            } else {
                link(path, destination.endsWith("/") ? to.resolve(name(source)) : to);
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    link(path, copy);
                }
            }
        }
    }

    /// The same file under another name, as a layer would have it: content, time and all, in place of what stood there.
    private static void link(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolve("..").normalize());
        Files.deleteIfExists(to);
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException otherDisk) {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Path in(Path folder, String path) {
        return folder.resolve(path.replaceFirst("^/+", "")).normalize();
    }

    private static List<String> words(String json) {
        try {
            return List.of(JSON.readValue(json, String[].class));
        } catch (IOException shell) {
            throw new UncheckedIOException("Only commands without a shell are carried out here: " + json, shell);
        }
    }

    private static List<String> withThisJava(List<String> words) {
        List<String> command = new ArrayList<>(words);
        if (command.getFirst().equals("java")) {
            command.set(
                    0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
        return command;
    }

    /// @return every file of the image, from its root
    List<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }

    /// @param given behind the image's name, in place of `CMD`; or null
    /// @return the entry point with its arguments
    List<String> command(@Nullable List<String> given) {
        List<String> command = new ArrayList<>(withThisJava(entrypoint));
        command.addAll(given == null ? arguments : given);
        return command;
    }

    Path workdir() {
        return workdir;
    }

    /// @param more beside the image's own environment
    Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return all;
    }
}
