package dev.konomi.train.stage;

import dev.konomi.train.dataset.Dataset;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One of several processes that train a model together, and what they train.
final class PeerProcess {
    static final Dataset PEOPLE = TwoGroups.people(1, 60, 24);
    static final TrainingPlan PLAN = TwoGroups.plan(5, 60, 40, 20).withModalityDropout(0);

    private PeerProcess() {}

    /// @param arguments where they meet, rank, count, and an empty folder
    public static void main(String... arguments) throws IOException {
        int rank = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[3]);
        try (Peers peers =
                Peers.meet(URI.create(arguments[0]), rank, Integer.parseInt(arguments[2]), TrainingPlan.Device.CPU)) {
            Files.write(folder.resolve("trained.txt"), train(folder, peers));
        }
        System.exit(0); // libtorch's threads would wait for more
    }

    /// @return the losses of all stages on the way, and what was learned: name and numbers a line
    static List<String> train(Path folder, Peers peers) {
        List<String> lines = new ArrayList<>();
        TrainedModel model = Training.run(
                PEOPLE,
                PLAN,
                folder,
                (stage, step, total, loss) -> lines.add(line(stage + " " + step, new float[] {(float) loss})),
                peers);
        for (Map.Entry<String, float[]> values : model.values().entrySet()) {
            lines.add(line(values.getKey(), values.getValue()));
        }
        return lines;
    }

    private static String line(String name, float[] numbers) {
        StringBuilder line = new StringBuilder(name.replace(' ', '-'));
        for (float number : numbers) {
            line.append(' ').append(String.format(Locale.ROOT, "%.9g", number));
        }
        return line.toString();
    }

    /// @return the process, just started
    static Process start(URI place, int rank, int count, Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.bytedeco.openblas.load=mkl",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path").replace(':', File.pathSeparatorChar),
                        PeerProcess.class.getName(),
                        place.toString(),
                        Integer.toString(rank),
                        Integer.toString(count),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /// @return what it trained
    static List<String> result(Process process, Path folder) throws IOException, InterruptedException {
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("It did not end well:\n" + Files.readString(folder.resolve("log")));
        }
        return Files.readAllLines(folder.resolve("trained.txt"));
    }
}
