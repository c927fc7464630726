package dev.konomi.release;

import static dev.konomi.release.VirtualThreads.await;

import dev.konomi.release.ObjectStore.Found;
import dev.konomi.release.ObjectStore.Stored;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Moves a tenant's pointer, by compare-and-swap only. Waits for the store on the calling thread.
final class CurrentRelease {
    private static final int ATTEMPTS = 20;

    private final ObjectStore store;
    private final InstantSource clock;

    CurrentRelease(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Optional<Pointer> read(String tenant) {
        return await(store.get(ReleaseKeys.pointer(tenant))).map(found -> Pointer.read(found.bytes()));
    }

    Publication moveFromParent(String tenant, String release, @Nullable String parent) {
        return move(tenant, release, standing -> {
            String now = standing == null ? null : standing.release();
            return Objects.equals(now, parent)
                    ? new Publication.Published(new Pointer(release, now(), now))
                    : new Publication.Overtaken(release, now);
        });
    }

    /// Moves the pointer whatever it shows, remembering that for a rollback.
    Publication move(String tenant, String release) {
        return move(
                tenant,
                release,
                standing -> new Publication.Published(
                        new Pointer(release, now(), standing == null ? null : standing.release())));
    }

    /// Moves the pointer back from a release that must still be current.
    Publication moveBack(String tenant, String release, String from, @Nullable String previous) {
        return move(tenant, release, standing -> {
            String now = standing == null ? null : standing.release();
            return from.equals(now)
                    ? new Publication.Published(new Pointer(release, now(), previous))
                    : new Publication.Overtaken(release, now);
        });
    }

    // A lost swap is looked at again: the swap may have been ours, answered too late and repeated underneath.
    private Publication move(String tenant, String release, Decision decision) {
        String key = ReleaseKeys.pointer(tenant);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Found> found = await(store.get(key));
            Pointer standing = found.map(f -> Pointer.read(f.bytes())).orElse(null);
            if (standing != null && standing.release().equals(release)) {
                return new Publication.AlreadyCurrent(release);
            }
            Publication decided = decision.decide(standing);
            if (!(decided instanceof Publication.Published(Pointer pointer))) {
                return decided;
            }
            if (await(store.replace(key, pointer.bytes(), found.map(Found::etag).orElse(null))) instanceof Stored) {
                return decided;
            }
        }
        return new Publication.Refused("The pointer of tenant '" + tenant + "' moved " + ATTEMPTS
                + " times while it was to be moved to " + release + "; find out who else publishes, then try again.");
    }

    private java.time.Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private interface Decision {
        Publication decide(@Nullable Pointer standing);
    }
}
