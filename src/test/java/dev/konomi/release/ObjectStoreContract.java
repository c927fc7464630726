package dev.konomi.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.release.ObjectStore.Absent;
import dev.konomi.release.ObjectStore.Found;
import dev.konomi.release.ObjectStore.Listed;
import dev.konomi.release.ObjectStore.Lost;
import dev.konomi.release.ObjectStore.Stored;
import dev.konomi.release.ObjectStore.Unchanged;
import dev.konomi.release.ObjectStore.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every object store keeps. Run against each.
abstract class ObjectStoreContract {
    private static final int WRITERS = 40;
    private static final int LARGE = 20 << 20;

    private ObjectStore store;

    /// @return an empty store
    abstract ObjectStore open();

    @BeforeEach
    void openEmpty() {
        store = open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatWasCreatedIsFound() {
        Written written = done(store.create("tenants/acme/items/a", bytes("blue")));
        Found found = done(store.get("tenants/acme/items/a")).orElseThrow();
        assertArrayEquals(bytes("blue"), found.bytes());
        assertEquals(assertInstanceOf(Stored.class, written).etag(), found.etag());
    }

    @Test
    void whatIsNotThereIsAbsent() {
        assertEquals(Optional.empty(), done(store.get("tenants/acme/items/none")));
        assertInstanceOf(Absent.class, done(store.getIfChanged("tenants/acme/items/none", "\"x\"")));
    }

    @Test
    void anEmptyObjectIsAnObject() {
        done(store.create("empty", new byte[0]));
        assertEquals(0, done(store.get("empty")).orElseThrow().bytes().length);
    }

    @Test
    void creatingTwiceKeepsTheFirst() {
        done(store.create("key", bytes("first")));
        assertInstanceOf(Lost.class, done(store.create("key", bytes("second"))));
        assertEquals("first", text("key"));
    }

    @Test
    void creatingTheSameContentTwiceIsLostToo() {
        done(store.create("key", bytes("same")));
        assertInstanceOf(Lost.class, done(store.create("key", bytes("same"))));
    }

    @Test
    void replacesWhatItHasSeen() {
        Stored first = assertInstanceOf(Stored.class, done(store.create("current", bytes("one"))));
        Stored second = assertInstanceOf(Stored.class, done(store.replace("current", bytes("two"), first.etag())));
        assertEquals("two", text("current"));
        assertEquals(second.etag(), done(store.get("current")).orElseThrow().etag());
    }

    @Test
    void doesNotReplaceWhatItHasNotSeen() {
        Stored first = assertInstanceOf(Stored.class, done(store.create("current", bytes("one"))));
        done(store.replace("current", bytes("two"), first.etag()));
        assertInstanceOf(Lost.class, done(store.replace("current", bytes("three"), first.etag())));
        assertEquals("two", text("current"));
    }

    @Test
    void doesNotReplaceWhatIsGone() {
        Stored first = assertInstanceOf(Stored.class, done(store.create("current", bytes("one"))));
        done(store.delete("current"));
        assertInstanceOf(Lost.class, done(store.replace("current", bytes("two"), first.etag())));
        assertEquals(Optional.empty(), done(store.get("current")));
    }

    @Test
    void replacingNothingCreates() {
        assertInstanceOf(Stored.class, done(store.replace("current", bytes("one"), null)));
        assertInstanceOf(Lost.class, done(store.replace("current", bytes("two"), null)));
        assertEquals("one", text("current"));
    }

    @Test
    void anUnchangedObjectIsNotSentAgain() {
        Stored first = assertInstanceOf(Stored.class, done(store.create("current", bytes("one"))));
        assertInstanceOf(Unchanged.class, done(store.getIfChanged("current", first.etag())));
        assertInstanceOf(Found.class, done(store.getIfChanged("current", null)));
        done(store.replace("current", bytes("two"), first.etag()));
        Found changed = assertInstanceOf(Found.class, done(store.getIfChanged("current", first.etag())));
        assertEquals("two", new String(changed.bytes(), UTF_8));
        assertInstanceOf(Unchanged.class, done(store.getIfChanged("current", changed.etag())));
    }

    @Test
    void listsByPrefixInOrder() {
        for (String key : List.of("t/b/2", "t/b/10", "t/a", "t/bc/1", "u/a")) {
            done(store.create(key, bytes(key)));
        }
        assertEquals(List.of("t/a", "t/b/10", "t/b/2", "t/bc/1", "u/a"), keys(""));
        assertEquals(List.of("t/b/10", "t/b/2"), keys("t/b/"));
        assertEquals(List.of("t/b/10", "t/b/2", "t/bc/1"), keys("t/b"));
        assertEquals(List.of(), keys("t/none/"));
        Listed listed = done(store.list("u")).getFirst();
        assertEquals(List.of("u/a"), keys("u"));
        assertEquals(3, listed.bytes());
        assertTrue(
                Duration.between(listed.modified(), Instant.now()).abs().compareTo(Duration.ofHours(1)) < 0,
                listed::toString);
    }

    @Test
    void listsMoreThanOnePage() {
        List<CompletionStage<Written>> writes = new ArrayList<>();
        for (int i = 0; i < 1_050; i++) {
            writes.add(store.create("many/%04d".formatted(i), bytes("x")));
            if (writes.size() == 30) {
                writes.forEach(ObjectStoreContract::done);
                writes.clear();
            }
        }
        writes.forEach(ObjectStoreContract::done);
        List<String> keys = keys("many/");
        assertEquals(1_050, keys.size());
        assertEquals("many/1049", keys.getLast());
    }

    @Test
    void deletingWhatIsNotThereIsNoError() {
        done(store.create("a/b/c", bytes("x")));
        done(store.delete("a/b/c"));
        done(store.delete("a/b/c"));
        assertEquals(List.of(), keys(""));
    }

    @Test
    void aDeletedKeyMayBeCreatedAgain() {
        done(store.create("a/b/c", bytes("x")));
        done(store.delete("a/b/c"));
        assertInstanceOf(Stored.class, done(store.create("a/b/c", bytes("y"))));
    }

    @Test
    void aLargeObjectComesBackWhole() {
        byte[] large = new byte[LARGE];
        new Random(3).nextBytes(large);
        done(store.create("large", large));
        assertTrue(Arrays.equals(large, done(store.get("large")).orElseThrow().bytes()));
        assertEquals(LARGE, done(store.list("large")).getFirst().bytes());
    }

    @RepeatedTest(5)
    void ofManyWritersOneReplaces() throws Exception {
        String etag = assertInstanceOf(Stored.class, done(store.create("current", bytes("start"))))
                .etag();
        List<Integer> winners = race(writer -> store.replace("current", bytes("by " + writer), etag));
        assertEquals(1, winners.size());
        assertEquals("by " + winners.getFirst(), text("current"));
    }

    @Test
    void ofManyWritersOneCreates() throws Exception {
        List<Integer> winners = race(writer -> store.create("fresh/key", bytes("by " + writer)));
        assertEquals(1, winners.size());
        assertEquals("by " + winners.getFirst(), text("fresh/key"));
    }

    @Test
    void readersSeeOnlyWholeObjects() throws Exception {
        byte[][] contents = {filled('a'), filled('b')};
        String etag = assertInstanceOf(Stored.class, done(store.create("swapped", contents[0])))
                .etag();
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Integer> reads = threads.submit(() -> {
                int count = 0;
                do {
                    byte[] seen = done(store.get("swapped")).orElseThrow().bytes();
                    assertTrue(Arrays.equals(seen, contents[0]) || Arrays.equals(seen, contents[1]));
                    count++;
                } while (writing.get());
                return count;
            });
            for (int i = 1; i <= 20; i++) {
                Written written = done(store.replace("swapped", contents[i % 2], etag));
                etag = assertInstanceOf(Stored.class, written).etag();
            }
            writing.set(false);
            assertTrue(reads.get() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "a/../b",
                "..",
                ".",
                "a//b",
                "a/",
                ".store/locks/1",
                "a/.b",
                "a\\b",
                "ü",
                "a b",
                "a\u0000b"
            })
    void refusesKeysThatAreNone(String key) {
        assertThrows(IllegalArgumentException.class, () -> store.get(key));
        assertThrows(IllegalArgumentException.class, () -> store.getIfChanged(key, null));
        assertThrows(IllegalArgumentException.class, () -> store.create(key, bytes("x")));
        assertThrows(IllegalArgumentException.class, () -> store.replace(key, bytes("x"), null));
        assertThrows(IllegalArgumentException.class, () -> store.delete(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../", "/", "a/../", "a//"})
    void refusesPrefixesThatAreNone(String prefix) {
        assertThrows(IllegalArgumentException.class, () -> store.list(prefix));
    }

    private List<Integer> race(Writer writer) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Integer> winners = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Written>> writes = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                writes.add(threads.submit(() -> {
                    start.await();
                    return done(writer.write(number));
                }));
            }
            start.countDown();
            for (int i = 0; i < WRITERS; i++) {
                if (writes.get(i).get() instanceof Stored) {
                    winners.add(i);
                }
            }
        }
        return winners;
    }

    private List<String> keys(String prefix) {
        return done(store.list(prefix)).stream().map(Listed::key).toList();
    }

    private String text(String key) {
        return new String(done(store.get(key)).orElseThrow().bytes(), UTF_8);
    }

    private static byte[] filled(char letter) {
        byte[] bytes = new byte[1 << 19];
        Arrays.fill(bytes, (byte) letter);
        return bytes;
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private interface Writer {
        CompletionStage<Written> write(int number);
    }
}
