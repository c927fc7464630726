package dev.konomi.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which release of a tenant is served: the object `tenants/<tenant>/current`.
///
/// @param release digest of the release
/// @param at when it became current
/// @param previous what a rollback goes back to, or null
@RegisterForReflection
public record Pointer(String release, Instant at, @Nullable String previous) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public Pointer {
        Sha256.require(Objects.requireNonNull(release, "release is missing."));
        Objects.requireNonNull(at, "at is missing.");
        if (previous != null) {
            Sha256.require(previous);
        }
    }

    /// @param bytes content of the pointer object
    /// @return the pointer
    /// @throws IllegalArgumentException when it is none
    public static Pointer read(byte[] bytes) {
        try {
            Pointer read = JSON.readValue(bytes, Pointer.class);
            if (read == null) {
                throw new IllegalArgumentException("The pointer to the current release cannot be read: it is null.");
            }
            return read;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The pointer to the current release cannot be read: " + e.getMessage(), e);
        }
    }

    /// @return content of the pointer object
    public byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A pointer could not be written.", e);
        }
    }
}
