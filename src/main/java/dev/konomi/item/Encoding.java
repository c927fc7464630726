package dev.konomi.item;

import org.jspecify.annotations.Nullable;

/// A frozen encoder's output for one item: one visual token and one text token of the encoder's width.
/// A missing modality is null, never zeros: the release's connector puts its learned absent token there.
///
/// @param image `[d_e]`, or null without an image
/// @param text `[d_e]`, or null without text and tags
public record Encoding(float @Nullable [] image, float @Nullable [] text) {
    public Encoding {
        if (image == null && text == null) {
            throw new IllegalArgumentException("An encoding needs an image token or a text token; both are missing.");
        }
    }
}
