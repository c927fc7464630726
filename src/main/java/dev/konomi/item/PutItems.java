package dev.konomi.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.door.Contract;
import dev.konomi.door.InvalidField;
import dev.konomi.door.Partial;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Items to store: `{items: [{key, image?, text?, tags?, upload?}]}`.
///
/// @param items 1 to 500 items; each is bound by itself, so that a bad one does not sink the others
@RegisterForReflection
public record PutItems(
        @Contract.Element(PutItems.Entry.class) List<JsonNode> items) {
    /// The most items in a call.
    public static final int MOST_ITEMS = 500;

    public PutItems {
        InvalidField.required("items", items);
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            throw new InvalidField(
                    "items", "\"items\" has " + items.size() + " items; send 1 to " + MOST_ITEMS + " at once.");
        }
        items = List.copyOf(items);
    }

    /// One item.
    ///
    /// @param key the app's name for it
    /// @param image its image, at most 1 MB, or null
    /// @param text its words, or null
    /// @param tags its tags, or null
    /// @param upload reserved for images that follow by `PUT`; refused until that is there
    @RegisterForReflection
    public record Entry(
            String key,
            byte @Nullable [] image,
            @Nullable String text,
            @Nullable List<String> tags,
            @Nullable Boolean upload) {
        public Entry {
            InvalidField.requiredText("key", key, ItemReference.LONGEST_KEY);
            if (upload != null && upload) {
                throw new InvalidField(
                        "upload", "Uploads are not there yet: send an image of at most 1 MB as \"image\".");
            }
            ItemReference.content(image, text, tags);
        }

        ItemContent content() {
            return ItemReference.content(image, text, tags);
        }
    }

    /// What became of the items, in their order.
    ///
    /// @param results one for each item
    @RegisterForReflection
    public record Results(List<Result> results) implements Partial {
        public Results {
            results = List.copyOf(results);
        }

        @Override
        public int refusedParts() {
            return (int) results.stream()
                    .filter(result -> result.status().equals("refused"))
                    .count();
        }
    }

    /// What became of an item.
    ///
    /// @param key its key, or null when it has none
    /// @param status `stored`, `unchanged` or `refused`
    /// @param uploadUrl reserved for uploads
    /// @param reason why it was refused and what to do
    /// @param field the offending field
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            @Nullable String key,
            String status,
            @Nullable String uploadUrl,
            @Nullable String reason,
            @Nullable String field) {
        static Result of(String key, String status) {
            return new Result(key, status, null, null, null);
        }

        static Result refused(@Nullable String key, String reason, @Nullable String field) {
            return new Result(key, "refused", null, reason, field);
        }
    }
}
