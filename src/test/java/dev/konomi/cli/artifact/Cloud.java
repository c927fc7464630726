package dev.konomi.cli.artifact;

import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.S3Server;
import dev.konomi.taste.TinyRelease;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/// What delivered functions work on: a real PostgreSQL without Konomi's tables, a real S3 server, and a release in it.
final class Cloud implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final S3Server bucket = new S3Server();
    private final Path folder;

    Cloud() {
        try {
            postgres =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            folder = Files.createTempDirectory("konomi-cloud");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        try (OnnxItemEncoder encoder = OnnxItemEncoder.atelier(1);
                ObjectStore store = bucket.open("")) {
            TinyRelease.publish(store, "local", 1, encoder.digest(), encoder.width());
        }
    }

    /// @return where the processes keep their logs and releases
    Path folder() {
        return folder;
    }

    int databasePort() {
        return postgres.getPort();
    }

    Map<String, String> settings() {
        return settings(postgres.getPort());
    }

    /// @param databasePort of the database or of who stands before it
    Map<String, String> settings(int databasePort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("KONOMI_TENANT", "local");
        settings.put("KONOMI_DATABASE_URL", "postgresql://postgres:postgres@127.0.0.1:" + databasePort + "/postgres");
        settings.put("KONOMI_STORE_URL", "s3://" + S3Server.BUCKET);
        settings.put("KONOMI_TASTE_FOLDER", folder.resolve("releases").toString());
        bucket.settings()
                .forEach((name, value) ->
                        settings.put(name.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"), value));
        return settings;
    }

    Connection database() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /// @param sql a query for one number
    long count(String sql) throws SQLException {
        try (Connection database = database();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        bucket.close();
        try {
            postgres.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
