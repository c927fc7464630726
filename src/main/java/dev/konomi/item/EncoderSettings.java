package dev.konomi.item;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// Which frozen encoder reads items. Every release is trained on one encoder's output and answers
/// with no other.
@ConfigMapping(prefix = "konomi.encoder")
public interface EncoderSettings {
    /// Folder of another encoder's files; without it, the one that ships with Konomi.
    Optional<Path> folder();

    /// Whether statistics of the picture stand behind the encoder's tokens: for pictures that it
    /// was not taught. Encodings and releases made without them are other ones.
    @WithDefault("false")
    boolean statistics();

    /// Threads for one batch of items.
    @WithDefault("1")
    int threads();
}
