package dev.konomi.cli;

import dev.konomi.cli.artifact.RehearseCommand;
import dev.konomi.cli.pilot.PilotCommand;
import dev.konomi.cli.study.StudyCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The door of `./konomi`: parses the command first and boots the server only for commands that
/// serve.
@QuarkusMain
@Command(
        name = "konomi",
        mixinStandardHelpOptions = true,
        version = "Konomi 0.1.0",
        description = "Learns what each person likes in generated images and puts it to work.",
        subcommands = {
            PilotCommand.class,
            ServeCommand.class,
            AtelierCommand.class,
            BenchCommand.class,
            TrainCommand.class,
            ModelsCommand.class,
            EvaluateCommand.class,
            ImportCommand.class,
            StudyCommand.class,
            RehearseCommand.class
        })
public final class Konomi implements Runnable {
    @Spec
    private CommandSpec spec;

    /// @param args the command and its options
    public static void main(String... args) {
        System.exit(commandLine().execute(args.length == 0 && onLambda() ? new String[] {"serve"} : args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Konomi()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandFailed failed) {
                command.getErr().println(failed.getMessage());
                return failed.exitCode();
            }
            throw failure;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See the list below.");
    }

    private static boolean onLambda() {
        return System.getenv("AWS_LAMBDA_RUNTIME_API") != null;
    }
}
