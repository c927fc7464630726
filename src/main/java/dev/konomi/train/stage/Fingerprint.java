package dev.konomi.train.stage;

import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// SHA-256 of everything that decides what training comes to.
final class Fingerprint {
    private Fingerprint() {}

    static String of(Dataset data, Record plan) {
        MessageDigest digest = sha256();
        update(digest, plan.toString());
        update(digest, data.encoderDigest());
        for (Encoding item : data.items()) {
            update(digest, item.image());
            update(digest, item.text());
        }
        for (Person person : data.people()) {
            update(digest, person.toString());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// @param start weights that training starts from
    static String of(Dataset data, Record plan, SortedMap<String, float[]> start) {
        MessageDigest digest = sha256();
        update(digest, of(data, plan));
        start.forEach((name, values) -> {
            update(digest, name);
            update(digest, values);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void update(MessageDigest digest, float @Nullable [] values) {
        if (values == null) {
            digest.update((byte) 0);
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update((byte) 1);
        digest.update(bytes.array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
