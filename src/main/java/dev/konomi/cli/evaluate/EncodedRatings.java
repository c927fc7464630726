package dev.konomi.cli.evaluate;

import dev.konomi.item.Encoding;
import dev.konomi.item.ItemEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Ratings whose items are encoded.
///
/// @param encoderDigest of the encoder
/// @param width `d_e`
/// @param pictureStatistics how many of the last columns are statistics of the picture
/// @param items every item once, with its encoding
/// @param colours the same items as colour histograms alone; empty without any image
/// @param statistics the same items as features made by hand; empty without any image
/// @param groups what each item belongs to when items are split
/// @param rows usable rows
/// @param people how many there are; ids are 0 to `people − 1`
/// @param read how many rows the file has
/// @param textOnly usable rows about an item without an image that can be read
/// @param skipped what was wrong with each unusable row
public record EncodedRatings(
        String encoderDigest,
        int width,
        int pictureStatistics,
        List<Encoding> items,
        List<Encoding> colours,
        List<Encoding> statistics,
        List<String> groups,
        List<Ratings.Row> rows,
        int people,
        int read,
        int textOnly,
        List<String> skipped) {
    public EncodedRatings {
        items = List.copyOf(items);
        colours = List.copyOf(colours);
        statistics = List.copyOf(statistics);
        groups = List.copyOf(groups);
        rows = List.copyOf(rows);
        skipped = List.copyOf(skipped);
    }

    /// @param ratings as read from a file
    /// @param encoder turns items into encodings
    /// @param out folder in which encodings are kept for the next time
    /// @param progress told how many items are encoded
    public static EncodedRatings of(Ratings ratings, ItemEncoder encoder, Path out, IntConsumer progress) {
        List<@Nullable EncodedItem> encodings =
                new RatedItems(encoder, new ItemCache(out, encoder.digest())).encode(ratings.items(), progress);
        int[] place = new int[encodings.size()];
        List<EncodedItem> kept = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (int item = 0; item < place.length; item++) {
            EncodedItem encoding = encodings.get(item);
            place[item] = encoding == null ? -1 : kept.size();
            if (encoding != null) {
                kept.add(encoding);
                groups.add(ratings.items().get(item).group());
            }
        }
        List<Ratings.Row> rows = new ArrayList<>();
        List<String> skipped = new ArrayList<>(ratings.skipped());
        int textOnly = 0;
        for (Ratings.Row row : ratings.rows()) {
            if (place[row.item()] < 0) {
                skipped.add("of image " + ratings.items().get(row.item()).image() + ", which cannot be read");
            } else {
                rows.add(new Ratings.Row(row.person(), place[row.item()], row.value()));
                textOnly += kept.get(place[row.item()]).encoding().image() == null ? 1 : 0;
            }
        }
        return new EncodedRatings(
                encoder.digest(),
                encoder.width(),
                encoder.statistics(),
                kept.stream().map(EncodedItem::encoding).toList(),
                pictures(kept, EncodedItem::colours),
                pictures(kept, EncodedItem::statistics),
                groups,
                rows,
                ratings.people().size(),
                ratings.read(),
                textOnly,
                skipped);
    }

    /// Features of images as encodings of their own; who has no image is the mean one.
    private static List<Encoding> pictures(List<EncodedItem> items, Function<EncodedItem, float @Nullable []> part) {
        double[] sum = new double[0];
        int count = 0;
        for (EncodedItem item : items) {
            float[] features = part.apply(item);
            if (features != null) {
                sum = count == 0 ? new double[features.length] : sum;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += features[i];
                }
                count++;
            }
        }
        if (count == 0) {
            return List.of();
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / count);
        }
        return items.stream()
                .map(item -> {
                    float[] features = part.apply(item);
                    return new Encoding(features == null ? mean : features, null);
                })
                .toList();
    }

    /// @return the scale that people rated on
    public RatingScale scale() {
        return RatingScale.of(rows.stream().mapToDouble(Ratings.Row::value).toArray());
    }
}
