package dev.konomi;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

    /// A new database beside it on the same server, without tables; one of the same name is replaced.
    public static DataSource empty(String name) {
        drop(name);
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return POSTGRES.getDatabase("postgres", name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// As `KONOMI_DATABASE_URL` has one of [#empty].
    public static String url(String name) {
        return "postgresql://postgres:postgres@localhost:" + POSTGRES.getPort() + "/" + name;
    }

    /// Ends one of [#empty], whoever is connected.
    public static void drop(String name) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
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
