package dev.konomi.cli.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/// Finished runs for tests: files that were kept, and runs made up on the spot.
final class StudyFiles {
    private StudyFiles() {}

    /// @return the kept file `name`, e.g. `worlds/6001.json`
    static String text(String name) {
        try (var in = StudyFiles.class.getResourceAsStream("/dev/konomi/cli/study/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts kept files into a study's folder.
    static void copy(Path folder, String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text(name));
        }
    }

    static WorldKey broad(long seed) {
        return new WorldKey(seed, Society.BROAD);
    }

    /// @return the same accuracies after any number of pairs
    static Curve flat(List<Integer> lengths, double... accuracies) {
        return Curve.of(lengths, _ -> accuracies);
    }

    /// @return the same accuracies whoever is told
    static Told told(Curve curve) {
        return new Told(curve, curve, curve);
    }

    static StudyRun run(RunKey key, String fingerprint, Curve konomi, Told told) {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("accuracy.8", .65);
        return new StudyRun(key, fingerprint, 10, 60, "a machine", "stage-one", figures, konomi, told);
    }
}
