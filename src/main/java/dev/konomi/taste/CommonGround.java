package dev.konomi.taste;

import dev.konomi.item.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which of a person's likes are the reasons for a candidate's score: of the likes without which
/// the score would be lower, first those that have most in common with the candidate of what
/// the person likes about it.
///
/// With encodings `x` and their catalogue's mean `μ`, what candidate `z` has in common with like
/// `l` is what stands above the mean in both, by the smaller excess, component by component and
/// modality by modality (nothing, where either lacks one):
///
/// `c_k = max(0, min(x_z,k − μ_k, x_l,k − μ_k))`
///
/// It is worth what the score loses without it, through the release's item graph:
/// `w_l = s(u, x_z) − s(u, x_z − c) = h_u·(g(x_z) − g(x_z − c)) + b(x_z) − b(x_z − c)`.
public final class CommonGround {
    private final TasteModel model;
    private final Encoding mean;

    /// @param model a release's
    public CommonGround(TasteModel model) {
        this.model = model;
        this.mean = model.mean();
    }

    /// A like in its place among the reasons.
    ///
    /// @param like its index
    /// @param worth `w`; 0 where it was not asked for
    public record Place(int like, double worth) {}

    /// @param taste the person's
    /// @param candidate an item's encoding, or null where it is not at hand: then likes stand by
    ///     what they raise the score by
    /// @param likes encodings of what the person liked; null for those not at hand, which have
    ///     nothing in common with anything
    /// @param falls by how much the score falls without each like
    /// @return all likes: those whose fall is positive by falling worth, then the others by falling
    ///     fall
    public List<Place> order(
            Taste taste, @Nullable Encoding candidate, List<? extends @Nullable Encoding> likes, double[] falls) {
        if (likes.size() != falls.length) {
            throw new IllegalArgumentException(
                    likes.size() + " likes and " + falls.length + " falls: give one fall for each.");
        }
        double[] worth = worth(taste, candidate, likes, falls);
        return IntStream.range(0, falls.length)
                .boxed()
                .sorted(Comparator.comparing((Integer like) -> falls[like] <= 0)
                        .thenComparingDouble(like -> -worth[like])
                        .thenComparingDouble(like -> -falls[like])
                        .thenComparingInt(like -> like))
                .map(like -> new Place(like, worth[like]))
                .toList();
    }

    private double[] worth(
            Taste taste, @Nullable Encoding candidate, List<? extends @Nullable Encoding> likes, double[] falls) {
        double[] worth = new double[falls.length];
        if (candidate == null) {
            return worth;
        }
        List<Integer> asked = new ArrayList<>();
        List<Encoding> encodings = new ArrayList<>();
        encodings.add(candidate);
        for (int like = 0; like < falls.length; like++) {
            Encoding liked = likes.get(like);
            if (falls[like] > 0 && liked != null) {
                asked.add(like);
                encodings.add(without(candidate, liked, mean));
            }
        }
        if (asked.isEmpty()) {
            return worth;
        }
        ItemVectors items = model.items(encodings);
        double whole = score(taste, items, 0);
        for (int i = 0; i < asked.size(); i++) {
            worth[asked.get(i)] = whole - score(taste, items, i + 1);
        }
        return worth;
    }

    static double score(Taste taste, ItemVectors items, int item) {
        return Scorer.dot(taste.vector(), items.features()[item]) + items.appeal()[item];
    }

    /// @param candidate an item
    /// @param like another one
    /// @param mean of the catalogue
    /// @return the candidate without what it has in common with the like, `x_z − c`
    static Encoding without(Encoding candidate, Encoding like, Encoding mean) {
        return new Encoding(
                without(candidate.image(), like.image(), mean.image()),
                without(candidate.text(), like.text(), mean.text()));
    }

    private static float @Nullable [] without(
            float @Nullable [] candidate, float @Nullable [] like, float @Nullable [] mean) {
        if (candidate == null || like == null || mean == null) {
            return candidate;
        }
        float[] left = candidate.clone();
        float[] common = common(candidate, like, mean);
        for (int k = 0; k < left.length; k++) {
            left[k] -= common[k];
        }
        return left;
    }

    /// @return `c`, `[d_e]`
    static float[] common(float[] candidate, float[] like, float[] mean) {
        float[] common = new float[candidate.length];
        for (int k = 0; k < common.length; k++) {
            common[k] = Math.max(0, Math.min(candidate[k] - mean[k], like[k] - mean[k]));
        }
        return common;
    }
}
