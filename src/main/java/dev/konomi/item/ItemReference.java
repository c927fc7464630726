package dev.konomi.item;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.konomi.door.InvalidField;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item as a call names it: by the key it was put under, or by its content.
@RegisterForReflection
public sealed interface ItemReference {
    /// The most bytes an image inside a call may have.
    int MOST_INLINE_BYTES = 1_000_000;

    /// The most characters of a key.
    int LONGEST_KEY = 200;

    /// The most characters of an item's text.
    int LONGEST_TEXT = 8_000;

    /// The most tags.
    int MOST_TAGS = 64;

    /// The most characters of a tag.
    int LONGEST_TAG = 100;

    /// @param key the app's name for the item
    record ByKey(String key) implements ItemReference {}

    /// @param content the item itself
    record Inline(ItemContent content) implements ItemReference {}

    /// `{key}` or `{image?, text?, tags?}` as JSON has it.
    ///
    /// @return the reference
    /// @throws InvalidField when both or neither are given, or one is too long
    @JsonCreator
    static ItemReference of(
            @JsonProperty("key") @Nullable String key,
            @JsonProperty("image") byte @Nullable [] image,
            @JsonProperty("text") @Nullable String text,
            @JsonProperty("tags") @Nullable List<String> tags) {
        boolean empty = image == null && text == null && tags == null;
        if (key != null) {
            if (!empty) {
                throw new InvalidField("key", "An item is named by \"key\" or given by its content: send one of both.");
            }
            return new ByKey(InvalidField.requiredText("key", key, LONGEST_KEY));
        }
        if (empty) {
            throw new InvalidField(
                    "key", "An item needs a \"key\", or an \"image\", a \"text\" or \"tags\": send one.");
        }
        return new Inline(content(image, text, tags));
    }

    /// @param image image bytes, or null
    /// @param text words, or null
    /// @param tags short words, or null
    /// @return the content
    /// @throws InvalidField when something is too long or all are missing
    static ItemContent content(byte @Nullable [] image, @Nullable String text, @Nullable List<String> tags) {
        if (image != null && image.length > MOST_INLINE_BYTES) {
            throw new InvalidField(
                    "image",
                    "\"image\" has " + image.length + " bytes; inside a call send at most " + MOST_INLINE_BYTES
                            + " bytes.");
        }
        byte[] bytes = image == null || image.length == 0 ? null : image;
        String words = text == null ? null : InvalidField.boundedText("text", text, LONGEST_TEXT);
        List<String> labels = tags == null ? List.of() : tags;
        if (labels.size() > MOST_TAGS) {
            throw new InvalidField("tags", "\"tags\" has " + labels.size() + " tags; send at most " + MOST_TAGS + ".");
        }
        for (String tag : labels) {
            InvalidField.requiredText("tags", tag, LONGEST_TAG);
        }
        if (bytes == null && (words == null || words.isBlank()) && labels.isEmpty()) {
            throw new InvalidField("text", "The item has no image, no text and no tag: send at least one.");
        }
        return new ItemContent(bytes, words, labels);
    }
}
