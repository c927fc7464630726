package dev.konomi.item;

import dev.konomi.release.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/// Small pictures of items, made when they are first asked for and kept in the object store under
/// `tenants/<tenant>/thumbnails/<SHA-256 of the image>`; those asked for last also in memory.
///
/// Nobody's answer depends on a picture: one that cannot be read, made or kept is left out and logged.
@ApplicationScoped
public class Thumbnails {
    /// How many are made for one question; a function that was asked to score should not become a batch job.
    static final int MOST_MADE = 16;

    /// About 2 MB.
    private static final int MOST_IN_MEMORY = 500;

    private static final Logger LOG = Logger.getLogger(Thumbnails.class);

    private final ObjectStore store;
    private final Map<String, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_IN_MEMORY;
        }
    };

    Thumbnails(ObjectStore store) {
        this.store = store;
    }

    /// Reads, and computes, on the calling thread.
    ///
    /// @param tenant whose items
    /// @param images SHA-256 of stored images, the most important first
    /// @return JPEG files of at most 96 pixels a side by the image's digest; of those that are not
    ///     made yet, 16 at most
    public Map<String, byte[]> of(String tenant, Collection<String> images) {
        Map<String, byte[]> found = new HashMap<>();
        Set<String> missing = new LinkedHashSet<>(images);
        synchronized (kept) {
            for (String image : missing) {
                byte[] file = kept.get(object(tenant, image));
                if (file != null) {
                    found.put(image, file);
                }
            }
        }
        missing.removeAll(found.keySet());
        if (missing.isEmpty()) {
            return found;
        }
        Map<String, byte[]> stored = new HashMap<>(read(missing, image -> object(tenant, image)));
        missing.removeAll(stored.keySet());
        List<String> fresh = missing.stream().limit(MOST_MADE).toList();
        Map<String, byte[]> made = made(read(fresh, image -> Items.object(tenant, image)));
        keep(tenant, made);
        stored.putAll(made);
        synchronized (kept) {
            stored.forEach((image, file) -> kept.put(object(tenant, image), file));
        }
        found.putAll(stored);
        return found;
    }

    /// Deletes thumbnails; one that is asked for again is made again.
    ///
    /// @param tenant whose items
    /// @param images SHA-256 of images
    /// @return done
    Uni<Void> delete(String tenant, Collection<String> images) {
        if (images.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Void>> deletions = new ArrayList<>();
        for (String image : images) {
            synchronized (kept) {
                kept.remove(object(tenant, image));
            }
            deletions.add(Uni.createFrom()
                    .completionStage(() -> store.delete(object(tenant, image)))
                    .onFailure()
                    .invoke(failure -> LOG.warnf(
                            "%s could not be deleted and stays, though no answer shows it: %s",
                            object(tenant, image), failure.getMessage()))
                    .onFailure()
                    .recoverWithNull());
        }
        return Uni.join().all(deletions).usingConcurrencyOf(8).andFailFast().replaceWithVoid();
    }

    private Map<String, byte[]> read(Collection<String> images, UnaryOperator<String> key) {
        if (images.isEmpty()) {
            return Map.of();
        }
        record Read(String image, Optional<byte[]> file) {}
        List<Uni<Read>> reads = new ArrayList<>();
        for (String image : images) {
            reads.add(Uni.createFrom()
                    .completionStage(() -> store.get(key.apply(image)))
                    .map(found -> new Read(image, found.map(ObjectStore.Found::bytes)))
                    .onFailure()
                    .invoke(failure -> LOG.warnf(
                            "%s could not be read, its item is shown without a picture: %s",
                            key.apply(image), failure.getMessage()))
                    .onFailure()
                    .recoverWithItem(new Read(image, Optional.empty())));
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        Uni.join()
                .all(reads)
                .usingConcurrencyOf(8)
                .andFailFast()
                .await()
                .indefinitely()
                .forEach(read -> read.file().ifPresent(file -> files.put(read.image(), file)));
        return files;
    }

    private static Map<String, byte[]> made(Map<String, byte[]> images) {
        Map<String, byte[]> made = new HashMap<>();
        images.forEach((digest, image) -> {
            try {
                made.put(digest, Thumbnail.of(image));
            } catch (ImageRefused refused) {
                LOG.warnf("Image %s has no thumbnail: %s", digest, refused.getMessage());
            }
        });
        return made;
    }

    private void keep(String tenant, Map<String, byte[]> made) {
        if (made.isEmpty()) {
            return;
        }
        List<Uni<ObjectStore.Written>> writes = new ArrayList<>();
        made.forEach((image, file) -> writes.add(Uni.createFrom()
                .completionStage(() -> store.create(object(tenant, image), file))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "%s could not be kept and will be made again: %s", object(tenant, image), failure.getMessage()))
                // Lost means that somebody else made it meanwhile: the same image gives the same thumbnail.
                .onFailure()
                .recoverWithItem(new ObjectStore.Lost())));
        Uni<Void> written =
                Uni.join().all(writes).usingConcurrencyOf(8).andFailFast().replaceWithVoid();
        written.await().indefinitely();
    }

    private static String object(String tenant, String image) {
        return "tenants/" + tenant + "/thumbnails/" + image;
    }
}
