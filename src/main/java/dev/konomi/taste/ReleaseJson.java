package dev.konomi.taste;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/// JSON files of a release: plain, numbers as the shortest decimals that read back as the same floats.
final class ReleaseJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ReleaseJson() {}

    static <T> T read(String file, byte[] bytes, Class<T> type) {
        try {
            T content = JSON.readValue(bytes, type);
            if (content == null) {
                throw new IllegalArgumentException("The release's " + file + " says null; it must be an object.");
            }
            return content;
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(
                    "The release's " + file + " cannot be read: "
                            + (cause == null ? e.getOriginalMessage() : cause.getMessage()),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The release's " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static byte[] bytes(String file, Object content) {
        try {
            return JSON.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The release's " + file + " could not be written.", e);
        }
    }
}
