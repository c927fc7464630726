package dev.konomi.taste;

import dev.konomi.history.Observation;
import dev.konomi.item.ItemEncoder;
import dev.konomi.release.ObjectStore;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseReader;
import dev.konomi.release.Verification;
import dev.konomi.token.TokenBook;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/// Releases out of the object store, verified, with their graphs in ONNX Runtime.
@ApplicationScoped
class StoredReleases implements ReleaseLoader {
    private static final Logger LOG = Logger.getLogger(StoredReleases.class);

    private final ReleaseReader reader;
    private final ItemEncoder encoder;
    private final TasteSettings settings;

    StoredReleases(ObjectStore store, ItemEncoder encoder, TasteSettings settings) {
        this.reader = new ReleaseReader(
                store,
                settings.folder()
                        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir", "."), "konomi-releases")));
        this.encoder = encoder;
        this.settings = settings;
    }

    @Override
    public CompletionStage<Loading> load(String tenant, String digest) {
        return reader.read(tenant, digest).thenApply(verification -> switch (verification) {
            case Verification.Refused(String reason) -> new Loading.Refused(reason);
            case Verification.Sound(Release release) -> open(release);
        });
    }

    @Override
    public void keepOnly(String tenant, Set<String> digests) {
        try {
            reader.keepOnly(tenant, digests);
        } catch (UncheckedIOException undeleted) {
            LOG.warnf("Old releases stay on the disk: %s (%s)", undeleted.getMessage(), undeleted.getCause());
        }
    }

    private Loading open(Release release) {
        String wanted = release.manifest().encoder().digest();
        if (!wanted.equals(encoder.digest())) {
            return new Loading.Refused("It takes encodings of encoder " + wanted + ", here works " + encoder.digest()
                    + ": set konomi.encoder.folder, or train again with this encoder.");
        }
        try {
            TokenBook tokens = release.manifest().files().containsKey(TokenBook.FILE)
                    ? TokenBook.read(release.file(TokenBook.FILE))
                    : null;
            ItemOffsets offsets = ItemOffsets.read(release.file(ItemOffsets.FILE));
            CatalogueSample sample = CatalogueSample.read(release.file(CatalogueSample.FILE));
            int named = tokens == null
                    ? release.manifest().model().tokens()
                    : tokens.tokens().size();
            if (named != release.manifest().model().tokens()) {
                return new Loading.Refused("Its tokens.json has " + named + " tokens, its model "
                        + release.manifest().model().tokens() + ".");
            }
            OnnxTasteModel model = OnnxTasteModel.load(release, settings.threads());
            warm(model, sample);
            return new Loading.Loaded(new LoadedRelease(
                    release.digest(),
                    wanted,
                    release.manifest().calibration(),
                    model,
                    offsets,
                    sample,
                    tokens,
                    settings.items()));
        } catch (IllegalArgumentException | IllegalStateException unsound) {
            return new Loading.Refused(String.valueOf(unsound.getMessage()));
        }
    }

    /// The first run through a graph allocates; no question should wait for that.
    private static void warm(TasteModel model, CatalogueSample sample) {
        List<CatalogueSample.SampledItem> sampled = sample.sample();
        float[] appeal = new float[sampled.size()];
        for (int i = 0; i < appeal.length; i++) {
            appeal[i] = sampled.get(i).appeal();
        }
        ItemVectors items = new ItemVectors(
                sampled.stream().map(CatalogueSample.SampledItem::features).toArray(float[][]::new), appeal);
        List<Observation> history = List.of(new Observation.Opinion(0, true, 1, 0));
        float[] unused = model.scores(model.taste(items, history), items, new float[items.size()]);
        if (unused.length != items.size()) {
            throw new IllegalStateException("It scores " + unused.length + " of " + items.size() + " items.");
        }
    }
}
