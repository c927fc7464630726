package dev.konomi.train.evaluate.reason;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.taste.CommonGround;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.Taste;
import dev.konomi.taste.TasteModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// What a person liked, and what each like does to the score of a candidate: the score with it
/// minus the score without it, everything else left as it is. A choice is a like of what was
/// chosen and goes as a whole.
public final class LikedItems {
    private final TasteModel model;
    private final ItemVectors items;
    private final List<Observation> history;
    private final List<Encoding> encodings;
    private final CommonGround ground;
    private final int[] likes;
    private final Taste taste;
    private final float[][] without;

    /// @param model a release's
    /// @param encodings of the items that history and candidates point into
    /// @param items what the release makes of them
    /// @param history oldest first
    public LikedItems(TasteModel model, List<Encoding> encodings, ItemVectors items, List<Observation> history) {
        this.model = model;
        this.items = items;
        this.history = List.copyOf(history);
        this.encodings = List.copyOf(encodings);
        this.ground = new CommonGround(model);
        this.likes = IntStream.range(0, history.size())
                .filter(place -> history.get(place).likedItem() >= 0)
                .toArray();
        this.taste = model.taste(items, history);
        this.without =
                tastes(IntStream.of(likes).mapToObj(place -> new int[] {place}).toList());
    }

    /// @return how many likes the history holds
    public int size() {
        return likes.length;
    }

    /// @param like from 0, oldest first
    /// @return the item that was liked
    public int item(int like) {
        return history.get(likes[like]).likedItem();
    }

    /// @param candidate an item
    /// @param count how many are wanted
    /// @return the likes that are named as reasons for its score, best first ([CommonGround])
    public int[] named(int candidate, int count) {
        double[] falls = Arrays.stream(without)
                .mapToDouble(left -> drop(left, candidate))
                .toArray();
        List<Encoding> liked = IntStream.range(0, likes.length)
                .mapToObj(like -> encodings.get(item(like)))
                .toList();
        return ground.order(taste, encodings.get(candidate), liked, falls).stream()
                .limit(count)
                .mapToInt(CommonGround.Place::like)
                .toArray();
    }

    /// @param candidate an item
    /// @param count how many are wanted
    /// @return the likes whose items are most similar to it in the release's view (cosine of
    ///   features)
    public int[] mostSimilar(int candidate, int count) {
        float[] wanted = items.features()[candidate];
        return largest(
                like -> {
                    float[] liked = items.features()[item(like)];
                    return dot(liked, wanted) / Math.sqrt(Math.max(dot(liked, liked) * dot(wanted, wanted), 1e-30));
                },
                count);
    }

    /// Removes likes together and scores anew, for several sets of them in one batch.
    ///
    /// @param candidate an item
    /// @param removed numbers of likes, one array a set
    /// @return by how much the candidate's score falls
    public double[] drops(int candidate, List<int[]> removed) {
        float[][] left = tastes(removed.stream()
                .map(set -> IntStream.of(set).map(like -> likes[like]).toArray())
                .toList());
        return Arrays.stream(left).mapToDouble(taste -> drop(taste, candidate)).toArray();
    }

    /// @param removed places in the history, one array a set
    private float[][] tastes(List<int[]> removed) {
        float[][] kept = new float[removed.size()][history.size()];
        for (int set = 0; set < kept.length; set++) {
            Arrays.fill(kept[set], 1);
            for (int place : removed.get(set)) {
                kept[set][place] = 0;
            }
        }
        return kept.length == 0
                ? new float[0][]
                : model.tastes(items, history, kept).stream().map(Taste::vector).toArray(float[][]::new);
    }

    /// Appeal and offset are the same with and without: only what the taste says changes.
    private double drop(float[] left, int candidate) {
        return dot(taste.vector(), items.features()[candidate]) - dot(left, items.features()[candidate]);
    }

    private int[] largest(IntToDoubleFunction value, int count) {
        double[] values = IntStream.range(0, likes.length).mapToDouble(value).toArray();
        return IntStream.range(0, likes.length)
                .boxed()
                .sorted(Comparator.comparingDouble(like -> -values[like]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }
}
