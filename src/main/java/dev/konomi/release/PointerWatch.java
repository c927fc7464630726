package dev.konomi.release;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Looks at a tenant's pointer again and again, and fetches it only when it moved. Safe for use by
/// many threads.
public final class PointerWatch {
    private final ObjectStore store;
    private final String key;
    private volatile @Nullable String etag;

    /// @param store where releases are published
    /// @param tenant whose pointer
    public PointerWatch(ObjectStore store, String tenant) {
        this.store = store;
        this.key = ReleaseKeys.pointer(tenant);
    }

    /// @return the pointer when it is new since the last look; empty when it is the same or
    ///     there is none; fails when the store does not answer or the pointer is unreadable
    public CompletionStage<Optional<Pointer>> look() {
        return store.getIfChanged(key, etag).thenApply(lookup -> switch (lookup) {
            case ObjectStore.Found found -> {
                Pointer pointer = Pointer.read(found.bytes());
                etag = found.etag();
                yield Optional.of(pointer);
            }
            case ObjectStore.Unchanged same -> Optional.empty();
            case ObjectStore.Absent none -> Optional.empty();
        });
    }
}
