package dev.konomi.train.evaluate.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The deletion test: likes are removed together and the candidate is scored anew. Reasons are
/// reasons if the score falls more than without as many other likes.
///
/// @param top mean fall of the score of each person's candidates without the likes named for them
/// @param similar without the likes most similar to the candidate
/// @param random without likes drawn by lot
/// @param other without the likes named for another candidate
public record Deletion(double[] top, double[] similar, double[] random, double[] other) {
    /// Likes that are removed together.
    public static final int REMOVED = 3;

    /// A person and what they are shown.
    ///
    /// @param likes the person's, more than [#REMOVED]
    /// @param candidates items whose reasons are tested
    /// @param others an item for each candidate, whose reasons are removed instead
    public record Shown(LikedItems likes, int[] candidates, int[] others) {
        public Shown {
            candidates = candidates.clone();
            others = others.clone();
            if (likes.size() <= REMOVED) {
                throw new IllegalArgumentException("Somebody with " + likes.size() + " likes: more than " + REMOVED
                        + " must be there to choose from.");
            }
            if (candidates.length == 0 || candidates.length != others.length) {
                throw new IllegalArgumentException(
                        candidates.length + " candidates and " + others.length + " others: give one other to each.");
            }
        }
    }

    /// @param people at least one
    /// @param seed of what is drawn by lot
    public static Deletion of(List<Shown> people, long seed) {
        SplittableRandom lot = new SplittableRandom(seed);
        double[][] falls = new double[4][people.size()];
        for (int person = 0; person < people.size(); person++) {
            Shown shown = people.get(person);
            LikedItems likes = shown.likes();
            for (int i = 0; i < shown.candidates().length; i++) {
                int candidate = shown.candidates()[i];
                double[] drops = likes.drops(
                        candidate,
                        List.of(
                                likes.named(candidate, REMOVED),
                                likes.mostSimilar(candidate, REMOVED),
                                drawn(lot, likes.size()),
                                likes.named(shown.others()[i], REMOVED)));
                for (int way = 0; way < falls.length; way++) {
                    falls[way][person] += drops[way] / shown.candidates().length;
                }
            }
        }
        return new Deletion(falls[0], falls[1], falls[2], falls[3]);
    }

    private static int[] drawn(SplittableRandom lot, int likes) {
        List<Integer> drawn = new ArrayList<>();
        while (drawn.size() < REMOVED) {
            int like = lot.nextInt(likes);
            if (!drawn.contains(like)) {
                drawn.add(like);
            }
        }
        return drawn.stream().mapToInt(Integer::intValue).toArray();
    }
}
