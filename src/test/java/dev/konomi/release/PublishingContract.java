package dev.konomi.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.release.ObjectStore.Listed;
import dev.konomi.release.Publication.AlreadyCurrent;
import dev.konomi.release.Publication.Overtaken;
import dev.konomi.release.Publication.Published;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What publishing keeps, whatever the store. Run against each.
abstract class PublishingContract {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String TENANT = TestRelease.TENANT;

    /// Enough for every operation of a publication.
    private static final int MOST_OPERATIONS = 40;

    @TempDir
    private Path folder;

    private ObjectStore store;
    private Publisher publisher;
    private Releases releases;

    /// @return an empty store
    abstract ObjectStore open();

    @BeforeEach
    void openEmpty() {
        store = open();
        publisher = new Publisher(store, CLOCK);
        releases = new Releases(store, folder.resolve("kept"), CLOCK);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aFirstReleaseBecomesCurrent() {
        String digest = seal(1, null);
        assertEquals(new Published(new Pointer(digest, NOW, null)), publish(1));
        assertEquals(Optional.of(new Pointer(digest, NOW, null)), done(releases.current(TENANT)));
        assertEquals(digest, loaded(digest).digest());
        assertEquals(ByteBuffer.wrap(TestRelease.item(1)), loaded(digest).graph("item"));
    }

    @Test
    void aChallengerReplacesItsParent() {
        String first = published(1, null);
        String second = seal(2, first);
        assertEquals(new Published(new Pointer(second, NOW, first)), publish(2));
        assertEquals(List.of(second, first), digests());
        assertEquals(
                List.of(true, false),
                listed().stream().map(Releases.Published::current).toList());
    }

    @Test
    void publishingAgainChangesNothing() {
        String first = published(1, null);
        List<Listed> objects = done(store.list(""));
        assertEquals(new AlreadyCurrent(first), publish(1));
        assertEquals(objects, done(store.list("")));
    }

    @Test
    void aReleaseWhoseParentIsNoLongerCurrentIsStoredButNotServed() {
        String first = published(1, null);
        String second = published(2, first);
        String late = seal(3, first);
        assertEquals(new Overtaken(late, second), publish(3));
        assertEquals(second, current());
        assertEquals(late, loaded(late).digest());
        String orphan = seal(4, null);
        assertEquals(new Overtaken(orphan, second), publish(4));
        assertEquals(second, current());
    }

    @Test
    void anUnsoundFolderIsRefusedAndNothingIsWritten() throws IOException {
        String digest = seal(1, null);
        Files.write(path(1).resolve("score.onnx"), new byte[] {1});
        assertInstanceOf(Publication.Refused.class, publish(1));
        assertInstanceOf(Verification.Refused.class, done(publisher.store(path(1))));
        assertEquals(List.of(), done(store.list("")));
        assertInstanceOf(Publication.Refused.class, done(releases.promote(TENANT, digest)));
    }

    @Test
    void thePointerIsWrittenLast() {
        seal(1, null);
        var recording = new KilledStore(store, MOST_OPERATIONS, false);
        done(new Publisher(recording, CLOCK).publish(path(1)));
        List<String> writes = recording.writes();
        assertEquals(ReleaseKeys.pointer(TENANT), writes.getLast());
        assertTrue(writes.get(writes.size() - 2).endsWith("/" + Manifest.FILE), writes.toString());
        assertEquals(7, writes.size(), writes.toString());
    }

    @Test
    void killedBeforeAnyOperationTheOldReleaseStaysAndARerunPublishes() {
        killedAtEveryOperation(false);
    }

    @Test
    void killedAfterAnyOperationOneReleaseIsWholeAndCurrentAndARerunEndsThere() {
        killedAtEveryOperation(true);
    }

    private void killedAtEveryOperation(boolean afterwards) {
        String standing = published(1, null);
        int kills = 0;
        for (int k = 1; k <= MOST_OPERATIONS; k++) {
            int number = k + 1;
            String challenger = seal(number, standing);
            var killed = new KilledStore(store, k, afterwards);
            boolean died = false;
            try {
                assertInstanceOf(Published.class, done(new Publisher(killed, CLOCK).publish(path(number))));
            } catch (CompletionException e) {
                died = true;
                kills++;
            }
            String now = current();
            if (died && !afterwards) {
                assertEquals(standing, now, "killed at operation " + k);
            }
            assertTrue(List.of(standing, challenger).contains(now), "killed at operation " + k);
            assertEquals(now, loaded(now).digest());
            for (String digest : digests()) {
                assertEquals(digest, loaded(digest).digest());
            }

            Publication rerun = publish(number);
            assertEquals(challenger, current());
            assertTrue(
                    now.equals(challenger) ? rerun instanceof AlreadyCurrent : rerun instanceof Published,
                    rerun.toString());
            assertEquals(challenger, loaded(challenger).digest());
            standing = challenger;
            if (!died) {
                break;
            }
        }
        // Six files, the pointer's read and its swap.
        assertEquals(8, kills);
    }

    @Test
    void aRerunMendsADamagedFile() {
        String digest = seal(1, null);
        done(store.create(ReleaseKeys.file(TENANT, digest, "item.onnx"), new byte[] {1, 2, 3}));
        assertInstanceOf(Published.class, publish(1));
        assertEquals(ByteBuffer.wrap(TestRelease.item(1)), loaded(digest).graph("item"));
    }

    @RepeatedTest(3)
    void oneOfSeveralChallengersWins() throws Exception {
        String first = published(1, null);
        List<String> challengers = new ArrayList<>();
        for (int number = 2; number <= 5; number++) {
            challengers.add(seal(number, first));
        }
        List<Publication> publications = atOnce(List.of(2, 3, 4, 5));
        String winner = current();
        assertTrue(challengers.contains(winner));
        for (int i = 0; i < challengers.size(); i++) {
            Publication expected = challengers.get(i).equals(winner)
                    ? new Published(new Pointer(winner, NOW, first))
                    : new Overtaken(challengers.get(i), winner);
            assertEquals(expected, publications.get(i));
        }
    }

    @RepeatedTest(3)
    void oneReleasePublishedTwiceAtOnceIsPublished() throws Exception {
        String digest = seal(1, null);
        List<Publication> publications = atOnce(List.of(1, 1, 1));
        assertEquals(digest, current());
        assertEquals(
                1, publications.stream().filter(Published.class::isInstance).count(), publications.toString());
        assertEquals(
                2,
                publications.stream().filter(new AlreadyCurrent(digest)::equals).count(),
                publications.toString());
        assertEquals(digest, loaded(digest).digest());
    }

    private List<Publication> atOnce(List<Integer> numbers) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Publication> publications = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Publication>> futures = new ArrayList<>();
            for (int number : numbers) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return publish(number);
                }));
            }
            start.countDown();
            for (Future<Publication> future : futures) {
                publications.add(future.get());
            }
        }
        return publications;
    }

    // Promotion and rollback

    @Test
    void rollbackGoesBackAndFurtherBack() {
        String first = published(1, null);
        String second = published(2, first);
        String third = published(3, second);
        assertEquals(third, current());
        assertEquals(new Published(new Pointer(second, NOW, first)), done(releases.rollback(TENANT)));
        assertEquals(new Published(new Pointer(first, NOW, null)), done(releases.rollback(TENANT)));
        assertInstanceOf(Publication.Refused.class, done(releases.rollback(TENANT)));
        assertEquals(first, current());
        assertEquals(List.of(third, second, first), digests());
    }

    @Test
    void thereIsNothingToRollBackToWithoutAnEarlierRelease() {
        assertInstanceOf(Publication.Refused.class, done(releases.rollback(TENANT)));
        published(1, null);
        assertInstanceOf(Publication.Refused.class, done(releases.rollback(TENANT)));
    }

    @Test
    void aStoredReleaseIsPromotedByItsFirstDigits() {
        String first = published(1, null);
        String stored = seal(2, first);
        assertInstanceOf(Verification.Sound.class, done(publisher.store(path(2))));
        assertEquals(first, current());
        assertEquals(
                new Published(new Pointer(stored, NOW, first)), done(releases.promote(TENANT, stored.substring(0, 8))));
        assertEquals(new AlreadyCurrent(stored), done(releases.promote(TENANT, stored)));
        assertEquals(new Published(new Pointer(first, NOW, null)), done(releases.rollback(TENANT)));
    }

    @Test
    void whatIsNotThereIsNotPromoted() {
        String first = published(1, null);
        assertInstanceOf(Publication.Refused.class, done(releases.promote(TENANT, "f".repeat(64))));
        assertInstanceOf(Publication.Refused.class, done(releases.promote(TENANT, first.substring(0, 7))));
        assertInstanceOf(Publication.Refused.class, done(releases.promote(TENANT, "")));
        assertEquals(first, current());
    }

    @Test
    void aDamagedReleaseIsNeitherPromotedNorRolledBackTo() {
        String first = published(1, null);
        String second = published(2, first);
        damage(first, "history.onnx");
        assertInstanceOf(Publication.Refused.class, done(releases.rollback(TENANT)));
        assertInstanceOf(Publication.Refused.class, done(releases.promote(TENANT, first)));
        assertEquals(second, current());
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        String digest = published(1, null);
        assertEquals(List.of(), done(releases.list("other")));
        assertEquals(Optional.empty(), done(releases.current("other")));
        assertInstanceOf(Publication.Refused.class, done(releases.promote("other", digest)));
        CompletionException failure = assertThrows(CompletionException.class, () -> done(releases.list("../acme")));
        assertInstanceOf(IllegalArgumentException.class, failure.getCause());
    }

    @Test
    void whatIsNoReleaseIsNotListed() {
        String digest = published(1, null);
        String prefix = ReleaseKeys.releases(TENANT);
        done(store.create(prefix + "readme/" + Manifest.FILE, new byte[] {1}));
        done(store.create(prefix + "f".repeat(64) + "/" + Manifest.FILE, new byte[] {1}));
        done(store.create(prefix + digest + "/sub/" + Manifest.FILE, new byte[] {1}));
        done(store.create(prefix + "e".repeat(64) + "/item.onnx", new byte[] {1}));
        assertEquals(List.of(digest), digests());
    }

    // Reading

    @Test
    void everyDamagedObjectIsRefusedAndNothingOfItIsKept() throws IOException {
        String digest = published(1, null);
        for (String name :
                List.of("item.onnx", "history.onnx", "score.onnx", "offsets.json", "tokens.json", Manifest.FILE)) {
            String key = ReleaseKeys.file(TENANT, digest, name);
            byte[] whole = done(store.get(key)).orElseThrow().bytes();
            byte[] flipped = whole.clone();
            flipped[whole.length / 2] ^= 1;
            for (byte[] damaged : new byte[][] {flipped, Arrays.copyOf(whole, whole.length - 1), new byte[0]}) {
                replace(key, damaged);
                assertRefused(digest);
            }
            done(store.delete(key));
            assertRefused(digest);
            done(store.create(key, whole));
            assertEquals(digest, loaded(digest).digest());
            delete(folder.resolve("kept"));
        }
    }

    @Test
    void aKeptCopyThatWasDamagedIsFetchedAgain() throws IOException {
        String digest = published(1, null);
        Path kept = loaded(digest).folder();
        Files.write(kept.resolve("score.onnx"), new byte[] {1});
        assertEquals(ByteBuffer.wrap(TestRelease.score()), loaded(digest).graph("score"));
        Files.delete(kept.resolve("score.onnx"));
        assertEquals(ByteBuffer.wrap(TestRelease.score()), loaded(digest).graph("score"));
    }

    @Test
    void aKeptCopyNeedsNoStore() {
        String digest = published(1, null);
        assertEquals(digest, loaded(digest).digest());
        var reader = new ReleaseReader(new KilledStore(store, 1, false), folder.resolve("kept"));
        assertInstanceOf(Verification.Sound.class, done(reader.read(TENANT, digest)));
    }

    @Test
    void aStoreThatFailsIsAFailureAndNoRefusal() {
        String digest = published(1, null);
        for (int k = 1; k <= 7; k++) {
            var reader = new ReleaseReader(new KilledStore(store, k, false), folder.resolve("kept"));
            assertThrows(CompletionException.class, () -> done(reader.read(TENANT, digest)));
        }
        assertEquals(digest, loaded(digest).digest());
    }

    @Test
    void aReleaseOfAnotherTenantIsRefused() {
        String digest = published(1, null);
        for (Listed listed : done(store.list(ReleaseKeys.folder(TENANT, digest)))) {
            byte[] bytes = done(store.get(listed.key())).orElseThrow().bytes();
            done(store.create(listed.key().replace(TENANT, "other"), bytes));
        }
        var reader = new ReleaseReader(store, folder.resolve("kept"));
        assertInstanceOf(Verification.Refused.class, done(reader.read("other", digest)));
        assertInstanceOf(Verification.Sound.class, done(reader.read(TENANT, digest)));
        assertInstanceOf(Verification.Refused.class, done(reader.read("other", digest)));
        assertInstanceOf(Verification.Sound.class, done(reader.read(TENANT, digest)));
    }

    @Test
    void severalReadersAtOnceEachGetTheRelease() throws Exception {
        String digest = published(1, null);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Release>> futures = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                futures.add(threads.submit(() -> loaded(digest)));
            }
            for (Future<Release> future : futures) {
                assertEquals(digest, future.get().digest());
            }
        }
        try (Stream<Path> kept = Files.list(folder.resolve("kept"))) {
            assertEquals(List.of(folder.resolve("kept").resolve(digest)), kept.toList());
        }
    }

    @Test
    void onlyTheReleasesThatAreNamedStayAndThoseOfOtherTenants() throws IOException {
        Path kept = folder.resolve("kept");
        reader().keepOnly(TENANT, Set.of());
        String first = published(1, null);
        String second = published(2, first);
        List<String> digests = List.of(first, second, published(3, second));
        digests.forEach(this::loaded);
        Path others = kept.resolve("f".repeat(64));
        Files.createDirectory(others);
        byte[] manifest = Files.readAllBytes(kept.resolve(digests.getFirst()).resolve(Manifest.FILE));
        Files.writeString(
                others.resolve(Manifest.FILE), new String(manifest, UTF_8).replace("\"" + TENANT + "\"", "\"other\""));
        Path old = Files.createDirectory(kept.resolve("partial-old"));
        Files.write(old.resolve("score.onnx"), new byte[] {1});
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        Path young = Files.createDirectory(kept.resolve("partial-young"));
        Files.setLastModifiedTime(young, FileTime.from(Instant.now().minus(Duration.ofMinutes(50))));
        reader().keepOnly(TENANT, Set.copyOf(digests.subList(1, 3)));
        try (Stream<Path> left = Files.list(kept)) {
            assertEquals(
                    Set.of(kept.resolve(digests.get(1)), kept.resolve(digests.get(2)), others, young),
                    left.collect(Collectors.toSet()));
        }
        assertEquals(digests.getFirst(), loaded(digests.getFirst()).digest());
    }

    @Test
    void readersAndCleanersAtOnceLeaveWholeReleasesOnly() throws Exception {
        String stays = published(1, null);
        String goes = published(2, stays);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                futures.add(threads.submit(() -> reader().keepOnly(TENANT, Set.of(stays))));
                futures.add(
                        threads.submit(() -> assertEquals(stays, loaded(stays).digest())));
                futures.add(threads.submit(() -> {
                    try {
                        // It may be deleted under its reader, who then fails: a refusal would be final.
                        assertEquals(goes, loaded(goes).digest());
                    } catch (CompletionException | UncheckedIOException deleted) {
                        assertTrue(deleted.getCause() instanceof IOException
                                || deleted.getCause() instanceof UncheckedIOException);
                    }
                }));
            }
            for (Future<?> future : futures) {
                Object unused = future.get();
            }
        }
        assertEquals(goes, loaded(goes).digest());
        reader().keepOnly(TENANT, Set.of(stays));
        try (Stream<Path> left = Files.list(folder.resolve("kept"))) {
            assertEquals(List.of(folder.resolve("kept").resolve(stays)), left.toList());
        }
    }

    private void assertRefused(String digest) throws IOException {
        var refused = assertInstanceOf(Verification.Refused.class, done(reader().read(TENANT, digest)));
        assertTrue(!refused.reason().isBlank());
        try (Stream<Path> kept = Files.list(folder.resolve("kept"))) {
            assertEquals(List.of(), kept.toList());
        }
    }

    private ReleaseReader reader() {
        return new ReleaseReader(store, folder.resolve("kept"));
    }

    private Release loaded(String digest) {
        return assertInstanceOf(Verification.Sound.class, done(reader().read(TENANT, digest)))
                .release();
    }

    private void damage(String digest, String name) {
        replace(ReleaseKeys.file(TENANT, digest, name), new byte[] {0});
    }

    private void replace(String key, byte[] bytes) {
        String etag = done(store.get(key)).orElseThrow().etag();
        assertInstanceOf(ObjectStore.Stored.class, done(store.replace(key, bytes, etag)));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Path path(int number) {
        return folder.resolve("release-" + number);
    }

    private String seal(int number, @Nullable String parent) {
        return TestRelease.seal(path(number), number, parent);
    }

    private Publication publish(int number) {
        return done(publisher.publish(path(number)));
    }

    private String published(int number, @Nullable String parent) {
        String digest = seal(number, parent);
        assertInstanceOf(Published.class, publish(number));
        return digest;
    }

    private String current() {
        return done(releases.current(TENANT)).orElseThrow().release();
    }

    private List<Releases.Published> listed() {
        return done(releases.list(TENANT));
    }

    private List<String> digests() {
        return listed().stream().map(Releases.Published::digest).toList();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
