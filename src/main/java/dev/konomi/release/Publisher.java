package dev.konomi.release;

import static dev.konomi.release.VirtualThreads.await;

import dev.konomi.release.ObjectStore.Found;
import dev.konomi.release.ObjectStore.Lost;
import dev.konomi.release.ObjectStore.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Publishes releases: every file first, the manifest after them, and the pointer by compare-and-swap at the very end.
/// Killed at any point, it leaves the old release current; run again, it finishes what is missing. Files are written
/// under
/// the digest that pins their content, so writing one again changes nothing, except that it mends a damaged one.
public final class Publisher {
    private final ObjectStore store;
    private final CurrentRelease current;

    /// @param store where releases are published
    /// @param clock gives the pointer its time
    public Publisher(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.current = new CurrentRelease(store, clock);
    }

    /// Stores a release and makes it current, if its parent is what is current now.
    ///
    /// @param folder a sealed release, see `ReleaseFolder.seal`
    /// @return what became of it; fails when the store or the disk does
    public CompletionStage<Publication> publish(Path folder) {
        return VirtualThreads.run(() -> switch (ReleaseFolder.verify(folder)) {
            case Verification.Refused(String reason) -> new Publication.Refused(reason);
            case Verification.Sound(Release release) -> {
                upload(release);
                yield current.moveFromParent(
                        release.manifest().tenant(),
                        release.digest(),
                        release.manifest().parent());
            }
        });
    }

    /// Stores a release without making it current.
    ///
    /// @param folder a sealed release, see `ReleaseFolder.seal`
    /// @return the release, or why it was not stored; fails when the store or the disk does
    public CompletionStage<Verification> store(Path folder) {
        return VirtualThreads.run(() -> {
            Verification verification = ReleaseFolder.verify(folder);
            if (verification instanceof Verification.Sound(Release release)) {
                upload(release);
            }
            return verification;
        });
    }

    private void upload(Release release) throws IOException {
        String tenant = release.manifest().tenant();
        for (String name : ReleaseFolder.contents(release.manifest()).keySet()) {
            put(
                    ReleaseKeys.file(tenant, release.digest(), name),
                    Files.readAllBytes(release.folder().resolve(name)));
        }
        put(
                ReleaseKeys.file(tenant, release.digest(), Manifest.FILE),
                Files.readAllBytes(release.folder().resolve(Manifest.FILE)));
    }

    private void put(String key, byte[] bytes) {
        switch (await(store.create(key, bytes))) {
            case Stored stored -> {}
            case Lost lost -> {
                Optional<Found> standing = await(store.get(key));
                if (standing.isEmpty() || !Arrays.equals(standing.get().bytes(), bytes)) {
                    await(store.replace(key, bytes, standing.map(Found::etag).orElse(null)));
                }
            }
        }
    }
}
