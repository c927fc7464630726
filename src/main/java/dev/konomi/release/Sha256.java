package dev.konomi.release;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Digests that name content, as 64 lower-case hexadecimal digits.
public final class Sha256 {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    /// @param bytes content
    /// @return its digest
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /// @param bytes content, from position to limit, which stay
    /// @return its digest
    public static String of(ByteBuffer bytes) {
        MessageDigest digest = digest();
        digest.update(bytes.duplicate());
        return HexFormat.of().formatHex(digest.digest());
    }

    /// @param digest what should be a digest
    /// @return the same
    /// @throws IllegalArgumentException when it is none
    public static String require(String digest) {
        if (!matches(digest)) {
            throw new IllegalArgumentException("No SHA-256 digest: '"
                    + (digest.length() <= 80 ? digest : digest.substring(0, 80) + "…")
                    + "'. It has 64 lower-case hexadecimal digits.");
        }
        return digest;
    }

    static boolean matches(String text) {
        return HEX.matcher(text).matches();
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }
}
