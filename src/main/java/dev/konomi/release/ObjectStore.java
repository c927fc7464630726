package dev.konomi.release;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Objects by key, in a folder or in a bucket: one contract. Keys look like `tenants/acme/current`: segments of ASCII
/// letters, digits and `._=-` that do not begin with a dot, joined by `/`, at most 1,024 characters; anything else is
/// an
/// `IllegalArgumentException` before anything is touched.
///
/// An object is visible whole or not at all. Whoever loses a conditional write is told by a value. Everything else that
/// goes wrong (disk, network, permissions) completes the stage with the `IOException` or SDK exception that says so.
///
/// A write whose answer got lost on the network may be repeated underneath and then lose *against itself*: after `Lost`
/// compare what stands there with what was meant to stand there.
public interface ObjectStore extends AutoCloseable {
    /// @param key the object's key
    /// @return the object, or empty where there is none
    CompletionStage<Optional<Found>> get(String key);

    /// @param key the object's key
    /// @param etag the etag last seen, or null to fetch in any case
    /// @return `Unchanged` while the object still has this etag, else `Found` or `Absent`
    CompletionStage<Lookup> getIfChanged(String key, @Nullable String etag);

    /// Writes an object that must not exist yet.
    ///
    /// @param key the object's key
    /// @param bytes its content
    /// @return `Stored`, or `Lost` when an object stands there already, whatever its content
    CompletionStage<Written> create(String key, byte[] bytes);

    /// Compare-and-swap.
    ///
    /// @param key the object's key
    /// @param bytes its new content
    /// @param expectedEtag the etag that the object must still have; null: it must not exist
    /// @return `Stored`, or `Lost` when the object has another etag, or is gone, or appeared
    CompletionStage<Written> replace(String key, byte[] bytes, @Nullable String expectedEtag);

    /// @param prefix what keys begin with, to the character; may be empty
    /// @return all objects, by key in ascending order
    CompletionStage<List<Listed>> list(String prefix);

    /// Deletes an object; deleting one that is not there is no error.
    ///
    /// @param key the object's key
    /// @return done
    CompletionStage<Void> delete(String key);

    @Override
    void close();

    /// What a conditional read found.
    sealed interface Lookup {}

    /// The object.
    ///
    /// @param bytes its content
    /// @param etag names this content; opaque
    record Found(byte[] bytes, String etag) implements Lookup {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Found found && etag.equals(found.etag) && Arrays.equals(bytes, found.bytes);
        }

        @Override
        public int hashCode() {
            return etag.hashCode();
        }

        @Override
        public String toString() {
            return "Found[" + bytes.length + " bytes, etag=" + etag + "]";
        }
    }

    /// The object still is what the reader has.
    record Unchanged() implements Lookup {}

    /// There is no such object.
    record Absent() implements Lookup {}

    /// What became of a conditional write.
    sealed interface Written {}

    /// The object stands, whole and durable.
    ///
    /// @param etag its new etag
    record Stored(String etag) implements Written {}

    /// The condition did not hold; nothing was written.
    record Lost() implements Written {}

    /// An object in a listing.
    ///
    /// @param key its key
    /// @param bytes its size
    /// @param modified when it was written, by the store's clock
    record Listed(String key, long bytes, Instant modified) {}
}
