package dev.konomi.taste;

import dev.konomi.door.InvalidField;
import dev.konomi.item.ItemReference;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of these would the person prefer?
///
/// @param user the app's name for the person, at most 200 characters; need not be known yet
/// @param prompt what the candidates were made for, at most 8,000 characters; the late head
///     does not read it
/// @param candidates 1 to 200 items, each `{key}` or `{image?, text?, tags?}`
/// @param explain true to learn why
/// @param thumbnails false for an explanation without pictures of the likes behind it
@RegisterForReflection
public record ScoreRequest(
        String user,
        @Nullable String prompt,
        List<ItemReference> candidates,
        @Nullable Boolean explain,
        @Nullable Boolean thumbnails) {
    /// The most candidates of a question.
    public static final int MOST_CANDIDATES = 200;

    public ScoreRequest {
        InvalidField.requiredText("user", user, 200);
        if (prompt != null) {
            InvalidField.boundedText("prompt", prompt, ItemReference.LONGEST_TEXT);
        }
        InvalidField.required("candidates", candidates);
        if (candidates.isEmpty() || candidates.size() > MOST_CANDIDATES) {
            throw new InvalidField(
                    "candidates",
                    "\"candidates\" has " + candidates.size() + " items; send 1 to " + MOST_CANDIDATES + " at once.");
        }
        for (int i = 0; i < candidates.size(); i++) {
            InvalidField.required("candidates[" + i + "]", candidates.get(i));
        }
        candidates = List.copyOf(candidates);
    }

    boolean explains() {
        return explain != null && explain;
    }

    boolean shows() {
        return thumbnails == null || thumbnails;
    }
}
