package dev.konomi.cli.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./konomi bench training`: what a training step costs on this machine.
@Command(
        name = "training",
        mixinStandardHelpOptions = true,
        description = {
            "Measure a training step of either head on one thread: tokens a second, share of the machine's",
            "matrix-multiply peak, peak memory; with --python beside the same step in PyTorch, in turn."
        })
public final class TrainingBenchCommand implements Callable<Integer> {
    private static final Path SCRIPT = Path.of("scripts", "pytorch", "sequence_step.py");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            defaultValue = "" + TrainingBench.ROUNDS,
            description = "Rounds of measured steps (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--steps",
            defaultValue = "" + TrainingBench.STEPS,
            description = "Steps in a round (default ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--python",
            description = "An interpreter with torch and numpy to compare with, e.g. venv/bin/python.")
    private @Nullable Path python;

    @Override
    public Integer call() {
        try {
            var reference = python == null ? null : new TrainingBench.Reference(python, script());
            var bench = new TrainingBench(rounds, steps, reference, step -> System.out.println(step + " ..."));
            System.out.println(bench.run().text());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return 0;
    }

    private static Path script() {
        Path script = Path.of(System.getProperty("konomi.home", ".")).resolve(SCRIPT);
        if (!Files.exists(script)) {
            throw new IllegalArgumentException("There is no " + script + ": start this by ./konomi from a checkout.");
        }
        return script;
    }
}
