package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.item.Encoding;
import dev.konomi.release.FolderObjectStore;
import dev.konomi.release.Manifest;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.Pointer;
import dev.konomi.taste.ReleaseLoader.Loading;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveModelTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final CatalogueSample SAMPLE =
            new CatalogueSample(List.of(new CatalogueSample.SampledItem(A, new float[] {0, 0}, 0, 0)));

    @TempDir
    Path folder;

    private final Loader loader = new Loader();
    private final HandClock clock = new HandClock();
    private ObjectStore store;
    private LiveModel live;

    @BeforeEach
    void open() {
        store = new FolderObjectStore(folder);
        live = new LiveModel(
                store,
                loader,
                clock,
                new SmallRyeConfigBuilder()
                        .withMapping(TasteSettings.class)
                        .withDefaultValue("konomi.taste.tenants", "2")
                        .build()
                        .getConfigMapping(TasteSettings.class));
    }

    @Test
    void withoutAPointerThereIsNoRelease() {
        assertTrue(live.lease("acme").isEmpty());
        assertEquals(0, loader.loads.get());
    }

    @Test
    void thePointerIsLookedAtEveryFiveSecondsAtMost() {
        assertTrue(live.lease("acme").isEmpty());
        point("acme", A);
        clock.seconds = 4;
        assertTrue(live.lease("acme").isEmpty());
        clock.seconds = 5;
        assertEquals(A, digest("acme"));
        point("acme", B);
        clock.seconds = 9;
        assertEquals(A, digest("acme"));
        clock.seconds = 10;
        assertEquals(B, digest("acme"));
        assertEquals(2, loader.loads.get());
    }

    @Test
    void theOldReleaseAnswersWhileTheNewOneLoadsAndIsClosedAfterItsLastUser() {
        point("acme", A);
        LiveModel.Lease used = live.lease("acme").orElseThrow();
        CompletableFuture<Loading> slow = loader.hold(B);
        point("acme", B);
        clock.seconds = 10;
        assertEquals(A, digest("acme"));
        clock.seconds = 20;
        assertEquals(A, digest("acme"));
        assertEquals(2, loader.loads.get(), "one load at a time");
        assertTrue(slow.complete(new Loading.Loaded(loader.release(B))));
        assertEquals(B, digest("acme"));
        assertFalse(loader.model(A).isClosed());
        used.close();
        assertTrue(loader.model(A).isClosed());
        assertFalse(loader.model(B).isClosed());
    }

    @Test
    void onceAReleaseAnswersOnlyItTheOneBeforeAndTheOneToGoBackToAreKept() {
        String c = "c".repeat(64);
        point("acme", A);
        assertEquals(A, digest("acme"));
        point("acme", B, c);
        loader.refuse(B);
        clock.seconds = 5;
        assertEquals(A, digest("acme"));
        assertEquals(List.of("acme " + List.of(A)), loader.wanted, "a refused release changes nothing");
        String d = "d".repeat(64);
        point("acme", d, c);
        clock.seconds = 10;
        assertEquals(d, digest("acme"));
        assertEquals(List.of("acme " + List.of(A), "acme " + List.of(A, c, d)), loader.wanted);
    }

    @Test
    void aRefusedReleaseKeepsTheOldOneAndIsNotTriedAgain() {
        point("acme", A);
        assertEquals(A, digest("acme"));
        loader.refuse(B);
        point("acme", B);
        for (int s = 10; s < 100; s += 10) {
            clock.seconds = s;
            assertEquals(A, digest("acme"));
        }
        assertEquals(2, loader.loads.get());
        point("acme", A);
        clock.seconds = 200;
        assertEquals(A, digest("acme"));
        assertEquals(2, loader.loads.get());
    }

    @Test
    void aStoreThatDoesNotAnswerIsAskedAgain() {
        point("acme", A);
        CompletableFuture<Loading> broken = loader.hold(A);
        assertTrue(broken.completeExceptionally(new IOException("no route")));
        assertThrows(LiveModel.Unreachable.class, () -> live.lease("acme"));
        loader.held.clear();
        assertEquals(A, digest("acme"));
        assertTrue(loader.hold(B).completeExceptionally(new IOException("no route")));
        point("acme", B);
        clock.seconds = 10;
        assertEquals(A, digest("acme"));
        loader.held.clear();
        clock.seconds = 20;
        assertEquals(B, digest("acme"));
    }

    @Test
    void nobodyIsAnsweredByAClosedReleaseWhileReleasesAreSwapped() throws Exception {
        point("acme", A);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(4);
        AtomicInteger answers = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> asking = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                asking.add(threads.submit(() -> {
                    begun.countDown();
                    while (!done.get()) {
                        try (LiveModel.Lease lease = live.lease("acme").orElseThrow()) {
                            TasteModel model = lease.release().model();
                            ItemVectors items = model.items(List.of(encoding(1)));
                            Taste taste = model.taste(items, List.of());
                            answers.addAndGet(model.scores(taste, items, new float[1]).length);
                        }
                    }
                }));
            }
            begun.await();
            for (int swap = 0; swap < 60; swap++) {
                int before = answers.get();
                point("acme", swap % 2 == 0 ? B : A);
                clock.seconds = clock.seconds + 10;
                while (answers.get() < before + 20) {
                    Thread.onSpinWait();
                }
            }
            done.set(true);
            for (Future<?> one : asking) {
                one.get();
            }
        }
        assertTrue(loader.loads.get() > 20, () -> loader.loads + " loads");
        live.close();
        assertTrue(loader.models.stream().allMatch(PlainTasteModel::isClosed));
    }

    @Test
    void aNewReleaseUsesNoVectorOfTheOldOne() {
        point("acme", A);
        float before = cachedFeature();
        point("acme", B);
        clock.seconds = 10;
        try (LiveModel.Lease lease = live.lease("acme").orElseThrow()) {
            assertEquals(B, lease.release().digest());
            assertTrue(lease.release().vectors().kept(List.of("item")).isEmpty());
        }
        assertNotEquals(before, cachedFeature());
    }

    @Test
    void theTenantAskedLeastRecentlyGivesWay() {
        for (String tenant : List.of("a", "b", "c")) {
            point(tenant, A);
            assertEquals(A, digest(tenant));
        }
        assertEquals(1, loader.models.stream().filter(PlainTasteModel::isClosed).count());
        assertTrue(loader.models.getFirst().isClosed());
        assertEquals(A, digest("a"));
    }

    private float cachedFeature() {
        try (LiveModel.Lease lease = live.lease("acme").orElseThrow()) {
            ItemVectorCache vectors = lease.release().vectors();
            assertEquals(1, vectors.make(Map.of("item", encoding(1))).size());
            return Objects.requireNonNull(vectors.kept(List.of("item")).get("item"))
                    .features()[0];
        }
    }

    private static Encoding encoding(float value) {
        return new Encoding(new float[] {value, value}, null);
    }

    private String digest(String tenant) {
        try (LiveModel.Lease lease = live.lease(tenant).orElseThrow()) {
            return lease.release().digest();
        }
    }

    private void point(String tenant, String digest) {
        point(tenant, digest, null);
    }

    private void point(String tenant, String digest, @Nullable String previous) {
        String key = "tenants/" + tenant + "/current";
        Optional<ObjectStore.Found> found = store.get(key).toCompletableFuture().join();
        String etag = found.map(ObjectStore.Found::etag).orElse(null);
        byte[] pointer = new Pointer(digest, Instant.EPOCH.plusSeconds(loader.loads.get()), previous).bytes();
        assertTrue(store.replace(key, pointer, etag).toCompletableFuture().join() instanceof ObjectStore.Stored);
    }

    /// Loads at once unless it is told to wait.
    private static final class Loader implements ReleaseLoader {
        private final AtomicInteger loads = new AtomicInteger();
        private final Map<String, CompletableFuture<Loading>> held = new HashMap<>();
        private final Map<String, PlainTasteModel> latest = new HashMap<>();
        private final List<String> wanted = new ArrayList<>();
        private final List<PlainTasteModel> models = new ArrayList<>();

        @Override
        public synchronized CompletionStage<Loading> load(String tenant, String digest) {
            loads.incrementAndGet();
            CompletableFuture<Loading> slow = held.get(digest);
            return slow != null ? slow : CompletableFuture.completedFuture(new Loading.Loaded(release(digest)));
        }

        @Override
        public synchronized void keepOnly(String tenant, Set<String> digests) {
            wanted.add(tenant + " " + new TreeSet<>(digests));
        }

        synchronized LoadedRelease release(String digest) {
            PlainTasteModel model = new PlainTasteModel(digest.equals(A) ? 1 : 2);
            latest.put(digest, model);
            models.add(model);
            return new LoadedRelease(
                    digest, "encoder", new Manifest.Calibration(1), model, ItemOffsets.of(Map.of()), SAMPLE, null, 10);
        }

        synchronized CompletableFuture<Loading> hold(String digest) {
            CompletableFuture<Loading> slow = new CompletableFuture<>();
            held.put(digest, slow);
            return slow;
        }

        void refuse(String digest) {
            assertTrue(hold(digest).complete(new Loading.Refused("damaged")));
        }

        synchronized PlainTasteModel model(String digest) {
            return Objects.requireNonNull(latest.get(digest));
        }
    }

    private static final class HandClock extends Clock {
        private volatile long seconds;

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(seconds);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
