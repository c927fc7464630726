package dev.konomi.train.stage;

import dev.konomi.train.network.Evidence;
import dev.konomi.train.network.Interactions;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.LateHead;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.PreferenceNetwork.Inferred;
import dev.konomi.train.network.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// A batch through the network: all prefixes against all observations at once.
///
/// @param evidence the histories
/// @param inferred what they say
/// @param preferred `s` of the preferred items, `[B, Q, n]`
/// @param other `s` of the others, `[B, Q, n]`; 0 for the mean item
record Forward(Evidence evidence, Inferred inferred, Tensor preferred, Tensor other) {
    /// @param dropout probability of each modality of an item that has both to be dropped
    /// @param random draws what is dropped; null in evaluation
    static Forward of(
            PreferenceNetwork network,
            ItemTable items,
            Batch batch,
            double dropout,
            @Nullable SplittableRandom random) {
        return of(network, items, new float[0], batch, dropout, random);
    }

    /// @param offsets `o_z` of every item, or none: what an item is liked for by everybody is no
    ///     evidence of a taste
    static Forward of(
            PreferenceNetwork network,
            ItemTable items,
            float[] offsets,
            Batch batch,
            double dropout,
            @Nullable SplittableRandom random) {
        Device device = network.parameters().device();
        long people = batch.people();
        long length = batch.length();
        long history = batch.history();
        long prefixes = batch.prefixes().length;
        // A person's preferred items, then the others: one pass through the tower, one product of scores.
        Tensor features =
                features(network, items, both(batch), dropout, random, device).view(people, 2 * length, -1);
        Tensor appeal = network.appeal(features);
        if (offsets.length > 0) {
            appeal = appeal.add(Tensors.on(device, Tensors.of(offsets(offsets, both(batch)), people, 2 * length)));
        }

        Tensor difference = features.narrow(1, 0, history).sub(features.narrow(1, length, history));
        Tensor margin = appeal.narrow(1, 0, history).sub(appeal.narrow(1, length, history));
        Tensor opinion =
                Tensors.on(device, Tensors.of(batch.opinion(), people, length)).narrow(1, 0, history);
        Tensor weight = Tensors.on(device, Tensors.of(batch.historyWeight(), people, prefixes, history));
        Tensor age = Tensors.on(device, Tensors.of(batch.age(), people, prefixes, history));
        Evidence evidence = new Evidence(difference, margin, opinion, weight, age);
        Inferred inferred = network.infer(evidence);
        Tensor scores = LateHead.scores(inferred.taste(), features, appeal);
        return new Forward(evidence, inferred, scores.narrow(2, 0, length), scores.narrow(2, length, length));
    }

    /// Floating-point operations of the products of matrices in one pass: a multiplication and an
    /// addition each.
    static double flops(NetworkSettings settings, Batch batch) {
        double items = 2.0 * batch.people() * batch.length();
        double history = (double) batch.people() * batch.history();
        double prefixes = batch.prefixes().length;
        double width = settings.width();
        double tokens = settings.tokens();
        double tower =
                4 * items * settings.dimension() * settings.interactions() * Interactions.RANK + 2 * items * width;
        double activated = 2 * history * width * tokens
                + 4 * history * prefixes * tokens
                + 2 * batch.people() * prefixes * tokens * width;
        double own = (4.0 * settings.mapSteps() - 2) * history * prefixes * width;
        double scores = 2 * items * prefixes * width;
        return tower + activated + Math.max(0, own) + scores;
    }

    private static float[] offsets(float[] offsets, long[] items) {
        float[] shown = new float[items.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = items[i] < offsets.length ? offsets[(int) items[i]] : 0;
        }
        return shown;
    }

    private static long[] both(Batch batch) {
        int length = batch.length();
        long[] both = new long[2 * batch.people() * length];
        for (int person = 0; person < batch.people(); person++) {
            System.arraycopy(batch.preferred(), person * length, both, 2 * person * length, length);
            System.arraycopy(batch.other(), person * length, both, (2 * person + 1) * length, length);
        }
        return both;
    }

    /// The same for items whose features are known.
    static Evidence evidence(PreferenceNetwork network, TrainedModel.Items items, Batch batch) {
        int width = network.settings().width();
        int size = batch.preferred().length;
        float[] difference = new float[size * width];
        float[] appeal = new float[size];
        for (int i = 0; i < size; i++) {
            add(items, (int) batch.preferred()[i], 1, difference, appeal, i);
            add(items, (int) batch.other()[i], -1, difference, appeal, i);
        }
        Device device = network.parameters().device();
        long people = batch.people();
        long length = batch.length();
        long prefixes = batch.prefixes().length;
        Tensor weight = Tensors.on(device, Tensors.of(batch.historyWeight(), people, prefixes, length));
        Tensor age = Tensors.on(device, Tensors.of(batch.age(), people, prefixes, length));
        return new Evidence(
                Tensors.on(device, Tensors.of(difference, people, length, width)),
                Tensors.on(device, Tensors.of(appeal, people, length)),
                Tensors.on(device, Tensors.of(batch.opinion(), people, length)),
                weight,
                age);
    }

    private static void add(TrainedModel.Items items, int item, int sign, float[] difference, float[] appeal, int row) {
        if (item == items.appeal().length) {
            return;
        }
        float[] features = items.features()[item];
        for (int k = 0; k < features.length; k++) {
            difference[row * features.length + k] += sign * features[k];
        }
        appeal[row] += sign * items.appeal()[item];
    }

    private static Tensor features(
            PreferenceNetwork network,
            ItemTable items,
            long[] indices,
            double dropout,
            @Nullable SplittableRandom random,
            Device device) {
        Tensor rows = Tensors.on(device, Tensors.of(indices, indices.length));
        float[] presence = new float[indices.length * 3];
        for (int i = 0; i < indices.length; i++) {
            int from = (int) indices[i] * 3;
            System.arraycopy(items.presence(), from, presence, i * 3, 3);
            if (random != null && dropout > 0 && presence[i * 3] == 1) {
                double drawn = random.nextDouble();
                int left = drawn < dropout ? 1 : drawn < 2 * dropout ? 2 : 0;
                presence[i * 3] = 0;
                presence[i * 3 + left] = 1;
            }
        }
        return network.features(
                items.image().index_select(0, rows),
                items.text().index_select(0, rows),
                Tensors.on(device, Tensors.of(presence, indices.length, 3)));
    }

    /// @return `s(preferred) − s(other)`, `[B, Q, n]`
    Tensor margin() {
        return preferred.sub(other);
    }
}
