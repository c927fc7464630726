package dev.konomi.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/// Gives the functions the object store that the settings name.
final class OpenStore {
    @Produces
    @ApplicationScoped
    ObjectStore store(StoreSettings settings) {
        return ObjectStores.open(settings);
    }

    void close(@Disposes ObjectStore store) {
        store.close();
    }
}
