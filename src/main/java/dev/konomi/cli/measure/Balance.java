package dev.konomi.cli.measure;

import dev.konomi.train.evaluate.group.TokenGroups;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Whether tokens share people out: a token that is nobody's most probable one says nothing of
/// anybody, one that is everybody's says the same of all.
///
/// @param tokens M
/// @param dead tokens that are nobody's most probable one
/// @param largestShare the largest share that one token has of all people's activation
public record Balance(int tokens, int dead, double largestShare) {
    /// @param activations `[people][tokens]`, of one person or more
    public static Balance of(float[][] activations) {
        int tokens = activations[0].length;
        double[] shares = new double[tokens];
        for (float[] person : activations) {
            for (int m = 0; m < tokens; m++) {
                shares[m] += person[m] / (double) activations.length;
            }
        }
        long alive = Arrays.stream(activations)
                .mapToInt(TokenGroups::mostProbable)
                .distinct()
                .count();
        return new Balance(
                tokens,
                tokens - (int) alive,
                IntStream.range(0, tokens).mapToDouble(m -> shares[m]).max().orElse(0));
    }
}
