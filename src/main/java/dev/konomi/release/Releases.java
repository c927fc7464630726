package dev.konomi.release;

import static dev.konomi.release.VirtualThreads.await;

import dev.konomi.release.ObjectStore.Found;
import dev.konomi.release.ObjectStore.Listed;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A tenant's published releases: list them, make another one current, go back.
public final class Releases {
    private final ObjectStore store;
    private final ReleaseReader reader;
    private final CurrentRelease current;

    /// @param store where releases are published
    /// @param folder where releases are verified before they become current, see `ReleaseReader`
    /// @param clock gives the pointer its time
    public Releases(ObjectStore store, Path folder, InstantSource clock) {
        this.store = store;
        this.reader = new ReleaseReader(store, folder);
        this.current = new CurrentRelease(store, clock);
    }

    /// A release in a listing.
    ///
    /// @param digest its digest
    /// @param manifest what it is made of
    /// @param current whether it is served now
    public record Published(String digest, Manifest manifest, boolean current) {}

    /// @param tenant whose
    /// @return what is current, or empty when nothing has been published
    public CompletionStage<Optional<Pointer>> current(String tenant) {
        return VirtualThreads.run(() -> current.read(tenant));
    }

    /// @param tenant whose
    /// @param digest which
    /// @return its manifest, or empty when it is missing or damaged
    public CompletionStage<Optional<Manifest>> manifest(String tenant, String digest) {
        return VirtualThreads.run(() -> Optional.ofNullable(readManifest(tenant, digest)));
    }

    /// @param tenant whose
    /// @return all releases that were stored whole, the newest first
    public CompletionStage<List<Published>> list(String tenant) {
        return VirtualThreads.run(() -> {
            String now = current.read(tenant).map(Pointer::release).orElse("");
            String prefix = ReleaseKeys.releases(tenant);
            List<Published> releases = new ArrayList<>();
            for (Listed listed : await(store.list(prefix))) {
                if (listed.key().endsWith("/" + Manifest.FILE)) {
                    String digest =
                            listed.key().substring(prefix.length(), listed.key().length() - Manifest.FILE.length() - 1);
                    Manifest manifest = Sha256.matches(digest) ? readManifest(tenant, digest) : null;
                    if (manifest != null) {
                        releases.add(new Published(digest, manifest, digest.equals(now)));
                    }
                }
            }
            releases.sort(Comparator.comparing(
                            (Published release) -> release.manifest().createdAt())
                    .reversed()
                    .thenComparing(Published::digest));
            return List.copyOf(releases);
        });
    }

    /// Makes a stored release current after verifying it whole.
    ///
    /// @param tenant whose
    /// @param digest which; at least eight of its first digits are enough where they are unambiguous
    /// @return what became of it
    public CompletionStage<Publication> promote(String tenant, String digest) {
        return list(tenant).thenCompose(releases -> {
            List<String> matching = matching(releases, digest);
            if (matching.size() != 1) {
                return VirtualThreads.run(() -> new Publication.Refused((matching.isEmpty() ? "No" : "More than one")
                        + " release of tenant '" + tenant + "' begins with '" + digest
                        + "'; `./konomi models list` shows them."));
            }
            return move(tenant, matching.getFirst(), () -> current.move(tenant, matching.getFirst()));
        });
    }

    /// Makes the release current that was so before the current one. Repeated, it goes further back.
    ///
    /// @param tenant whose
    /// @return what became of it
    public CompletionStage<Publication> rollback(String tenant) {
        return current(tenant).thenCompose(pointer -> {
            String from = pointer.map(Pointer::release).orElse(null);
            String back = pointer.map(Pointer::previous).orElse(null);
            if (from == null || back == null) {
                return VirtualThreads.run(
                        () -> new Publication.Refused("Tenant '" + tenant + "' has no earlier release to go back to."));
            }
            return move(tenant, back, () -> {
                Manifest manifest = readManifest(tenant, back);
                return current.moveBack(tenant, back, from, manifest == null ? null : manifest.parent());
            });
        });
    }

    private CompletionStage<Publication> move(
            String tenant, String digest, java.util.function.Supplier<Publication> move) {
        return reader.read(tenant, digest)
                .thenCompose(verification -> VirtualThreads.run(() -> switch (verification) {
                    case Verification.Refused(String reason) ->
                        new Publication.Refused("Release " + digest + " must not become current: " + reason);
                    case Verification.Sound sound -> standing(tenant, digest, move.get());
                }));
    }

    // Between the look at the release and the pointer's move it may have been swept; Retention looks the other way.
    private Publication standing(String tenant, String digest, Publication moved) {
        if (!(moved instanceof Publication.Published(Pointer pointer)) || readManifest(tenant, digest) != null) {
            return moved;
        }
        String back = pointer.previous();
        if (back != null) {
            current.moveBack(tenant, back, digest, null);
        }
        return new Publication.Refused("Release " + digest + " was swept while it was to become current: pin a release"
                + " that is to be kept with `./konomi models pin`.");
    }

    /// Keeps a release from being swept, or lets it go again.
    ///
    /// @param tenant whose
    /// @param digest which; at least eight of its first digits are enough where they are unambiguous
    /// @param pinned whether to keep it
    /// @return its whole digest, or empty where none or more than one begins so
    public CompletionStage<Optional<String>> pin(String tenant, String digest, boolean pinned) {
        return list(tenant)
                .thenCompose(releases -> VirtualThreads.run(() -> {
                    Optional<String> found = only(releases, digest);
                    found.ifPresent(release -> {
                        String key = ReleaseKeys.pin(tenant, release);
                        if (pinned) {
                            await(store.create(key, new byte[] {'\n'}));
                        } else {
                            await(store.delete(key));
                        }
                    });
                    return found;
                }));
    }

    private static Optional<String> only(List<Published> releases, String digest) {
        List<String> matching = matching(releases, digest);
        return matching.size() == 1 ? Optional.of(matching.getFirst()) : Optional.empty();
    }

    private static List<String> matching(List<Published> releases, String digest) {
        return releases.stream()
                .map(Published::digest)
                .filter(d -> digest.length() >= 8 && d.startsWith(digest))
                .toList();
    }

    private @Nullable Manifest readManifest(String tenant, String digest) {
        Optional<Found> found = await(store.get(ReleaseKeys.file(tenant, digest, Manifest.FILE)));
        if (found.isEmpty() || !Sha256.of(found.get().bytes()).equals(digest)) {
            return null;
        }
        try {
            return Manifest.read(found.get().bytes());
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }
}
