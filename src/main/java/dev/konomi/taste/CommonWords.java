package dev.konomi.taste;

import dev.konomi.item.Encoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words for what a candidate has in common with a like and the person likes about it.
///
/// With `c` of [CommonGround] and a word's excess `e` (see [Concepts]), the share of the word that both show is
/// `ρ = Σ_k min(c_k, e_k)·e_k / Σ_k e_k²`, in the modality where it is larger, and what they have of it is worth
/// `w = s(u, x_z) − s(u, x_z − min(c, e))`. A word counts when `ρ ≥ 0.6` and `w` is at least a fifth of what all
/// that they have in common is worth. The word with the largest `ρ·w` comes first and its part is taken out of `c`,
/// so that a second word says something else.
final class CommonWords {
    /// How many words a like gets at most.
    static final int MOST = 3;

    private static final double WORTH = 0.2;

    private final TasteModel model;
    private final Encoding mean;
    private final List<Concepts.Concept> concepts;

    /// @param model a release's
    /// @param concepts words as the release's encoder reads them
    CommonWords(TasteModel model, Concepts concepts) {
        this.model = model;
        this.mean = model.mean();
        this.concepts = concepts.concepts();
    }

    /// What two items have in common, by modality.
    private record Ground(float @Nullable [] image, float @Nullable [] text) {}

    private record Candidate(int like, int concept, double share) {}

    /// @param taste the person's
    /// @param candidate its encoding
    /// @param likes encodings of what the person liked, or null for those not at hand
    /// @param worth what each has in common with the candidate is worth
    /// @return words for each like, none where no word says it
    List<List<Explanation.Word>> of(
            Taste taste, @Nullable Encoding candidate, List<? extends @Nullable Encoding> likes, double[] worth) {
        List<List<Explanation.Word>> words = new ArrayList<>();
        List<@Nullable Ground> grounds = new ArrayList<>();
        List<Candidate> asked = new ArrayList<>();
        List<Encoding> encodings = new ArrayList<>();
        for (int like = 0; like < worth.length; like++) {
            words.add(List.of());
            Encoding liked = likes.get(like);
            Ground ground = candidate == null || liked == null || worth[like] <= 0
                    ? null
                    : new Ground(
                            common(candidate.image(), liked.image(), mean.image()),
                            common(candidate.text(), liked.text(), mean.text()));
            grounds.add(ground);
            if (candidate == null || ground == null) {
                continue;
            }
            for (int concept = 0; concept < concepts.size(); concept++) {
                double share = share(ground, concept);
                if (share >= Concepts.SHOWN) {
                    asked.add(new Candidate(like, concept, share));
                    encodings.add(without(candidate, ground, concept));
                }
            }
        }
        if (candidate == null || asked.isEmpty()) {
            return words;
        }
        encodings.add(candidate);
        ItemVectors items = model.items(encodings);
        double whole = CommonGround.score(taste, items, asked.size());
        double[] worths = new double[asked.size()];
        for (int i = 0; i < worths.length; i++) {
            worths[i] = whole - CommonGround.score(taste, items, i);
        }
        for (int like = 0; like < worth.length; like++) {
            Ground ground = grounds.get(like);
            if (ground != null) {
                words.set(like, chosen(like, ground, asked, worths, WORTH * worth[like]));
            }
        }
        return words;
    }

    private List<Explanation.Word> chosen(
            int like, Ground ground, List<Candidate> asked, double[] worths, double least) {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < worths.length; i++) {
            if (asked.get(i).like() == like && worths[i] >= least) {
                left.add(i);
            }
        }
        List<Explanation.Word> words = new ArrayList<>();
        Ground rest = ground;
        while (words.size() < MOST && !left.isEmpty()) {
            int best = left.getFirst();
            for (int i : left) {
                if (asked.get(i).share() * worths[i] > asked.get(best).share() * worths[best]) {
                    best = i;
                }
            }
            int concept = asked.get(best).concept();
            words.add(new Explanation.Word(concepts.get(concept), worths[best]));
            Ground now = new Ground(
                    without(rest.image(), rest.image(), concept), without(rest.text(), rest.text(), concept));
            rest = now;
            left.removeIf(i -> share(now, asked.get(i).concept()) < Concepts.SHOWN);
        }
        return words;
    }

    private double share(Ground ground, int concept) {
        return Math.max(share(ground.image(), concept), share(ground.text(), concept));
    }

    private double share(float @Nullable [] common, int concept) {
        return common == null ? 0 : concepts.get(concept).share(common);
    }

    private Encoding without(Encoding candidate, Ground ground, int concept) {
        return new Encoding(
                without(candidate.image(), ground.image(), concept), without(candidate.text(), ground.text(), concept));
    }

    private float @Nullable [] without(float @Nullable [] candidate, float @Nullable [] common, int concept) {
        if (candidate == null || common == null) {
            return candidate;
        }
        float[] excess = concepts.get(concept).excess();
        float[] left = candidate.clone();
        for (int k = 0; k < left.length; k++) {
            left[k] -= Math.min(common[k], excess[k]);
        }
        return left;
    }

    private static float @Nullable [] common(
            float @Nullable [] candidate, float @Nullable [] like, float @Nullable [] mean) {
        return candidate == null || like == null || mean == null ? null : CommonGround.common(candidate, like, mean);
    }
}
