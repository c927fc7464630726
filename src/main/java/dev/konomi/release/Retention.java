package dev.konomi.release;

import static dev.konomi.release.VirtualThreads.await;

import dev.konomi.release.ObjectStore.Found;
import dev.konomi.release.ObjectStore.Listed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/// How long a tenant's releases are kept: the newest [#KEPT], what is pinned, what is current and what a rollback goes
/// back to. The others go, and with them what a publication or a training that died has left behind.
///
/// Nothing younger than a day is touched, so that what is being made is never taken for something left behind. A
/// release that is to go loses its manifest first: from then on it is no release. Whoever makes it current in that
/// moment either finds it missing afterwards and goes back ([Releases#promote]) or is found here, and gets it back.
public final class Retention {
    /// How many releases are kept, apart from those that are pinned or served.
    public static final int KEPT = 10;

    private static final Duration YOUNG = Duration.ofDays(1);

    private final ObjectStore store;
    private final InstantSource clock;
    private final Releases releases;
    private final CurrentRelease current;

    /// @param store where releases lie
    /// @param clock tells how old things are
    public Retention(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.releases = new Releases(store, java.nio.file.Path.of("."), clock);
        this.current = new CurrentRelease(store, clock);
    }

    /// What went, or would go.
    ///
    /// @param kept digests of whole releases that stay
    /// @param releases digests of whole releases that go
    /// @param orphans digests of releases that were never whole or are damaged, and go
    /// @param trainings numbers of requests whose checkpoints go
    /// @param bytes their size
    public record Swept(
            List<String> kept, List<String> releases, List<String> orphans, List<String> trainings, long bytes) {
        public Swept {
            kept = List.copyOf(kept);
            releases = List.copyOf(releases);
            orphans = List.copyOf(orphans);
            trainings = List.copyOf(trainings);
        }
    }

    /// @param tenant whose
    /// @param really false to only say what would go
    /// @return what went; fails when the store does
    public CompletionStage<Swept> sweep(String tenant, boolean really) {
        return VirtualThreads.run(() -> {
            // Folders before manifests: a release that is stored in between is young.
            Map<String, List<Listed>> folders = folders(ReleaseKeys.releases(tenant));
            List<Releases.Published> whole = await(releases.list(tenant));
            Set<String> wanted = wanted(tenant, whole);
            List<String> kept = new ArrayList<>();
            List<String> gone = new ArrayList<>();
            List<String> orphans = new ArrayList<>();
            long bytes = 0;
            Set<String> digests = new HashSet<>();
            for (Releases.Published release : whole) {
                digests.add(release.digest());
                List<Listed> files = folders.getOrDefault(release.digest(), List.of());
                if (wanted.contains(release.digest())
                        || isYoung(files)
                        || (really && !removed(tenant, release.digest(), files))) {
                    kept.add(release.digest());
                } else {
                    gone.add(release.digest());
                    bytes += bytes(files);
                }
            }
            for (var folder : folders.entrySet()) {
                if (!digests.contains(folder.getKey())
                        && !wanted.contains(folder.getKey())
                        && !isYoung(folder.getValue())) {
                    orphans.add(folder.getKey());
                    bytes += removed(folder.getValue(), really);
                }
            }
            List<String> trainings = new ArrayList<>();
            for (var training : folders(ReleaseKeys.trainings(tenant)).entrySet()) {
                if (!isYoung(training.getValue())) {
                    trainings.add(training.getKey());
                    bytes += removed(training.getValue(), really);
                }
            }
            return new Swept(kept, gone, orphans, trainings, bytes);
        });
    }

    private Set<String> wanted(String tenant, List<Releases.Published> newestFirst) {
        Set<String> wanted = new HashSet<>();
        newestFirst.stream().limit(KEPT).map(Releases.Published::digest).forEach(wanted::add);
        String pins = ReleaseKeys.pins(tenant);
        for (Listed pin : await(store.list(pins))) {
            wanted.add(pin.key().substring(pins.length()));
        }
        current.read(tenant).ifPresent(pointer -> {
            wanted.add(pointer.release());
            Optional.ofNullable(pointer.previous()).ifPresent(wanted::add);
        });
        return wanted;
    }

    /// @return false when somebody wants the release after all
    private boolean removed(String tenant, String digest, List<Listed> files) {
        String manifest = ReleaseKeys.file(tenant, digest, Manifest.FILE);
        Optional<Found> bytes = await(store.get(manifest));
        await(store.delete(manifest));
        boolean wanted =
                current.read(tenant).stream().anyMatch(now -> now.release().equals(digest))
                        || await(store.get(ReleaseKeys.pin(tenant, digest))).isPresent();
        if (wanted) {
            bytes.ifPresent(found -> await(store.create(manifest, found.bytes())));
            return false;
        }
        removed(files, true);
        return true;
    }

    private long removed(List<Listed> files, boolean really) {
        if (really) {
            files.forEach(file -> await(store.delete(file.key())));
        }
        return bytes(files);
    }

    /// @return objects by the first segment of their keys behind the prefix
    private Map<String, List<Listed>> folders(String prefix) {
        Map<String, List<Listed>> folders = new TreeMap<>();
        for (Listed listed : await(store.list(prefix))) {
            String rest = listed.key().substring(prefix.length());
            int slash = rest.indexOf('/');
            if (slash > 0) {
                folders.computeIfAbsent(rest.substring(0, slash), folder -> new ArrayList<>())
                        .add(listed);
            }
        }
        return folders;
    }

    private boolean isYoung(List<Listed> files) {
        Instant old = clock.instant().minus(YOUNG);
        return files.isEmpty()
                || files.stream().anyMatch(file -> !file.modified().isBefore(old));
    }

    private static long bytes(List<Listed> files) {
        return files.stream().mapToLong(Listed::bytes).sum();
    }
}
