package dev.konomi.cli;

import dev.konomi.cli.bench.ServingBench;
import dev.konomi.cli.bench.ServingFigures;
import dev.konomi.cli.bench.StandInRelease;
import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./konomi bench`: what scoring costs on this machine.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure what scoring costs on this machine, with either head, on one thread.")
final class BenchCommand implements Callable<Integer> {
    @Option(
            names = "--release",
            description = "Folder of a release with both heads; without, one of the usual sizes is made.")
    private @Nullable Path folder;

    @Option(names = "--rounds", defaultValue = "300", description = "Requests to measure (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws IOException {
        try (OnnxItemEncoder encoder = OnnxItemEncoder.atelier(1)) {
            Release release = folder == null
                    ? StandInRelease.in(encoder, Files.createTempDirectory("konomi-release"))
                    : read(folder);
            print(ServingBench.run(release, encoder, rounds, step -> System.out.println(step + " ...")));
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(2, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private static Release read(Path folder) {
        return switch (ReleaseFolder.verify(folder)) {
            case Verification.Sound(Release release) -> release;
            case Verification.Refused(String reason) -> throw new CommandFailed(2, reason);
        };
    }

    private static void print(ServingFigures figures) {
        ServingFigures.Sequence sequence = figures.sequence();
        System.out.printf(
                Locale.ROOT,
                """

                %d candidates, 8 + 8 items of history, one thread, cached encodings
                late head         p50 %8.2f ms   p99 %8.2f ms
                head in sequence  p50 %8.2f ms   p99 %8.2f ms
                  one pass over every candidate's sequence takes %.1f times as long (at most %.1f by positions)
                  the published protocol, which encodes 17 images for every candidate, %.0f times
                  largest difference between cached and one-pass logits %.1e
                """,
                figures.candidates(),
                figures.late().p50Millis(),
                figures.late().p99Millis(),
                sequence.p50Millis(),
                sequence.p99Millis(),
                sequence.onePassRatio(),
                sequence.ratioCeiling(),
                sequence.publishedRatio(),
                sequence.maxLogitDifference());
    }
}
