package dev.konomi.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./konomi bench startup`: how long a cold process takes to its first answer.
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description = {
            "Measure a cold process to its first answer of score, the release's load included: the functions plain, and",
            "as function.zip, the container and the native executable ship them, where target has them."
        })
public final class StartupBenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "10", description = "Cold starts of each (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            Path home = Path.of(System.getProperty("konomi.home", ".")).toAbsolutePath();
            System.out.println(StartupBench.run(home, rounds, step -> System.out.println(step + " ..."))
                    .text());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return 0;
    }
}
