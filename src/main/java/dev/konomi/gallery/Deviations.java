package dev.konomi.gallery;

import java.util.SplittableRandom;

/// Samples of what individual deviation adds to the utilities of attribute values: `[VALUES][samples]`, scaled.
/// They stand for the prior of every person; histories weigh them.
final class Deviations {
    private final float[][] weights;

    Deviations(World world, int samples) {
        SplittableRandom random = Seed.random(world.seed(), "deviations");
        weights = new float[Attribute.VALUES][samples];
        // Sample by sample, so that fewer samples are the beginning of more.
        for (int m = 0; m < samples; m++) {
            for (float[] weight : weights) {
                weight[m] = (float) (world.scale() * world.deviation() * random.nextGaussian());
            }
        }
    }

    /// Adds the samples from `from`, each times its weight, to `sums`, `[VALUES]`.
    void addWeighted(int from, float[] weight, double[] sums) {
        for (int value = 0; value < sums.length; value++) {
            float[] samples = weights[value];
            double sum = 0;
            for (int m = 0; m < weight.length; m++) {
                sum += weight[m] * samples[from + m];
            }
            sums[value] += sum;
        }
    }

    /// Writes `exp(-d)` for the difference `d` that each of the samples from `from` makes between the two scenes.
    void odds(Choice choice, int from, float[] odds) {
        java.util.Arrays.fill(odds, 0);
        for (Attribute attribute : Attribute.values()) {
            int chosen = choice.chosenScene().value(attribute);
            int rejected = choice.rejectedScene().value(attribute);
            if (chosen != rejected) {
                float[] plus = weights[attribute.offset() + chosen];
                float[] minus = weights[attribute.offset() + rejected];
                for (int m = 0; m < odds.length; m++) {
                    odds[m] += plus[from + m] - minus[from + m];
                }
            }
        }
        for (int m = 0; m < odds.length; m++) {
            odds[m] = (float) Math.exp(-Math.clamp(odds[m], -40f, 40f));
        }
    }
}
