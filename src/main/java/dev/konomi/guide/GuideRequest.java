package dev.konomi.guide;

import dev.konomi.door.InvalidField;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// What would the person add to this prompt?
///
/// @param user the app's name for the person, at most 200 characters; need not be known yet
/// @param prompt what to make a picture of, in English or Japanese, at most 2,000 characters
@RegisterForReflection
public record GuideRequest(String user, String prompt) {
    public GuideRequest {
        InvalidField.requiredText("user", user, 200);
        InvalidField.requiredText("prompt", prompt, 2000);
    }
}
