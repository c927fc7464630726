package dev.konomi.train;

import dev.konomi.release.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/// A request's checkpoints in the object store, from which a trainer on another machine goes on.
///
/// They lie under `tenants/<tenant>/trainings/<request>/<plan>/<stage>.checkpoint/<number>`, numbers counting up, and
/// are created and deleted but never replaced: a trainer that has been taken for dead cannot harm its successor's. The
/// newest of each stage is kept until the request is closed.
final class StoredCheckpoints {
    private static final Logger LOG = Logger.getLogger(StoredCheckpoints.class);

    private final ObjectStore store;
    private final String prefix;
    private final Path folder;

    /// @param store where they lie
    /// @param tenant whose
    /// @param request whose training it is
    /// @param folder where this machine has them
    StoredCheckpoints(ObjectStore store, String tenant, long request, Path folder) {
        this.store = store;
        this.prefix = prefix(tenant) + request + "/";
        this.folder = folder;
    }

    /// @param tenant whose
    /// @return what the keys of all its checkpoints begin with
    static String prefix(String tenant) {
        return "tenants/" + tenant + "/trainings/";
    }

    /// Brings the newest of each stage here. Where this machine has one already that one stays: at worst a few steps
    /// are taken again.
    ///
    /// @return how many were brought
    int fetch() {
        Map<String, String> newest = new TreeMap<>();
        for (ObjectStore.Listed listed : await(store.list(prefix))) {
            String key = listed.key();
            newest.merge(
                    key.substring(prefix.length(), key.lastIndexOf('/')),
                    key,
                    (one, other) -> number(one) > number(other) ? one : other);
        }
        int brought = 0;
        for (var entry : newest.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            if (!Files.exists(file)) {
                brought += await(store.get(entry.getValue()))
                        .map(found -> write(file, found.bytes()))
                        .orElse(0);
            }
        }
        return brought;
    }

    /// Keeps a checkpoint. A store that does not answer is no reason to stop training: the next one is kept instead.
    ///
    /// @param checkpoint a file in the folder
    void keep(Path checkpoint) {
        String stage = prefix + folder.relativize(checkpoint).toString().replace('\\', '/') + "/";
        try {
            List<ObjectStore.Listed> before = await(store.list(stage));
            long number = before.stream()
                            .mapToLong(listed -> number(listed.key()))
                            .max()
                            .orElse(0)
                    + 1;
            // Lost to a trainer that lives beside this one: the one whose claim is older will be told to stop.
            await(store.create(stage + String.format("%08d", number), Files.readAllBytes(checkpoint)));
            for (ObjectStore.Listed old : before) {
                await(store.delete(old.key()));
            }
        } catch (CompletionException | IOException unkept) {
            LOG.warnf("Checkpoint %s is only on this machine: %s", checkpoint, unkept.getMessage());
        }
    }

    /// Deletes all of them: the request is closed.
    void sweep() {
        try {
            for (ObjectStore.Listed listed : await(store.list(prefix))) {
                await(store.delete(listed.key()));
            }
        } catch (CompletionException unswept) {
            LOG.warnf("Checkpoints under %s stay until ./konomi models sweep: %s", prefix, unswept.getMessage());
        }
    }

    private static int write(Path file, byte[] bytes) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(unfinished, bytes);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return 1;
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint " + file + " cannot be written.", e);
        }
    }

    private static long number(String key) {
        return Long.parseLong(key.substring(key.lastIndexOf('/') + 1));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
