package dev.konomi.train.lineage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenMatchingTest {
    private static final int PEOPLE = 300;

    @Test
    void anAssignmentGainsAsMuchAsTheBestOfAll() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            double[][] gain = new double[1 + random.nextInt(5)][1 + random.nextInt(5)];
            // Only there is a row or a column left over where the sides differ.
            int columns = gain[0].length;
            for (double[] row : gain) {
                for (int column = 0; column < columns; column++) {
                    row[column] = random.nextInt(9) - 2;
                }
            }
            int[] chosen = Assignment.best(gain);
            double found = 0;
            int assigned = 0;
            boolean[] used = new boolean[columns];
            for (int row = 0; row < gain.length; row++) {
                if (chosen[row] >= 0) {
                    assertTrue(!used[chosen[row]], "a column is given once");
                    used[chosen[row]] = true;
                    found += gain[row][chosen[row]];
                    assigned++;
                }
            }
            assertEquals(Math.min(gain.length, columns), assigned);
            assertEquals(best(gain, 0, new boolean[columns], assigned), found, 1e-9);
        }
    }

    @Test
    void permutedTokensAreFoundAgainThroughNoise() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 20; round++) {
            int tokens = 2 + random.nextInt(30);
            float[][] before = people(random, tokens);
            int[] order = order(random, tokens);

            TokenMatching matching = TokenMatching.of(before, again(random, before, order, 0.15f));

            for (int m = 0; m < tokens; m++) {
                assertEquals(OptionalInt.of(order[m]), matching.tokens().get(m).predecessor());
            }
            assertEquals(List.of(), matching.retired());
        }
    }

    @Test
    void aTokenThatVanishedIsRetired() {
        SplittableRandom random = new SplittableRandom(3);
        float[][] before = people(random, 6);

        TokenMatching matching = TokenMatching.of(before, again(random, before, new int[] {5, 3, 0, 1, 4}, 0.05f));

        assertEquals(List.of(2), matching.retired());
        assertArrayEquals(
                new int[] {5, 3, 0, 1, 4},
                matching.tokens().stream()
                        .mapToInt(match -> match.predecessor().orElse(-1))
                        .toArray());
    }

    @Test
    void aTasteThatNobodyHadBeforeIsNew() {
        SplittableRandom random = new SplittableRandom(4);
        float[][] after = people(random, 5);

        TokenMatching matching = TokenMatching.of(again(random, after, new int[] {4, 0, 2, 1}, 0.05f), after);

        assertEquals(OptionalInt.empty(), matching.tokens().get(3).predecessor());
        assertTrue(matching.tokens().get(3).correlation() < TokenMatching.ALIKE);
        assertEquals(OptionalInt.of(0), matching.tokens().get(4).predecessor());
        assertEquals(List.of(), matching.retired());
    }

    @Test
    void aTokenThatIsTheSameToEverybodyMatchesNone() {
        float[][] flat = new float[PEOPLE][2];
        for (float[] person : flat) {
            person[0] = 0.5f;
            person[1] = 0.5f;
        }

        TokenMatching matching = TokenMatching.of(flat, flat);

        assertEquals(List.of(0, 1), matching.retired());
        assertEquals(0, matching.tokens().getFirst().correlation());
    }

    @Test
    void activationsOfOtherPeopleAreRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> TokenMatching.of(new float[2][3], new float[3][3]));
        assertTrue(String.valueOf(refused.getMessage()).contains("2 people"), refused::getMessage);
    }

    private static double best(double[][] gain, int row, boolean[] used, int left) {
        if (left == 0) {
            return 0;
        }
        if (row == gain.length) {
            return Double.NEGATIVE_INFINITY;
        }
        double best = gain.length - row > left ? best(gain, row + 1, used, left) : Double.NEGATIVE_INFINITY;
        for (int column = 0; column < used.length; column++) {
            if (!used[column]) {
                used[column] = true;
                best = Math.max(best, gain[row][column] + best(gain, row + 1, used, left - 1));
                used[column] = false;
            }
        }
        return best;
    }

    /// Everybody is mostly of one token and a little of all.
    private static float[][] people(SplittableRandom random, int tokens) {
        float[][] activations = new float[PEOPLE][tokens];
        for (float[] person : activations) {
            int own = random.nextInt(tokens);
            for (int m = 0; m < tokens; m++) {
                person[m] = (float) (0.3 * random.nextDouble() / tokens + (m == own ? 0.7 : 0));
            }
        }
        return activations;
    }

    private static float[][] again(SplittableRandom random, float[][] before, int[] order, float noise) {
        float[][] after = new float[before.length][order.length];
        for (int i = 0; i < after.length; i++) {
            for (int m = 0; m < order.length; m++) {
                after[i][m] = before[i][order[m]] + noise * (float) random.nextDouble();
            }
        }
        return after;
    }

    private static int[] order(SplittableRandom random, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
