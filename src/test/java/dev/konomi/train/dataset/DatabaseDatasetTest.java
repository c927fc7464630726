package dev.konomi.train.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.konomi.MigratedDatabase;
import dev.konomi.event.SignalPolicy;
import dev.konomi.event.SignalSettings;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.ObjectStores;
import dev.konomi.train.SmallTown;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class DatabaseDatasetTest {
    private static final SignalPolicy POLICY = new SignalPolicy(new SmallRyeConfigBuilder()
            .withMapping(SignalSettings.class)
            .build()
            .getConfigMapping(SignalSettings.class));

    private final DataSource database = MigratedDatabase.dataSource();

    @TempDir
    private Path folder;

    private String tenant = "";

    @BeforeEach
    void ownTenant(TestInfo test) {
        tenant = "d" + Integer.toHexString(test.getDisplayName().hashCode());
    }

    @Test
    void readsChoicesAndOpinionsInTheirOrderOverOneListOfItems() {
        SmallTown town = new SmallTown(database, tenant, 1).items(4);
        long alice = town.person("alice");
        List<String> items = town.items();
        town.event(alice, "Disliked", 3, items.get(2), List.of(), null);
        town.event(alice, "Chosen", 1, items.get(0), List.of(items.get(1), items.get(2)), null);
        String regretted = town.event(alice, "Liked", 2, items.get(3), List.of(), null);
        town.event(alice, "Withdrawn", 4, null, List.of(), regretted);
        long silent = town.person("silent");
        town.event(silent, "Shown", 1, items.get(0), List.of(), null);

        DatabaseDataset read = read(SmallTown.encoder());

        List<String> expected = items.subList(0, 3).stream().sorted().toList();
        assertEquals(expected, read.items());
        int a = expected.indexOf(items.get(0));
        int b = expected.indexOf(items.get(1));
        int c = expected.indexOf(items.get(2));
        long start = 1_767_225_600_000L;
        assertEquals(
                List.of(new Person(
                        alice,
                        List.of(
                                new Choice(a, b, 0.5f, start + 3_600_000),
                                new Choice(a, c, 0.5f, start + 3_600_000),
                                new Opinion(c, false, 1, start + 3 * 3_600_000)))),
                read.dataset().people());
        assertEquals(2, read.events());
        assertEquals("picture 0 of " + tenant, read.words().get(a).text());
        assertEquals(List.of("small"), read.words().get(a).tags());
    }

    @Test
    void encodesAnItemOnceAndReadsItEverAfter() {
        new SmallTown(database, tenant, 2).items(70).people(20, 8, 1);
        List<Integer> batches = new ArrayList<>();
        ItemEncoder counting = counting(batches, Integer.MAX_VALUE);
        DatabaseDataset first = read(counting);
        assertEquals(
                first.items().size(),
                batches.stream().mapToInt(Integer::intValue).sum());
        batches.clear();
        DatabaseDataset second = read(counting);
        assertEquals(List.of(), batches);
        assertEquals(first.fingerprint(), second.fingerprint());
        for (int i = 0; i < first.items().size(); i++) {
            assertArrayEquals(
                    first.dataset().items().get(i).text(),
                    second.dataset().items().get(i).text());
        }
    }

    @Test
    void aTrainerThatDiesWhileEncodingLeavesWhatItHasEncodedToTheNext() {
        new SmallTown(database, tenant, 2).items(150).people(30, 16, 1);
        List<Integer> batches = new ArrayList<>();
        assertThrows(IllegalStateException.class, () -> read(counting(batches, 3)));
        assertEquals(List.of(32, 32, 32), batches);
        batches.clear();
        List<String> told = new ArrayList<>();
        DatabaseDataset read = DatabaseDataset.read(
                database,
                store(),
                tenant,
                now(),
                POLICY,
                counting(batches, Integer.MAX_VALUE),
                (done, total) -> told.add(done + "/" + total));
        int left = read.items().size() - 2 * 32;
        assertEquals(left, batches.stream().mapToInt(Integer::intValue).sum());
        assertEquals((left + 31) / 32, batches.size(), "in batches of 32");
        assertEquals("32/" + left, told.getFirst());
        assertEquals(left + "/" + left, told.getLast());
    }

    /// @param last batch, counted from 1, that it dies in
    private static ItemEncoder counting(List<Integer> batches, int last) {
        return new ItemEncoder() {
            private final ItemEncoder inner = SmallTown.encoder();

            @Override
            public String digest() {
                return inner.digest();
            }

            @Override
            public int width() {
                return inner.width();
            }

            @Override
            public List<Encoding> encode(List<ItemContent> items) {
                batches.add(items.size());
                if (batches.size() == last) {
                    throw new IllegalStateException("out of memory");
                }
                return inner.encode(items);
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void whatIsRecordedLaterOrByOthersIsLeftOut() {
        SmallTown town = new SmallTown(database, tenant, 3).items(20).people(5, 4, 1);
        DatabaseDataset before = read(SmallTown.encoder());
        Instant then = now();
        town.people(3, 4, 1);
        new SmallTown(database, tenant + "x", 4).items(5).people(2, 3, 1);
        DatabaseDataset asBefore = DatabaseDataset.read(
                database, store(), tenant, then, POLICY, SmallTown.encoder(), DatabaseDataset.Progress.SILENT);
        assertEquals(before.dataset().people(), asBefore.dataset().people());
        assertEquals(before.fingerprint(), asBefore.fingerprint());
        DatabaseDataset after = read(SmallTown.encoder());
        assertEquals(8, after.dataset().people().size());
        assertNotEquals(before.fingerprint(), after.fingerprint());
    }

    private DatabaseDataset read(ItemEncoder encoder) {
        return DatabaseDataset.read(database, store(), tenant, now(), POLICY, encoder, DatabaseDataset.Progress.SILENT);
    }

    private static Instant now() {
        try (var connection = MigratedDatabase.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select now()")) {
            return row.next() ? row.getObject(1, java.time.OffsetDateTime.class).toInstant() : Instant.EPOCH;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectStore store() {
        return ObjectStores.open(folder.toUri(), Map.of());
    }
}
