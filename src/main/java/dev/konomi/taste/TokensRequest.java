package dev.konomi.taste;

import dev.konomi.door.InvalidField;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// Which groups' tastes make up the person's?
///
/// @param user the app's name for the person, at most 200 characters; need not be known yet
@RegisterForReflection
public record TokensRequest(String user) {
    public TokensRequest {
        InvalidField.requiredText("user", user, 200);
    }
}
