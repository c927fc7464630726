package dev.konomi.train.stage;

import dev.konomi.train.network.Interactions;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.network.PreferenceNetwork;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Classes as [TokenFit] found them: C tastes on top of general appeal, in utilities of the fit.
///
/// @param appeal `w₀`, `[D]`
/// @param classes `w_m`, `[C][D]`
/// @param prior log-shares up to a constant, `[C]`
/// @param left left factors of the forms, general appeal's first, `[D, (C + 1)·rank]`
/// @param right right factors, as `left`
/// @param people how many training people each explains: their posterior probabilities added up,
///     `[C]`
record LatentClasses(float[] appeal, float[][] classes, float[] prior, float[] left, float[] right, double[] people) {
    /// Of `s` in log-odds: the contrastive preference loss reads `σ(s/2)`, the logits being
    /// `±s/2`.
    static final float SCALE = 2;

    /// @return C
    int size() {
        return classes.length;
    }

    /// @return `D`
    int dimension() {
        return appeal.length;
    }

    /// @param least people that a class must explain
    /// @return those that do, in their order; at least the largest
    LatentClasses explaining(double least) {
        int largest = IntStream.range(0, size()).reduce(0, (a, b) -> people[b] > people[a] ? b : a);
        int[] kept = IntStream.range(0, size())
                .filter(m -> m == largest || people[m] >= least)
                .toArray();
        return new LatentClasses(
                appeal,
                Arrays.stream(kept).mapToObj(m -> classes[m]).toArray(float[][]::new),
                picked(prior, kept),
                forms(left, kept),
                forms(right, kept),
                Arrays.stream(kept).mapToDouble(m -> people[m]).toArray());
    }

    /// Puts the classes in a network as its tokens: with tokens alone it is a latent-class logit.
    /// Feature `D` is general appeal's form, feature `D + 1 + m` that of class `m`.
    ///
    /// @param network with as many tokens
    void handOver(PreferenceNetwork network) {
        int width = network.settings().width();
        boolean products = network.settings().products();
        network.parameters().set(Interactions.LEFT, products ? left : new float[left.length]);
        network.parameters().set(Interactions.RIGHT, products ? right : new float[right.length]);
        network.startEvidence(SCALE);
        float[] general = scaled(appeal, width, 0);
        if (network.settings().activation() == ActivationKind.NONE) {
            addMeanClass(general);
            network.parameters().set("tower.appeal", general);
            return;
        }
        network.parameters().set("tower.appeal", general);
        float[] vectors = new float[size() * width];
        for (int m = 0; m < size(); m++) {
            System.arraycopy(scaled(classes[m], width, m + 1), 0, vectors, m * width, width);
        }
        network.parameters().set("tokens.vectors", vectors);
        network.parameters().set("tokens.prior", prior);
    }

    /// Where nobody has a group, what groups like on average is what everybody likes.
    private void addMeanClass(float[] general) {
        double sum = 0;
        for (float logit : prior) {
            sum += Math.exp(logit);
        }
        for (int m = 0; m < size(); m++) {
            float share = (float) (Math.exp(prior[m]) / sum);
            float[] vector = scaled(classes[m], general.length, m + 1);
            for (int k = 0; k < general.length; k++) {
                general[k] += share * vector[k];
            }
        }
    }

    /// @return a taste over features, `[G]`
    private float[] scaled(float[] taste, int width, int form) {
        float[] vector = new float[width];
        for (int k = 0; k < taste.length; k++) {
            vector[k] = SCALE * taste[k];
        }
        vector[taste.length + form] = SCALE;
        return vector;
    }

    private static float[] picked(float[] values, int[] kept) {
        float[] picked = new float[kept.length];
        for (int m = 0; m < kept.length; m++) {
            picked[m] = values[kept[m]];
        }
        return picked;
    }

    private float[] forms(float[] factors, int[] kept) {
        int rank = Interactions.RANK;
        int wide = (size() + 1) * rank;
        int narrow = (kept.length + 1) * rank;
        float[] forms = new float[dimension() * narrow];
        for (int k = 0; k < dimension(); k++) {
            System.arraycopy(factors, k * wide, forms, k * narrow, rank);
            for (int m = 0; m < kept.length; m++) {
                System.arraycopy(factors, k * wide + (kept[m] + 1) * rank, forms, k * narrow + (m + 1) * rank, rank);
            }
        }
        return forms;
    }
}
