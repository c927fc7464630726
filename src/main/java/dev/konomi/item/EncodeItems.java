package dev.konomi.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.konomi.door.InvalidField;
import dev.konomi.door.Partial;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Items to encode, named in one of three ways: `{keys}`, `{digests}` or `{missing: true}`.
///
/// @param keys keys of stored items, 1 to 500
/// @param digests content digests, 1 to 500
/// @param missing true for whatever has no encoding yet, at most 500 at once
@RegisterForReflection
public record EncodeItems(
        @Nullable List<String> keys,
        @Nullable List<String> digests,
        @Nullable Boolean missing) {
    /// The most items in a call.
    public static final int MOST_ITEMS = 500;

    public EncodeItems {
        boolean all = missing != null && missing;
        if ((keys == null ? 0 : 1) + (digests == null ? 0 : 1) + (all ? 1 : 0) != 1) {
            throw new InvalidField(
                    "keys", "Name items by \"keys\", by \"digests\" or with \"missing\":true: send one.");
        }
        keys = checked("keys", keys, ItemReference.LONGEST_KEY);
        digests = checked("digests", digests, 64);
    }

    private static @Nullable List<String> checked(String field, @Nullable List<String> names, int longest) {
        if (names == null) {
            return null;
        }
        if (names.isEmpty() || names.size() > MOST_ITEMS) {
            throw new InvalidField(
                    field, "\"" + field + "\" has " + names.size() + " names; send 1 to " + MOST_ITEMS + " at once.");
        }
        for (int i = 0; i < names.size(); i++) {
            InvalidField.requiredText(field + "[" + i + "]", names.get(i), longest);
        }
        return List.copyOf(names);
    }

    /// What came of it.
    ///
    /// @param encoder digest of the encoder that worked
    /// @param encoded how many items were encoded now
    /// @param kept how many were so before
    /// @param unknown names behind which nothing is stored
    /// @param refused items that cannot be encoded
    /// @param more whether others are still missing: call again
    @RegisterForReflection
    public record Encoded(
            String encoder, int encoded, int kept, List<String> unknown, List<Refused> refused, boolean more)
            implements Partial {
        public Encoded {
            unknown = List.copyOf(unknown);
            refused = List.copyOf(refused);
        }

        /// @return items that cannot be encoded, and names behind which nothing is stored yet
        @Override
        public int refusedParts() {
            return refused.size() + unknown.size();
        }
    }

    /// An item that cannot be encoded.
    ///
    /// @param digest its content digest
    /// @param reason why and what to do
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Refused(String digest, String reason) {}
}
