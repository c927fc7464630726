package dev.konomi.cli.evaluate;

import dev.konomi.cli.FloatArrays;
import dev.konomi.item.Encoding;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Keeps what was computed of items, by content digest and encoder: another evaluation of the same images starts at
/// once.
final class ItemCache {
    /// Of the colours and statistics beside the encodings.
    private static final String VERSION = "1";

    private final Path folder;

    /// @param out where reports lie
    /// @param encoderDigest of the encoder
    ItemCache(Path out, String encoderDigest) {
        folder = out.resolve("items").resolve(VERSION + "-" + encoderDigest);
    }

    /// @param digest of the content
    /// @return what was kept, or nothing when it was not or cannot be read
    Optional<EncodedItem> find(String digest) {
        Path file = folder.resolve(digest);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file);
                DataInputStream parts = new DataInputStream(in)) {
            Encoding encoding = new Encoding(FloatArrays.read(parts), FloatArrays.read(parts));
            return Optional.of(new EncodedItem(encoding, FloatArrays.read(parts), FloatArrays.read(parts)));
        } catch (IOException | IllegalArgumentException cutOff) {
            return Optional.empty();
        }
    }

    /// @param digest of the content
    /// @param item kept under this name; a reader never sees half of it
    void keep(String digest, EncodedItem item) {
        try {
            Files.createDirectories(folder);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream parts = new DataOutputStream(bytes)) {
                FloatArrays.write(parts, item.encoding().image());
                FloatArrays.write(parts, item.encoding().text());
                FloatArrays.write(parts, item.colours());
                FloatArrays.write(parts, item.statistics());
            }
            Path draft = Files.createTempFile(folder, "item", ".part");
            Files.write(draft, bytes.toByteArray());
            Files.move(draft, folder.resolve(digest), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("An encoded item cannot be kept in " + folder + ".", failure);
        }
    }
}
