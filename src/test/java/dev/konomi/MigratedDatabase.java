package dev.konomi;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// A real PostgreSQL with Konomi's tables for tests that start no Quarkus; tests keep apart by tenant.
public final class MigratedDatabase {
    private static final EmbeddedPostgres POSTGRES = start();

    private MigratedDatabase() {}

    public static DataSource dataSource() {
        return POSTGRES.getPostgresDatabase();
    }

    /// As `KONOMI_DATABASE_URL` has it.
    public static String url() {
        return "postgresql://postgres:postgres@localhost:" + POSTGRES.getPort() + "/postgres";
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    postgres.close();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }));
            Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
            return postgres;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
