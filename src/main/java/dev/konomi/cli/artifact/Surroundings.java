package dev.konomi.cli.artifact;

import dev.konomi.cli.LocalDatabase;
import dev.konomi.cli.bench.StandInRelease;
import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.ObjectStores;
import dev.konomi.release.Publication;
import dev.konomi.release.Publisher;
import dev.konomi.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/// What delivered functions need around them, on this machine: a database, a folder as object store, and in it a
/// release of the usual sizes that has learnt next to nothing.
///
/// @param folder of it all
/// @param database the embedded PostgreSQL
public record Surroundings(Path folder, LocalDatabase database) implements AutoCloseable {
    /// @param folder an empty one
    /// @throws IOException when it cannot be written
    public static Surroundings in(Path folder) throws IOException {
        try (OnnxItemEncoder encoder = OnnxItemEncoder.atelier(1);
                ObjectStore store = ObjectStores.open(store(folder).toUri(), Map.of())) {
            Release release = StandInRelease.in(encoder, Files.createDirectories(folder.resolve("release")));
            Publication publication = new Publisher(store, Clock.systemUTC())
                    .publish(release.folder())
                    .toCompletableFuture()
                    .join();
            if (!(publication instanceof Publication.Published)) {
                throw new IllegalStateException("The stand-in for a release was not published: " + publication);
            }
        }
        return new Surroundings(folder, LocalDatabase.start(folder.resolve("postgres")));
    }

    private static Path store(Path folder) throws IOException {
        return Files.createDirectories(folder.resolve("store").toAbsolutePath());
    }

    /// @param releases where a process keeps verified releases; an empty folder makes it fetch one
    /// @return the environment of a process
    public Map<String, String> settings(Path releases) {
        Map<String, String> settings = new HashMap<>();
        settings.put("KONOMI_TENANT", StandInRelease.TENANT);
        settings.put("KONOMI_DATABASE_URL", database.url());
        settings.put(
                "KONOMI_STORE_URL",
                folder.resolve("store").toAbsolutePath().toUri().toString());
        settings.put("KONOMI_TRAINER_LOCAL", "false");
        settings.put("KONOMI_TASTE_FOLDER", releases.toAbsolutePath().toString());
        return settings;
    }

    @Override
    public void close() {
        database.close();
    }
}
