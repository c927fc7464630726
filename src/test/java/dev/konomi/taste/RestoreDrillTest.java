package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.DatabaseDump;
import dev.konomi.MigratedDatabase;
import dev.konomi.Wired;
import dev.konomi.door.Caller;
import dev.konomi.door.Outcome;
import dev.konomi.event.SignalSettings;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.item.ItemReference;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.ObjectStores;
import dev.konomi.release.Publication;
import dev.konomi.release.Publisher;
import dev.konomi.train.SmallTown;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The drill of `docs/operations.md`: a copy of the database and a copy of the bucket, restored elsewhere, answer as
/// the
/// originals did.
class RestoreDrillTest {
    private static final String TENANT = "drilled";

    @TempDir
    private Path folder;

    @Test
    void aRestoredDatabaseAndBucketGiveTheSameScoresToTheByte() throws Exception {
        DataSource original = migrated("original");
        SmallTown town = new SmallTown(original, TENANT, 5).items(12).people(8, 6, 1);
        Path bucket = folder.resolve("bucket");
        try (ObjectStore store = ObjectStores.open(bucket.toUri(), Map.of());
                ItemEncoder encoder = SmallTown.encoder()) {
            Path release = TinyRelease.sealed(TENANT, 3, encoder.digest(), encoder.width(), null, 40);
            assertInstanceOf(
                    Publication.Published.class,
                    new Publisher(store, Clock.systemUTC())
                            .publish(release)
                            .toCompletableFuture()
                            .join());
        }
        List<String> before = answers("original", bucket, "first");
        assertTrue(before.stream().allMatch(answer -> answer.contains("\"release\":\"")), before::toString);
        assertTrue(before.stream().distinct().count() > 1, "people differ");

        DatabaseDump dump = DatabaseDump.of(original);
        Path copy = folder.resolve("copy");
        copy(bucket, copy);
        MigratedDatabase.drop("original");
        delete(bucket);

        DataSource restored = migrated("restored");
        dump.restore(restored);
        assertEquals(before, answers("restored", copy, "second"));
        assertTrue(new SmallTown(restored, TENANT, 9).person("somebody new") > 8, "numbers go on where they were");
        assertEquals(town.items().size(), count(restored, "content"));
    }

    private List<String> answers(String database, Path bucket, String cache) {
        Vertx vertx = Vertx.vertx();
        Pool pool = PgBuilder.pool()
                .connectingTo(MigratedDatabase.url(database))
                .using(vertx)
                .build();
        SmallRyeConfig settings = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(
                        Map.of("konomi.taste.folder", folder.resolve(cache).toString()), "given", 500))
                .withMapping(TasteSettings.class)
                .withMapping(SignalSettings.class)
                .build();
        try (ObjectStore store = ObjectStores.open(bucket.toUri(), Map.of());
                ItemEncoder encoder = SmallTown.encoder()) {
            Wired wired = new Wired(
                    pool,
                    store,
                    encoder,
                    Clock.systemUTC(),
                    new SimpleMeterRegistry(),
                    settings.getConfigMapping(TasteSettings.class),
                    settings.getConfigMapping(SignalSettings.class));
            ReleaseLoader loader = wired.get(StoredReleases.class);
            Scores scores = new Wired(
                            loader,
                            pool,
                            store,
                            encoder,
                            Clock.systemUTC(),
                            new SimpleMeterRegistry(),
                            settings.getConfigMapping(TasteSettings.class),
                            settings.getConfigMapping(SignalSettings.class))
                    .get(Scores.class);
            List<String> answers = new ArrayList<>();
            for (int person = 0; person < 4; person++) {
                answers.add(answer(scores, "p" + person));
            }
            return answers;
        } finally {
            pool.closeAndAwait();
            vertx.closeAndAwait();
        }
    }

    private static String answer(Scores scores, String user) {
        List<ItemReference> candidates = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            candidates.add(new ItemReference.Inline(
                    new ItemContent(null, "picture " + i + " of " + TENANT, List.of("small"))));
        }
        Outcome<ScoreAnswer> outcome =
                scores.answer(new Caller(TENANT), new ScoreRequest(user, null, candidates, true, false));
        ScoreAnswer answer = outcome instanceof Outcome.Answered<ScoreAnswer>(ScoreAnswer answered) ? answered : null;
        assertNotNull(answer, outcome::toString);
        ObjectNode json = JsonMapper.builder().findAndAddModules().build().valueToTree(answer);
        assertNotNull(json.remove("decision"), "every decision has a name of its own");
        return json.toString();
    }

    private static DataSource migrated(String name) {
        DataSource database = MigratedDatabase.empty(name);
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }

    private static int count(DataSource database, String table) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            assertTrue(row.next());
            return row.getInt(1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
