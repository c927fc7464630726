package dev.konomi.taste;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.konomi.release.Sha256;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// What people's events say about the very items that a release was trained on, beyond what their content lets one
/// expect: the release's file `offsets.json`.
///
/// @param offsets `o_z` by the item's content digest
@RegisterForReflection
public record ItemOffsets(@JsonProperty("offsets") SortedMap<String, Float> offsets) {
    /// The file's name.
    public static final String FILE = "offsets.json";

    public ItemOffsets {
        Objects.requireNonNull(offsets, "The offsets are missing.");
        offsets.forEach((item, offset) -> {
            Sha256.require(item);
            if (offset == null || !Float.isFinite(offset)) {
                throw new IllegalArgumentException(
                        "The offset of item " + item + " is " + offset + "; it must be a finite number.");
            }
        });
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    /// @param offsets `o_z` by the item's content digest
    public static ItemOffsets of(Map<String, Float> offsets) {
        return new ItemOffsets(new TreeMap<>(offsets));
    }

    /// @param item an item's content digest
    /// @return `o_z`; 0 for an item that training did not know
    public float of(String item) {
        return offsets.getOrDefault(item, 0f);
    }

    /// @param bytes content of an offsets file; unknown fields are ignored
    /// @return the offsets
    /// @throws IllegalArgumentException when it is none, says what is wrong
    public static ItemOffsets read(byte[] bytes) {
        return ReleaseJson.read(FILE, bytes, ItemOffsets.class);
    }

    /// @return content of an offsets file; the same offsets always give the same bytes
    public byte[] bytes() {
        return ReleaseJson.bytes(FILE, this);
    }
}
