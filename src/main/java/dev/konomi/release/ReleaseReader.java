package dev.konomi.release;

import static dev.konomi.release.VirtualThreads.await;

import dev.konomi.release.Manifest.Content;
import dev.konomi.release.ObjectStore.Found;
import dev.konomi.release.ObjectStore.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Brings releases from the object store to this machine, and refuses those that are not exactly what their digest
/// names. A release that has been verified once is kept in a folder by digest and verified again each time it is asked
/// for, until [#keepOnly] deletes it. Several processes may share the folder.
public final class ReleaseReader {
    private static final String PARTIAL = "partial-";

    /// No download takes that long between two files.
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final ObjectStore store;
    private final Path folder;

    /// @param store where releases are published
    /// @param folder where verified ones are kept; created when missing
    public ReleaseReader(ObjectStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /// @param tenant whose release
    /// @param digest which release
    /// @return the release, or why it must not be loaded; fails when the store or the disk does
    public CompletionStage<Verification> read(String tenant, String digest) {
        Sha256.require(digest);
        ReleaseKeys.releases(tenant);
        return VirtualThreads.run(() -> {
            Path kept = folder.resolve(digest);
            if (Files.isDirectory(kept)) {
                Verification verification = ofTenant(tenant, digest, ReleaseFolder.verify(kept));
                if (verification instanceof Verification.Sound) {
                    return verification;
                }
                discard(kept);
            }
            return fetch(tenant, digest, kept);
        });
    }

    /// Deletes a tenant's other releases from the folder, and whatever killed processes left there
    /// more than an hour ago. A process that is just reading one of them fails and can read it anew.
    ///
    /// @param tenant whose releases; those of others stay
    /// @param digests the releases that stay
    /// @throws UncheckedIOException when something cannot be deleted; the rest may stand
    public void keepOnly(String tenant, Set<String> digests) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Instant abandoned = Instant.now().minus(ABANDONED);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith(PARTIAL)) {
                    if (changed(entry).isBefore(abandoned)) {
                        delete(entry);
                    }
                } else if (Sha256.matches(name) && !digests.contains(name) && isOf(tenant, entry)) {
                    discard(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of verified releases " + folder + " could not be cleaned.", e);
        }
    }

    private static Instant changed(Path entry) throws IOException {
        try {
            return Files.getLastModifiedTime(entry).toInstant();
        } catch (NoSuchFileException gone) {
            return Instant.MAX;
        }
    }

    private static boolean isOf(String tenant, Path kept) throws IOException {
        try {
            return Manifest.read(Files.readAllBytes(kept.resolve(Manifest.FILE)))
                    .tenant()
                    .equals(tenant);
        } catch (NoSuchFileException | IllegalArgumentException unreadable) {
            return false;
        }
    }

    private Verification fetch(String tenant, String digest, Path kept) throws IOException {
        Files.createDirectories(folder);
        Path partial = Files.createTempDirectory(folder, PARTIAL);
        try {
            download(tenant, digest, partial);
            Verification verification = ofTenant(tenant, digest, ReleaseFolder.verify(partial));
            if (verification instanceof Verification.Refused) {
                return verification;
            }
            keep(partial, kept);
            Verification again = ofTenant(tenant, digest, ReleaseFolder.verify(kept));
            if (again instanceof Verification.Refused && !Files.isDirectory(kept)) {
                // Refusals are final, and nothing is wrong with the release.
                throw new NoSuchFileException(
                        kept.toString(), null, "Another process deleted the release meanwhile: read it again.");
            }
            return again;
        } catch (ReleaseFolder.Unsound | IllegalArgumentException e) {
            return new Verification.Refused(String.valueOf(e.getMessage()));
        } finally {
            delete(partial);
        }
    }

    private void download(String tenant, String digest, Path into) throws IOException {
        Map<String, Long> sizes = await(store.list(ReleaseKeys.folder(tenant, digest))).stream()
                .collect(Collectors.toMap(Listed::key, Listed::bytes));
        byte[] bytes = bytes(tenant, digest, Manifest.FILE);
        String found = Sha256.of(bytes);
        if (!found.equals(digest)) {
            throw new ReleaseFolder.Unsound(
                    "The manifest of release " + digest + " has the digest " + found + ": it is damaged.");
        }
        write(into.resolve(Manifest.FILE), bytes);
        for (Map.Entry<String, Content> entry :
                ReleaseFolder.contents(Manifest.read(bytes)).entrySet()) {
            String name = entry.getKey();
            Long size = sizes.get(ReleaseKeys.file(tenant, digest, name));
            if (size == null) {
                throw new ReleaseFolder.Unsound(name + " is missing.");
            }
            if (size != entry.getValue().bytes()) {
                throw new ReleaseFolder.Unsound(name + " has " + size + " bytes, the manifest says "
                        + entry.getValue().bytes() + ".");
            }
            byte[] content = bytes(tenant, digest, name);
            ReleaseFolder.requireContent(name, entry.getValue(), content);
            write(into.resolve(name), content);
        }
    }

    private byte[] bytes(String tenant, String digest, String name) {
        Optional<Found> found = await(store.get(ReleaseKeys.file(tenant, digest, name)));
        return found.orElseThrow(() -> new ReleaseFolder.Unsound(name + " is missing."))
                .bytes();
    }

    private static Verification ofTenant(String tenant, String digest, Verification verification) {
        if (verification instanceof Verification.Sound(Release release)) {
            if (!release.digest().equals(digest)) {
                return new Verification.Refused(
                        "The release's digest is " + release.digest() + ", not " + digest + ".");
            }
            if (!release.manifest().tenant().equals(tenant)) {
                return new Verification.Refused("The release belongs to tenant '"
                        + release.manifest().tenant() + "', not to '" + tenant + "'.");
            }
        }
        return verification;
    }

    private static void keep(Path partial, Path kept) throws IOException {
        try {
            Files.move(partial, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was faster: how a file system says that the folder is not empty differs.
            if (!Files.isDirectory(kept)) {
                throw e;
            }
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Under another name first: nobody may take a half deleted release for a whole one.
    private void discard(Path kept) throws IOException {
        Path partial = folder.resolve(PARTIAL + UUID.randomUUID());
        try {
            Files.move(kept, partial, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return;
        }
        delete(partial);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException gone) {
            // Another process deletes it too, or it was moved to where it is kept.
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e;
            }
        }
    }
}
