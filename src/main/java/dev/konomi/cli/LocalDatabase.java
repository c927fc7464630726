package dev.konomi.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/// A real PostgreSQL on this machine for as long as a command runs. Set `KONOMI_DATABASE_URL` to use another.
public final class LocalDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private LocalDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /// @param folder where the database keeps its files; what it holds survives a restart
    /// @throws UncheckedIOException when PostgreSQL does not start
    public static LocalDatabase start(Path folder) {
        try {
            return new LocalDatabase(EmbeddedPostgres.builder()
                    .setDataDirectory(folder.toAbsolutePath())
                    .setCleanDataDirectory(false)
                    .setServerConfig("synchronous_commit", "off")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start());
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The embedded PostgreSQL did not start in " + folder
                            + "; set KONOMI_DATABASE_URL to use a PostgreSQL of your own.",
                    failure);
        }
    }

    /// @return `postgresql://user:password@host:port/database`
    public String url() {
        return "postgresql://postgres:postgres@localhost:" + postgres.getPort() + "/postgres";
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop.", failure);
        }
    }
}
