package dev.konomi.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.release.ObjectStore.Listed;
import dev.konomi.release.Retention.Swept;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is swept and what never is, whatever the store. Run against each.
abstract class RetentionContract {
    private static final String TENANT = TestRelease.TENANT;
    private static final InstantSource TODAY = InstantSource.system();
    private static final InstantSource IN_TWO_DAYS = () -> Instant.now().plus(Duration.ofDays(2));

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
        publisher = new Publisher(store, TODAY);
        releases = new Releases(store, folder.resolve("kept"), TODAY);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theNewestTenStayAndWhatIsPinnedServedOrOneStepBack() {
        List<String> published = publish(15);
        assertEquals(Optional.of(published.get(2)), done(releases.pin(TENANT, published.get(2), true)));
        done(releases.pin(TENANT, published.get(3), true));
        done(releases.pin(TENANT, published.get(3).substring(0, 12), false));
        assertInstanceOf(Publication.Published.class, done(releases.promote(TENANT, published.get(0))));
        assertInstanceOf(Publication.Published.class, done(releases.promote(TENANT, published.get(1))));

        Swept told = done(new Retention(store, IN_TWO_DAYS).sweep(TENANT, false));
        assertEquals(List.of(published.get(4), published.get(3)), told.releases());
        assertEquals(15, digests().size(), "only told");
        Swept swept = done(new Retention(store, IN_TWO_DAYS).sweep(TENANT, true));
        assertEquals(told, swept);
        assertEquals(13, digests().size());
        assertTrue(
                done(store.list(ReleaseKeys.folder(TENANT, published.get(4)))).isEmpty(), "every file of it");
        assertInstanceOf(Publication.Published.class, done(releases.rollback(TENANT)));
        assertSound(published.get(0));
        assertEquals(
                List.of(published.get(1)),
                done(new Retention(store, IN_TWO_DAYS).sweep(TENANT, true)).releases(),
                "what was gone back from");
    }

    @Test
    void nothingYoungIsTouched() {
        publish(13);
        done(store.create(ReleaseKeys.file(TENANT, "a".repeat(64), "item.onnx"), new byte[] {1}));
        done(store.create(ReleaseKeys.trainings(TENANT) + "4/plan/stage-one.checkpoint/00000001", new byte[] {1}));
        List<Listed> before = done(store.list(""));
        assertEquals(
                13, done(new Retention(store, TODAY).sweep(TENANT, true)).kept().size());
        assertEquals(before, done(store.list("")));
    }

    @Test
    void whatDeadPublicationsAndTrainingsLeftBehindIsSwept() {
        List<String> published = publish(2);
        String half = "a".repeat(64);
        done(store.create(ReleaseKeys.file(TENANT, half, "item.onnx"), new byte[100]));
        done(store.create(ReleaseKeys.trainings(TENANT) + "4/plan/stage-one.checkpoint/00000001", new byte[10]));
        done(store.create("tenants/" + TENANT + "/items/" + half, new byte[] {1}));
        done(store.create("tenants/other/trainings/4/plan/stage-one.checkpoint/00000001", new byte[] {1}));
        Swept swept = done(new Retention(store, IN_TWO_DAYS).sweep(TENANT, true));
        assertEquals(
                new Swept(List.of(published.get(1), published.get(0)), List.of(), List.of(half), List.of("4"), 110),
                swept);
        assertEquals(2, digests().size());
        assertEquals(1, done(store.list("tenants/" + TENANT + "/items/")).size());
        assertEquals(1, done(store.list("tenants/other/")).size());
    }

    @Test
    void whoeverPublishesOrGoesBackMeanwhileIsServedWhole() throws Exception {
        List<String> published = publish(14);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < 4; round++) {
                String oldest = published.get(round);
                String newest = published.getLast();
                int number = 100 + round;
                String next = TestRelease.seal(path(number), number, newest);
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> all = new ArrayList<>();
                all.add(threads.submit(() -> {
                    start.await();
                    return done(new Retention(store, IN_TWO_DAYS).sweep(TENANT, true));
                }));
                all.add(threads.submit(() -> {
                    start.await();
                    return done(releases.promote(TENANT, oldest));
                }));
                all.add(threads.submit(() -> {
                    start.await();
                    return done(publisher.publish(path(number)));
                }));
                start.countDown();
                for (Future<?> one : all) {
                    assertTrue(one.get() != null);
                }
                String current = done(releases.current(TENANT)).orElseThrow().release();
                assertSound(current);
                // The next round begins where everybody agrees.
                assertTrue(done(releases.promote(TENANT, next)) != null);
                assertSound(next);
                published.add(next);
            }
        }
    }

    private List<String> publish(int count) {
        List<String> digests = new ArrayList<>();
        String parent = null;
        for (int number = 1; number <= count; number++) {
            parent = published(number, parent);
            digests.add(parent);
        }
        return digests;
    }

    private String published(int number, @Nullable String parent) {
        String digest = TestRelease.seal(path(number), number, parent);
        assertInstanceOf(Publication.Published.class, done(publisher.publish(path(number))));
        return digest;
    }

    private Path path(int number) {
        return folder.resolve("release-" + number);
    }

    private List<String> digests() {
        return done(releases.list(TENANT)).stream()
                .map(Releases.Published::digest)
                .toList();
    }

    private void assertSound(String digest) {
        assertInstanceOf(
                Verification.Sound.class,
                done(new ReleaseReader(store, folder.resolve("read-" + System.nanoTime())).read(TENANT, digest)));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
