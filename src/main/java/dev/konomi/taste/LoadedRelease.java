package dev.konomi.taste;

import dev.konomi.release.Manifest;
import dev.konomi.token.TokenBook;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A release that answers: its model and what else a question needs. It is closed when nobody uses
/// it any more.
final class LoadedRelease {
    private final String digest;
    private final String encoder;
    private final Manifest.Calibration calibration;
    private final TasteModel model;
    private final ItemOffsets offsets;
    private final CatalogueSample sample;
    private final @Nullable TokenBook tokens;
    private final ItemVectorCache vectors;
    /// Everybody who uses it, whoever serves it among them; 0: closed.
    private final AtomicInteger users = new AtomicInteger(1);

    /// @param digest the release's digest
    /// @param encoder digest of the encoder whose encodings it takes
    /// @param calibration what turns scores into probabilities
    /// @param model closed with the release
    /// @param offsets `o_z`
    /// @param sample of the catalogue
    /// @param tokens names, or null where the release has none
    /// @param items how many items' vectors are kept
    LoadedRelease(
            String digest,
            String encoder,
            Manifest.Calibration calibration,
            TasteModel model,
            ItemOffsets offsets,
            CatalogueSample sample,
            @Nullable TokenBook tokens,
            int items) {
        this.digest = digest;
        this.encoder = encoder;
        this.calibration = calibration;
        this.model = model;
        this.offsets = offsets;
        this.sample = sample;
        this.tokens = tokens;
        this.vectors = new ItemVectorCache(model, items);
    }

    String digest() {
        return digest;
    }

    String encoder() {
        return encoder;
    }

    Manifest.Calibration calibration() {
        return calibration;
    }

    TasteModel model() {
        return model;
    }

    /// @param digests content digests
    /// @return `o_z` of these items, `[N]`; 0 for those that training did not know
    float[] offsets(List<String> digests) {
        float[] found = new float[digests.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = offsets.of(digests.get(i));
        }
        return found;
    }

    CatalogueSample sample() {
        return sample;
    }

    @Nullable
    TokenBook tokens() {
        return tokens;
    }

    ItemVectorCache vectors() {
        return vectors;
    }

    /// @return false when it is closed already
    boolean acquire() {
        return users.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
    }

    /// Ends one use; the last one closes the model.
    void release() {
        if (users.decrementAndGet() == 0) {
            model.close();
        }
    }
}
