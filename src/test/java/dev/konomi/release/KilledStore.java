package dev.konomi.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A store as a process sees it that is killed at its k-th operation: that one and all later ones fail.
final class KilledStore implements ObjectStore {
    private final ObjectStore store;
    private final int at;
    private final boolean afterwards;
    private final List<String> writes = new ArrayList<>();
    private int operations;

    /// @param at k, from 1
    /// @param afterwards the k-th operation takes place, only its answer is never seen
    KilledStore(ObjectStore store, int at, boolean afterwards) {
        this.store = store;
        this.at = at;
        this.afterwards = afterwards;
    }

    /// @return keys in the order they were written
    List<String> writes() {
        return List.copyOf(writes);
    }

    private <T> CompletionStage<T> operation(Supplier<CompletionStage<T>> work) {
        operations++;
        if (operations < at) {
            return work.get();
        }
        if (operations == at && afterwards) {
            return work.get().thenApply(answer -> {
                throw new CompletionException(new IOException("killed after operation " + at));
            });
        }
        return CompletableFuture.failedFuture(new IOException("killed at operation " + at));
    }

    @Override
    public CompletionStage<Optional<Found>> get(String key) {
        return operation(() -> store.get(key));
    }

    @Override
    public CompletionStage<Lookup> getIfChanged(String key, @Nullable String etag) {
        return operation(() -> store.getIfChanged(key, etag));
    }

    @Override
    public CompletionStage<Written> create(String key, byte[] bytes) {
        writes.add(key);
        return operation(() -> store.create(key, bytes));
    }

    @Override
    public CompletionStage<Written> replace(String key, byte[] bytes, @Nullable String expectedEtag) {
        writes.add(key);
        return operation(() -> store.replace(key, bytes, expectedEtag));
    }

    @Override
    public CompletionStage<List<Listed>> list(String prefix) {
        return operation(() -> store.list(prefix));
    }

    @Override
    public CompletionStage<Void> delete(String key) {
        return operation(() -> store.delete(key));
    }

    @Override
    public void close() {
        store.close();
    }
}
