package dev.konomi.item;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A frozen encoder's output for one item: one visual token and one text token of the encoder's
/// width. A missing modality is null, never zeros: the release's connector puts its learned absent
/// token there.
///
/// @param image `[d_e]`, or null without an image
/// @param text `[d_e]`, or null without text and tags
public record Encoding(float @Nullable [] image, float @Nullable [] text) {
    // Written out: of a compact constructor, javac loses where an array is @Nullable.
    public Encoding(float @Nullable [] image, float @Nullable [] text) {
        if (image == null && text == null) {
            throw new IllegalArgumentException("An encoding needs an image token or a text token; both are missing.");
        }
        this.image = image;
        this.text = text;
    }

    /// @param image what the database keeps of the visual token, or null
    /// @param text what the database keeps of the text token, or null
    /// @return the encoding
    public static Encoding of(byte @Nullable [] image, byte @Nullable [] text) {
        return new Encoding(image == null ? null : floats(image), text == null ? null : floats(text));
    }

    /// @param token `[d_e]`, or null
    /// @return as the database keeps it: float32, little-endian; null for null
    public static byte @Nullable [] bytes(float @Nullable [] token) {
        if (token == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * token.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(token);
        return bytes.array();
    }

    /// @param bytes what the database keeps of a vector
    /// @return the vector
    public static float[] floats(byte[] bytes) {
        float[] token = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(token);
        return token;
    }
}
