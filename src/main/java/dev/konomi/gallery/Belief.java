package dev.konomi.gallery;

import java.util.Arrays;

/// Joint weights of interests and deviation samples after part of a history, in two states: the interest has not
/// changed
/// yet, or it has. Arrays are `[interests][samples]`, the inner loops run over samples so that they vectorise.
final class Belief {
    private final World world;
    private final int choices;
    private final int samples;
    private final float[][] unchanged;
    private final float[][] changed;
    /// `unchanged` added up over interests, for each sample.
    private final float[] unchangedMass;

    private int position;

    Belief(World world, int choices, int samples) {
        this.world = world;
        this.choices = choices;
        this.samples = samples;
        unchanged = new float[world.interests().size()][samples];
        changed = new float[unchanged.length][samples];
        unchangedMass = new float[samples];
        for (int j = 0; j < unchanged.length; j++) {
            Arrays.fill(unchanged[j], (float) world.share(j));
        }
        addUp(unchanged, unchangedMass);
    }

    /// Takes in the choice at position `later`, which interest `j` makes with probability `likelihood[j][m]`.
    void observe(int later, float[][] likelihood) {
        float stays = survival(later);
        position = later;
        for (int j = 0; j < unchanged.length; j++) {
            float enters = (1 - stays) * (float) world.share(j);
            float[] before = unchanged[j];
            float[] after = changed[j];
            float[] likely = likelihood[j];
            for (int m = 0; m < samples; m++) {
                after[m] = (after[m] + enters * unchangedMass[m]) * likely[m];
                before[m] = before[m] * stays * likely[m];
            }
        }
        Arrays.fill(unchangedMass, 0);
        addUp(unchanged, unchangedMass);
    }

    /// Writes the joint probability of history and a target at position `later`, for each sample.
    void predict(int later, float[][] likelihood, float[] joint) {
        float stays = survival(later);
        Arrays.fill(joint, 0);
        for (int j = 0; j < unchanged.length; j++) {
            float enters = (1 - stays) * (float) world.share(j);
            float[] before = unchanged[j];
            float[] after = changed[j];
            float[] likely = likelihood[j];
            for (int m = 0; m < samples; m++) {
                joint[m] += (after[m] + enters * unchangedMass[m] + stays * before[m]) * likely[m];
            }
        }
    }

    /// Writes the probability of the history for each sample.
    void evidence(float[] evidence) {
        System.arraycopy(unchangedMass, 0, evidence, 0, samples);
        addUp(changed, evidence);
    }

    /// Adds the weight of each interest, as the one behind the last choice, to `weights`.
    void addInterests(double[] weights) {
        for (int j = 0; j < unchanged.length; j++) {
            for (int m = 0; m < samples; m++) {
                weights[j] += unchanged[j][m] + changed[j][m];
            }
        }
    }

    /// The probability that an interest unchanged until the last choice is still so at `later`.
    private float survival(int later) {
        double before = world.population().unchanged(position, choices);
        return before == 0 ? 1 : (float) (world.population().unchanged(later, choices) / before);
    }

    private void addUp(float[][] parts, float[] sum) {
        for (float[] part : parts) {
            for (int m = 0; m < samples; m++) {
                sum[m] += part[m];
            }
        }
    }
}
