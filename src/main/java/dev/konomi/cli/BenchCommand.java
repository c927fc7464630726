package dev.konomi.cli;

import dev.konomi.cli.bench.ServingBench;
import dev.konomi.cli.bench.StandInRelease;
import dev.konomi.cli.bench.StartupBenchCommand;
import dev.konomi.cli.bench.TrainingBenchCommand;
import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./konomi bench`: what scoring costs on this machine.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure what scoring costs on this machine, with either head, on one thread.",
        subcommands = {TrainingBenchCommand.class, StartupBenchCommand.class})
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
            System.out.println(ServingBench.run(release, encoder, rounds, step -> System.out.println(step + " ..."))
                    .text());
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
}
