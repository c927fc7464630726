package dev.konomi.cli;

import dev.konomi.train.atelier.AtelierOptions;
import dev.konomi.train.atelier.TrainAtelier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "atelier",
        mixinStandardHelpOptions = true,
        description = "Train the encoder that ships with Konomi on the gallery; goes on where it was interrupted.")
final class AtelierCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            defaultValue = "target/atelier/encoder",
            description = "Folder for the finished encoder (default ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--steps", defaultValue = "3000", description = "Optimizer steps (default ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--paintings",
            defaultValue = "24000",
            description = "Pictures to learn from (default ${DEFAULT-VALUE}).")
    private int paintings;

    @Option(names = "--seed", defaultValue = "20260924", description = "Seed of everything random.")
    private long seed;

    @Option(
            names = "--rate",
            defaultValue = "0.0015",
            description = "Learning rate at its peak; a round that goes on wants less (default ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--from",
            description =
                    "What to begin with: a checkpoint of a finished run, e.g. target/atelier/run-…/step-3000, or the"
                            + " folder of a finished encoder.")
    private @Nullable Path from;

    @Override
    public Integer call() throws IOException {
        AtelierOptions options = AtelierOptions.shipped()
                .withSteps(steps)
                .withPaintings(paintings)
                .withSeed(seed)
                .withLearningRate(rate)
                .withFrom(from);
        String command =
                "./konomi atelier --steps %d --paintings %d --seed %d --rate %s".formatted(steps, paintings, seed, rate)
                        + (from == null ? "" : " --from " + from);
        TrainAtelier.run(out, options, command, System.out::println);
        return 0;
    }
}
