package dev.konomi.item;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an item is: an image, words, or both.
///
/// @param image encoded image bytes (PNG, JPEG, WebP, GIF), or null; never decoded before `ImageReader` has checked it
/// @param text prompt, review or description, or null
/// @param tags short words an app attached, possibly none
@RegisterForReflection
public record ItemContent(byte @Nullable [] image, @Nullable String text, List<String> tags) {
    // Written out: of a compact constructor, javac loses where an array is @Nullable.
    public ItemContent(byte @Nullable [] image, @Nullable String text, List<String> tags) {
        if (image == null && (text == null || text.isBlank()) && tags.isEmpty()) {
            throw new IllegalArgumentException("An item needs an image, a text or a tag; all are missing.");
        }
        this.image = image;
        this.text = text;
        this.tags = List.copyOf(tags);
    }
}
