package dev.konomi.train.evaluate.group;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Which known group each token stands for: the one that most of the token's people belong to. A
/// token that is nobody's most probable stands for none.
public final class TokenGroups {
    private static final int NONE = -1;

    private final int[] group;

    private TokenGroups(int[] group) {
        this.group = group;
    }

    /// @param activations `[people][tokens]`
    /// @param groups each person's known group, from 0
    /// @param count how many groups there are
    public static TokenGroups byPeople(float[][] activations, int[] groups, int count) {
        if (activations.length != groups.length || activations.length == 0) {
            throw new IllegalArgumentException("Activations of " + activations.length + " people and groups of "
                    + groups.length + ": give the same people, at least one.");
        }
        int[][] members = new int[activations[0].length][count];
        for (int i = 0; i < groups.length; i++) {
            members[mostProbable(activations[i])][groups[i]]++;
        }
        return new TokenGroups(Arrays.stream(members)
                .mapToInt(byGroup -> IntStream.of(byGroup).sum() == 0 ? NONE : mostProbable(floats(byGroup)))
                .toArray());
    }

    /// Where tokens are the known groups themselves.
    ///
    /// @param count how many groups there are
    public static TokenGroups same(int count) {
        return new TokenGroups(IntStream.range(0, count).toArray());
    }

    /// @return the known group that a token stands for; none where it is nobody's most probable token
    public OptionalInt of(int token) {
        return group[token] == NONE ? OptionalInt.empty() : OptionalInt.of(group[token]);
    }

    /// @param activations of one person, `[tokens]`
    /// @return the largest one's token; of equal ones the first
    public static int mostProbable(float[] activations) {
        return mostProbable(activations, 1)[0];
    }

    /// @param activations of one person, `[tokens]`
    /// @return the most activated tokens, most activated first
    private static int[] mostProbable(float[] activations, int count) {
        return IntStream.range(0, activations.length)
                .boxed()
                .sorted(Comparator.comparingDouble(token -> -activations[token]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// How many of a person's groups their most activated tokens stand for.
    ///
    /// @param activations of one person, `[tokens]`
    /// @param groups of that person, each once; as many tokens are looked at
    /// @return a share from 0 to 1
    public double recall(float[] activations, int... groups) {
        return IntStream.of(groups)
                        .filter(known -> finds(activations, groups.length, known))
                        .count()
                / (double) groups.length;
    }

    /// Whether a group is among those that a person's most activated tokens stand for.
    ///
    /// @param activations of one person, `[tokens]`
    /// @param count how many tokens are looked at
    /// @param known the group
    public boolean finds(float[] activations, int count, int known) {
        return IntStream.of(mostProbable(activations, count)).anyMatch(token -> group[token] == known);
    }

    private static float[] floats(int[] counts) {
        float[] floats = new float[counts.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = counts[i];
        }
        return floats;
    }
}
