package dev.konomi.item;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Names content: two items have the same digest if and only if image bytes, text and tags are the same.
public final class ContentDigest {
    private ContentDigest() {}

    /// @param content an item's content
    /// @return SHA-256 in lower-case hexadecimal over a version mark, the image's SHA-256, the text and the tags
    ///     in order, each with its length before it and a missing part as length −1
    public static String of(ItemContent content) {
        byte[] image = content.image();
        return of(image == null ? null : ofImage(image), content.text(), content.tags());
    }

    /// @param image SHA-256 of the image's bytes in hexadecimal, or null
    /// @param text words, or null
    /// @param tags short words
    /// @return the same as [#of(ItemContent)], for those who have the image's digest only
    public static String of(@Nullable String image, @Nullable String text, Iterable<String> tags) {
        MessageDigest digest = sha256();
        digest.update("konomi-content-1".getBytes(StandardCharsets.US_ASCII));
        add(digest, image);
        add(digest, text);
        for (String tag : tags) {
            add(digest, tag);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// @param image image bytes
    /// @return their SHA-256 in lower-case hexadecimal: the image's name in the object store
    public static String ofImage(byte[] image) {
        return HexFormat.of().formatHex(sha256().digest(image));
    }

    private static void add(MessageDigest digest, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        digest.update(
                ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }
}
