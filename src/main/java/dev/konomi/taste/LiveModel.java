package dev.konomi.taste;

import dev.konomi.door.Priming;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.Pointer;
import dev.konomi.release.PointerWatch;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The releases that answer, one for each tenant, replaced under way when a tenant's pointer
/// moves.
///
/// The pointer is looked at by whoever asks, at most every `konomi.taste.look-every`: a function
/// that is frozen between calls has no thread that could. While a new release is fetched, verified
/// and warmed, the old one answers; it is closed after its last user. Only where no release is
/// loaded yet do callers wait. A release that is refused is told once, and the old one stays.
@ApplicationScoped
public class LiveModel {
    private static final Logger LOG = Logger.getLogger(LiveModel.class);

    private static final Set<String> ANSWER_FROM_A_RELEASE = Set.of("score", "tokens", "guide", "recommend");

    private final ObjectStore store;
    private final ReleaseLoader loader;
    private final Clock clock;
    private final long lookEveryMillis;
    private final Map<String, Live> tenants;

    LiveModel(ObjectStore store, ReleaseLoader loader, Clock clock, TasteSettings settings) {
        this.store = store;
        this.loader = loader;
        this.clock = clock;
        this.lookEveryMillis = settings.lookEvery().toMillis();
        int most = settings.tenants();
        this.tenants = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Live> eldest) {
                boolean tooMany = size() > most;
                if (tooMany) {
                    eldest.getValue().retire();
                }
                return tooMany;
            }
        };
    }

    /// One use of a release; closing it says that the use is over.
    static final class Lease implements AutoCloseable {
        private final LoadedRelease release;

        private Lease(LoadedRelease release) {
            this.release = release;
        }

        LoadedRelease release() {
            return release;
        }

        @Override
        public void close() {
            release.release();
        }
    }

    /// Thrown when no release is loaded and it is not known whether there is one.
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreachable(Throwable cause) {
            super("The release could not be loaded: " + cause.getMessage(), cause);
        }
    }

    /// @param tenant whose release
    /// @return its current release, or empty where none is published or the only one is
    ///     refused
    /// @throws Unreachable when none is loaded yet and the store does not answer
    Optional<Lease> lease(String tenant) {
        while (true) {
            Live live;
            synchronized (tenants) {
                live = tenants.computeIfAbsent(tenant, Live::new);
            }
            Optional<Lease> lease = live.lease();
            // A tenant that was crowded out meanwhile is loaded again.
            if (lease.isPresent() || !live.isRetired()) {
                return lease;
            }
        }
    }

    /// A snapshot of a process that answers from a release has the release in it.
    void prime(@Observes Priming priming) {
        if (ANSWER_FROM_A_RELEASE.contains(priming.function())) {
            lease(priming.tenant()).ifPresent(Lease::close);
        }
    }

    /// Ends the service of all releases; what is in use ends with its use.
    @PreDestroy
    void close() {
        synchronized (tenants) {
            tenants.values().forEach(Live::retire);
            tenants.clear();
        }
    }

    /// One tenant's release and the next one on its way.
    private final class Live {
        private final String tenant;
        private final PointerWatch watch;
        private @Nullable LoadedRelease current;
        private @Nullable Pointer wanted;
        private @Nullable String refused;
        private @Nullable CompletableFuture<?> loading;
        private long nextLook = Long.MIN_VALUE;
        private boolean retired;

        Live(String tenant) {
            this.tenant = tenant;
            this.watch = new PointerWatch(store, tenant);
        }

        Optional<Lease> lease() {
            while (true) {
                try {
                    CompletableFuture<?> first = look();
                    if (first != null) {
                        first.join();
                    }
                } catch (CompletionException failed) {
                    throw new Unreachable(failed.getCause() == null ? failed : failed.getCause());
                }
                LoadedRelease now = current();
                if (now == null) {
                    return Optional.empty();
                }
                if (now.acquire()) {
                    return Optional.of(new Lease(now));
                }
                // It was replaced and closed since; the next one stands there now, unless this tenant was retired.
                if (isRetired()) {
                    return Optional.empty();
                }
            }
        }

        private synchronized @Nullable LoadedRelease current() {
            return current;
        }

        private synchronized boolean isRetired() {
            return retired;
        }

        /// @return what a caller must wait for, or null when something answers already
        private @Nullable CompletableFuture<?> look() {
            synchronized (this) {
                if (clock.millis() < nextLook) {
                    return current == null ? loading : null;
                }
                nextLook = clock.millis() + lookEveryMillis;
                if (current == null) {
                    // Everybody waits for the one who looks.
                    loading = seen(watch.look().toCompletableFuture());
                    return loading;
                }
            }
            try {
                Optional<Pointer> moved = watch.look().toCompletableFuture().join();
                synchronized (this) {
                    loading = load(moved);
                }
            } catch (CompletionException unanswered) {
                LOG.warnf(
                        "The pointer of tenant %s could not be looked at, its last release goes on: %s",
                        tenant, unanswered.getMessage());
            }
            return null;
        }

        private CompletableFuture<?> seen(CompletableFuture<Optional<Pointer>> looked) {
            return looked.thenCompose(moved -> {
                        synchronized (this) {
                            return load(moved);
                        }
                    })
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            synchronized (this) {
                                nextLook = Long.MIN_VALUE;
                            }
                        }
                    });
        }

        private CompletableFuture<?> load(Optional<Pointer> moved) {
            moved.ifPresent(pointer -> wanted = pointer);
            Pointer pointer = wanted;
            if (pointer == null) {
                return CompletableFuture.completedFuture(null);
            }
            String digest = pointer.release();
            if (digest.equals(refused)
                    || (current != null && digest.equals(current.digest()))
                    || (current != null && loading != null && !loading.isDone())) {
                return CompletableFuture.completedFuture(null);
            }
            return loader.load(tenant, digest)
                    .whenComplete((loaded, failure) -> {
                        if (failure != null) {
                            LOG.warnf(
                                    "Release %s of tenant %s could not be loaded and will be tried again: %s",
                                    digest, tenant, failure.getMessage());
                        } else {
                            Set<String> inUse = take(pointer, loaded);
                            if (!inUse.isEmpty()) {
                                loader.keepOnly(tenant, inUse);
                            }
                        }
                    })
                    .toCompletableFuture();
        }

        /// @return the releases that this tenant needs from now on; empty when none was taken
        private synchronized Set<String> take(Pointer pointer, ReleaseLoader.Loading loaded) {
            String digest = pointer.release();
            return switch (loaded) {
                case ReleaseLoader.Loading.Refused(String reason) -> {
                    refused = digest;
                    LOG.errorf(
                            "Release %s of tenant %s is refused, %s answers: %s",
                            digest, tenant, current == null ? "none" : current.digest(), reason);
                    yield Set.of();
                }
                case ReleaseLoader.Loading.Loaded(LoadedRelease release) -> {
                    if (retired) {
                        release.release();
                        yield Set.of();
                    }
                    Set<String> inUse = new HashSet<>(Set.of(digest));
                    if (pointer.previous() != null) {
                        inUse.add(pointer.previous());
                    }
                    LoadedRelease old = current;
                    current = release;
                    LOG.infof("Release %s of tenant %s answers from now on", digest, tenant);
                    if (old != null) {
                        inUse.add(old.digest());
                        old.release();
                    }
                    yield inUse;
                }
            };
        }

        private synchronized void retire() {
            retired = true;
            if (current != null) {
                current.release();
                current = null;
            }
        }
    }
}
