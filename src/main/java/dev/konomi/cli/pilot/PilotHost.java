package dev.konomi.cli.pilot;

import dev.konomi.cli.LocalDatabase;
import dev.konomi.cli.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a pilot runs on: a database of its own, a folder as object store, and the functions in another process.
///
/// @param folder of everything that runs
/// @param database the embedded PostgreSQL
/// @param store the folder
/// @param server the functions' process
/// @param functions where they are called
record PilotHost(Path folder, LocalDatabase database, Path store, ServerProcess server, FunctionClient functions)
        implements AutoCloseable {
    /// @param home the checkout's folder, where the launcher lies
    /// @param out the pilot's folder; what an earlier pilot left is removed
    /// @param port of the functions, 0 for any free one
    /// @param scale decides how long the trainer may take
    static PilotHost open(Path home, Path out, int port, PilotScale scale) {
        Path folder = emptied(out.resolve("run"));
        LocalDatabase database = LocalDatabase.start(folder.resolve("postgres"));
        try {
            Path store = folder.resolve("store");
            ServerProcess server = ServerProcess.start(
                    home, port, environment(folder, store, database, scale), folder.resolve("serve.log"));
            return new PilotHost(folder, database, store, server, new FunctionClient(server.address()));
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private static Map<String, String> environment(Path folder, Path store, LocalDatabase database, PilotScale scale) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KONOMI_DATABASE_URL", database.url());
        environment.put("KONOMI_STORE_URL", store.toAbsolutePath().toUri().toString());
        environment.put("KONOMI_TRAINER_LOCAL", "true");
        // The pilot says itself when to train.
        environment.put("KONOMI_RETRAIN_CHECK_EVERY", "");
        // This runs, so the checkout is built; building again would pull its class path from under it.
        environment.put("KONOMI_BUILT", "yes");
        environment.put("KONOMI_TRAINER_PLAN", scale.quick() ? "quick" : "full");
        environment.put("KONOMI_TRAINER_SEQUENCE", "true");
        environment.put(
                "KONOMI_TRAINER_WORK", trainerWork(folder).toAbsolutePath().toString());
        return environment;
    }

    /// @return where the trainer keeps its files
    Path trainerWork() {
        return trainerWork(folder);
    }

    private static Path trainerWork(Path folder) {
        return folder.resolve("trainer");
    }

    /// @return database and object store, for who reads what the functions wrote
    Workplace workplace() {
        return new Workplace(
                folder,
                Map.of(
                        "konomi.database.url",
                        database.url(),
                        "konomi.store.url",
                        store.toAbsolutePath().toUri().toString()));
    }

    private static Path emptied(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> walk = Files.walk(folder)) {
                    List<Path> deepestFirst =
                            walk.sorted(Comparator.reverseOrder()).toList();
                    for (Path path : deepestFirst) {
                        Files.delete(path);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "What an earlier pilot left in " + folder
                            + " could not be removed; is one still running? Give another --out.",
                    failure);
        }
    }

    @Override
    public void close() {
        functions.close();
        server.close();
        database.close();
    }
}
