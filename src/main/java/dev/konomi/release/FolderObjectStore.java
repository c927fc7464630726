package dev.konomi.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An object store in a folder, for one machine: any number of processes may use it at once.
///
/// Objects are written to a temporary file, forced to disk and only then given their name (a hard link for creation, a
/// rename for replacement), so a reader never sees half of one. Compare-and-swap holds a lock file of the key. The
/// folder
/// `.store` inside is the store's own. Unlike a bucket, `a` and `a/b` cannot both be objects.
public final class FolderObjectStore implements ObjectStore {
    private static final int LOCKS = 64;
    private static final long RETRY_NANOS = 1_000_000;
    // File locks belong to the process: threads of one process need a lock of their own, across instances.
    private static final ConcurrentHashMap<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

    private final Path root;
    private final Path temporary;
    private final Path locks;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param folder where objects live; created when missing
    /// @throws UncheckedIOException when the folder cannot be created
    public FolderObjectStore(Path folder) {
        try {
            Files.createDirectories(folder);
            this.root = folder.toRealPath();
            this.temporary = Files.createDirectories(root.resolve(".store/temporary"));
            this.locks = Files.createDirectories(root.resolve(".store/locks"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The object store's folder " + folder
                            + " cannot be created or read: check konomi.store.url and the folder's permissions.",
                    e);
        }
    }

    @Override
    public CompletionStage<Optional<Found>> get(String key) {
        Path path = path(key);
        return run(() -> Optional.ofNullable(read(path)));
    }

    @Override
    public CompletionStage<Lookup> getIfChanged(String key, @Nullable String etag) {
        Path path = path(key);
        return run(() -> {
            Found found = read(path);
            if (found == null) {
                return new Absent();
            }
            return found.etag().equals(etag) ? new Unchanged() : found;
        });
    }

    @Override
    public CompletionStage<Written> create(String key, byte[] bytes) {
        Path path = path(key);
        return run(() -> create(path, bytes));
    }

    @Override
    public CompletionStage<Written> replace(String key, byte[] bytes, @Nullable String expectedEtag) {
        Path path = path(key);
        if (expectedEtag == null) {
            return run(() -> create(path, bytes));
        }
        return run(() -> locked(path, () -> {
            Found standing = read(path);
            if (standing == null || !standing.etag().equals(expectedEtag)) {
                return new Lost();
            }
            Path written = writeTemporary(bytes);
            moveOver(written, path);
            return new Stored(etag(bytes));
        }));
    }

    @Override
    public CompletionStage<List<Listed>> list(String prefix) {
        ObjectKeys.requirePrefix(prefix);
        int lastSlash = prefix.lastIndexOf('/');
        Path start = lastSlash < 0 ? root : root.resolve(prefix.substring(0, lastSlash));
        return run(() -> walk(start, prefix));
    }

    @Override
    public CompletionStage<Void> delete(String key) {
        Path path = path(key);
        return run(() -> locked(path, () -> {
                    if (Files.isRegularFile(path)) {
                        Files.deleteIfExists(path);
                        removeEmptyParents(parent(path));
                    }
                    return true;
                }))
                .thenAccept(deleted -> {});
    }

    @Override
    public void close() {
        threads.close();
    }

    private Path path(String key) {
        return root.resolve(ObjectKeys.requireKey(key));
    }

    private static @Nullable Found read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return null;
        }
        try {
            byte[] bytes = Files.readAllBytes(path);
            return new Found(bytes, etag(bytes));
        } catch (NoSuchFileException deletedMeanwhile) {
            return null;
        }
    }

    private Written create(Path path, byte[] bytes) throws IOException {
        if (Files.isRegularFile(path)) {
            return new Lost();
        }
        Path written = writeTemporary(bytes);
        try {
            return link(written, path) ? new Stored(etag(bytes)) : new Lost();
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private boolean link(Path written, Path path) throws IOException {
        while (true) {
            makeParents(path);
            try {
                Files.createLink(path, written);
                force(parent(path));
                return true;
            } catch (FileAlreadyExistsException e) {
                requireNoFolder(path);
                return false;
            } catch (NoSuchFileException e) {
                // A deletion may have removed the empty folder in between; anything else is a failure.
                if (!Files.exists(written)) {
                    throw e;
                }
            } catch (UnsupportedOperationException noHardLinksHere) {
                return createUnderLock(written, path);
            }
        }
    }

    private boolean createUnderLock(Path written, Path path) throws IOException {
        return locked(path, () -> {
            if (Files.exists(path)) {
                requireNoFolder(path);
                return false;
            }
            moveOver(written, path);
            return true;
        });
    }

    private static void requireNoFolder(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("The key of " + path
                    + " is the beginning of other objects' keys; a folder cannot hold both. Choose another key.");
        }
    }

    private void moveOver(Path written, Path path) throws IOException {
        makeParents(path);
        try {
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(
                    "The object store's folder " + root + " spans file systems or cannot rename atomically;"
                            + " put it on one local file system.",
                    e);
        }
        force(parent(path));
    }

    private Path writeTemporary(byte[] bytes) throws IOException {
        Path file = temporary.resolve(UUID.randomUUID().toString());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return file;
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "Objects lie below the store's folder.");
    }

    private static void makeParents(Path path) throws IOException {
        try {
            Files.createDirectories(parent(path));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("The key of " + path + " continues the key of another object (" + e.getFile()
                    + "); a folder cannot hold both. Choose another key.");
        }
    }

    // A rename is durable only once its folder is; folders cannot be forced everywhere, and losing the name then
    // means losing the object whole, which the contract allows.
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notForcedHere) {
            return;
        }
    }

    private void removeEmptyParents(Path folder) throws IOException {
        for (Path empty = folder; !empty.equals(root); empty = parent(empty)) {
            try {
                Files.delete(empty);
            } catch (DirectoryNotEmptyException | NoSuchFileException stillUsed) {
                return;
            }
        }
    }

    private List<Listed> walk(Path start, String prefix) throws IOException {
        List<Listed> listed = new ArrayList<>();
        if (!Files.isDirectory(start)) {
            return listed;
        }
        Path own = root.resolve(".store");
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(own) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String key = root.relativize(file).toString().replace('\\', '/');
                if (attributes.isRegularFile() && key.startsWith(prefix)) {
                    listed.add(new Listed(
                            key,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        listed.sort(Comparator.comparing(Listed::key));
        return listed;
    }

    private <T> T locked(Path path, IoCall<T> work) throws IOException {
        Path lockFile = locks.resolve(
                Integer.toString(Math.floorMod(root.relativize(path).toString().hashCode(), LOCKS)));
        ReentrantLock inProcess = IN_PROCESS.computeIfAbsent(lockFile, p -> new ReentrantLock());
        inProcess.lock();
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            return work.call();
        } finally {
            inProcess.unlock();
        }
    }

    // Another class loader of this process has its own IN_PROCESS; the platform then refuses instead of waiting.
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException heldInThisProcess) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private static String etag(byte[] bytes) {
        return '"' + Sha256.of(bytes) + '"';
    }

    private <T> CompletionStage<T> run(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    private interface IoCall<T> {
        T call() throws IOException;
    }
}
