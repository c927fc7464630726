package dev.konomi.taste;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.konomi.release.Sha256;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// A sample of the training catalogue as a release sees it, so that a score can be held against what a person makes of
/// the catalogue: the release's file `catalogue.json`.
///
/// @param sample 1 to [#MOST] items, ordered by content digest
@RegisterForReflection
public record CatalogueSample(@JsonProperty("sample") List<SampledItem> sample) {
    /// The file's name.
    public static final String FILE = "catalogue.json";

    /// The most items in a sample: the median of 128 has a standard error of 0.11 standard deviations.
    public static final int MOST = 128;

    /// An item of the sample.
    ///
    /// @param item content digest
    /// @param features `g(z)`, `[G]`
    /// @param appeal `b(z)`
    /// @param offset `o_z`
    public record SampledItem(
            @JsonProperty("item") String item,
            @JsonProperty("features") float[] features,
            @JsonProperty("appeal") float appeal,
            @JsonProperty("offset") float offset) {
        public SampledItem {
            Sha256.require(Objects.requireNonNull(item, "An item's digest is missing."));
            Objects.requireNonNull(features, "An item's features are missing.");
            boolean finite = Float.isFinite(appeal) && Float.isFinite(offset);
            for (float feature : features) {
                finite &= Float.isFinite(feature);
            }
            if (!finite) {
                throw new IllegalArgumentException("Item " + item
                        + " of the catalogue's sample has a feature, appeal or offset that is no finite number.");
            }
        }

        private float score(float[] taste) {
            float score = appeal + offset;
            for (int k = 0; k < taste.length; k++) {
                score += taste[k] * features[k];
            }
            return score;
        }
    }

    public CatalogueSample {
        sample = List.copyOf(Objects.requireNonNull(sample, "The sample is missing."));
        if (sample.isEmpty() || sample.size() > MOST) {
            throw new IllegalArgumentException(
                    "A catalogue's sample has 1 to " + MOST + " items, got " + sample.size() + ".");
        }
        int width = sample.getFirst().features().length;
        for (SampledItem item : sample) {
            if (item.features().length != width) {
                throw new IllegalArgumentException("Items of a catalogue's sample have features of width " + width
                        + " and " + item.features().length + "; take them from one release.");
            }
        }
    }

    /// Draws a sample by content digest, which is as good as by lot and the same each time.
    ///
    /// @param items content digests of the catalogue's N items, at least one
    /// @param vectors what the release makes of them
    /// @param offsets `o_z`, `[N]`
    public static CatalogueSample of(List<String> items, ItemVectors vectors, float[] offsets) {
        if (items.size() != vectors.size() || items.size() != offsets.length) {
            throw new IllegalArgumentException(items.size() + " items, " + vectors.size() + " vectors and "
                    + offsets.length + " offsets do not belong together.");
        }
        return new CatalogueSample(IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparing(items::get))
                .limit(MOST)
                .map(i -> new SampledItem(items.get(i), vectors.features()[i].clone(), vectors.appeal()[i], offsets[i]))
                .toList());
    }

    /// @param taste a person's taste under the same release
    /// @return the person's score of the sample's median item; of an even number, the mean of the middle two
    public float median(Taste taste) {
        int width = sample.getFirst().features().length;
        if (taste.vector().length != width) {
            throw new IllegalArgumentException("The catalogue's sample has features of width " + width
                    + ", the taste has width " + taste.vector().length + "; take both from one release.");
        }
        float[] scores = new float[sample.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = sample.get(i).score(taste.vector());
        }
        Arrays.sort(scores);
        int middle = scores.length / 2;
        return scores.length % 2 == 1 ? scores[middle] : (scores[middle - 1] + scores[middle]) / 2;
    }

    /// @param bytes content of a catalogue file; unknown fields are ignored
    /// @return the sample
    /// @throws IllegalArgumentException when it is none, says what is wrong
    public static CatalogueSample read(byte[] bytes) {
        return ReleaseJson.read(FILE, bytes, CatalogueSample.class);
    }

    /// @return content of a catalogue file; the same sample always gives the same bytes
    public byte[] bytes() {
        return ReleaseJson.bytes(FILE, this);
    }
}
