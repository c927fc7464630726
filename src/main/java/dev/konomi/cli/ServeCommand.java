package dev.konomi.cli;

import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./konomi serve`: all functions over HTTP on this machine.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serve all functions over HTTP on this machine.")
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", defaultValue = "8080", description = "HTTP port (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            defaultValue = "target/serve",
            description = "Folder for the embedded database and the object store (default ${DEFAULT-VALUE}).")
    private Path data;

    @Override
    public Integer call() {
        String given = System.getenv("KONOMI_DATABASE_URL");
        System.setProperty("quarkus.http.port", Integer.toString(port));
        if (System.getenv("KONOMI_STORE_URL") == null) {
            System.setProperty(
                    "konomi.store.url",
                    data.resolve("store").toAbsolutePath().toUri().toString());
        }
        if (System.getenv("AWS_LAMBDA_RUNTIME_API") == null) {
            preset("konomi.trainer.local", "true");
            preset("konomi.retrain.check-every", "PT1M");
            preset(
                    "konomi.trainer.work",
                    data.resolve("trainer").toAbsolutePath().toString());
        }
        if (given != null) {
            Quarkus.run();
            return 0;
        }
        try (LocalDatabase database = LocalDatabase.start(data.resolve("postgres"))) {
            System.setProperty("konomi.database.url", database.url());
            Quarkus.run();
        }
        return 0;
    }

    /// Settings of the environment and of the command line stay.
    private static void preset(String setting, String value) {
        if (System.getenv(variable(setting)) == null && System.getProperty(setting) == null) {
            System.setProperty(setting, value);
        }
    }

    /// @return the variable of the environment that a setting is read from: every other character is an underscore
    static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
