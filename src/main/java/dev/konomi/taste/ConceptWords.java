package dev.konomi.taste;

import dev.konomi.item.ItemEncoder;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Keeps the words as this process's encoder reads them: they are read when somebody first asks why. A loaded
/// release takes this encoder's encodings, whatever its age.
@ApplicationScoped
public class ConceptWords {
    private final ItemEncoder encoder;
    private @Nullable Concepts concepts;

    ConceptWords(ItemEncoder encoder) {
        this.encoder = encoder;
    }

    /// @return the words, read once
    public synchronized Concepts concepts() {
        Concepts now = concepts;
        if (now == null) {
            now = Concepts.of(encoder);
            concepts = now;
        }
        return now;
    }
}
