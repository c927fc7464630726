package dev.konomi.item;

import dev.konomi.door.InvalidField;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/// Keys to remove: `{keys: […]}`.
///
/// @param keys 1 to 500 keys
@RegisterForReflection
public record RemoveItems(List<String> keys) {
    /// The most keys in a call.
    public static final int MOST_KEYS = 500;

    public RemoveItems {
        InvalidField.required("keys", keys);
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            throw new InvalidField(
                    "keys", "\"keys\" has " + keys.size() + " keys; send 1 to " + MOST_KEYS + " at once.");
        }
        for (int i = 0; i < keys.size(); i++) {
            InvalidField.requiredText("keys[" + i + "]", keys.get(i), ItemReference.LONGEST_KEY);
        }
        keys = List.copyOf(keys);
    }

    /// What became of the keys, in their order.
    ///
    /// @param results one for each key
    @RegisterForReflection
    public record Results(List<Result> results) {
        public Results {
            results = List.copyOf(results);
        }
    }

    /// What became of a key.
    ///
    /// @param key the key
    /// @param status `removed`, or `unknown` when it stood for nothing
    /// @param events how many events still refer to the content it stood for: they keep what
    ///     they saw
    @RegisterForReflection
    public record Result(String key, String status, long events) {}
}
