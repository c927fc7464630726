package dev.konomi.train.stage;

import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/// What a network makes of people's choices from each history before them.
///
/// @param network asked
/// @param items the training catalogue
/// @param vectors of its items
/// @param baseRate log-odds of a like among training opinions
record LaterChoices(PreferenceNetwork network, ItemTable items, TrainedModel.Items vectors, double baseRate) {
    /// The shortest history: before it nobody has a token yet.
    private static final int FIRST = 4;

    private static final int LONGEST = 40;
    private static final int AT_ONCE = 50;

    /// @return one list a person, who may have none
    List<List<SpreadFit.Later>> of(List<Person> people) {
        int[] histories = IntStream.range(FIRST, LONGEST - 1).toArray();
        float[][] tokens;
        try (var scope = new PointerScope()) {
            tokens = Tensors.rows(network.tokens().vectors());
        }
        List<List<SpreadFit.Later>> all = new ArrayList<>(people.size());
        for (int from = 0; from < people.size(); from += AT_ONCE) {
            List<Person> some = people.subList(from, Math.min(people.size(), from + AT_ONCE));
            Batch batch = Batch.ofPeople(some, LONGEST, LONGEST, histories, items.meanItem());
            float[] margins;
            float[] activations;
            try (var scope = new PointerScope();
                    var guard = new NoGradGuard()) {
                Forward forward = Forward.of(network, items, batch, 0, null);
                margins = Tensors.floats(forward.margin());
                activations = Tensors.floats(forward.inferred().activations());
            }
            for (int person = 0; person < some.size(); person++) {
                all.add(person(batch, person, margins, activations, tokens));
            }
        }
        return all;
    }

    private List<SpreadFit.Later> person(
            Batch batch, int person, float[] margins, float[] activations, float[][] tokens) {
        int first = person * LONGEST;
        int length = 0;
        while (length < LONGEST && batch.weight()[first + length] > 0) {
            length++;
        }
        double[][] explained = new double[length][];
        float[][] directions = new float[length][];
        for (int j = 0; j < length; j++) {
            int preferred = (int) batch.preferred()[first + j];
            int other = (int) batch.other()[first + j];
            explained[j] = explained(preferred, other, tokens);
            directions[j] = direction(preferred, other);
        }
        List<SpreadFit.Later> later = new ArrayList<>();
        int histories = batch.prefixes().length;
        for (int q = 0; q < histories && batch.prefixes()[q] < length; q++) {
            int known = batch.prefixes()[q];
            int row = person * histories + q;
            later.add(later(batch, first, known, length, row, margins, activations, explained, directions));
        }
        return later;
    }

    private SpreadFit.Later later(
            Batch batch,
            int first,
            int known,
            int length,
            int row,
            float[] margins,
            float[] activations,
            double[][] explained,
            float[][] directions) {
        int count = length - known;
        double[] margin = new double[count];
        double[] tokenVariance = new double[count];
        double[] tokenCovariance = new double[count];
        double[] ownVariance = new double[count];
        double[] ownCovariance = new double[count];
        int tokens = explained[known].length;
        double[] next = centred(explained[known], activations, row * tokens);
        for (int j = 0; j < count; j++) {
            int at = known + j;
            margin[j] = margins[row * LONGEST + at] + batch.liked()[first + at] * baseRate;
            double[] one = centred(explained[at], activations, row * tokens);
            for (int token = 0; token < tokens; token++) {
                float share = activations[row * tokens + token];
                tokenVariance[j] += share * one[token] * one[token];
                tokenCovariance[j] += share * one[token] * next[token];
            }
            ownVariance[j] = dot(directions[at], directions[at]);
            ownCovariance[j] = dot(directions[at], directions[known]);
        }
        return new SpreadFit.Later(margin, tokenVariance, tokenCovariance, ownVariance, ownCovariance);
    }

    private static double[] centred(double[] explained, float[] activations, int from) {
        double mean = 0;
        for (int token = 0; token < explained.length; token++) {
            mean += activations[from + token] * explained[token];
        }
        double[] centred = new double[explained.length];
        for (int token = 0; token < centred.length; token++) {
            centred[token] = explained[token] - mean;
        }
        return centred;
    }

    /// @return `p_m·d`, `[M]`
    private double[] explained(int preferred, int other, float[][] tokens) {
        double[] explained = new double[tokens.length];
        for (int token = 0; token < explained.length; token++) {
            explained[token] = part(preferred, tokens[token]) - part(other, tokens[token]);
        }
        return explained;
    }

    private double part(int item, float[] token) {
        return item == items.meanItem() ? 0 : dot(vectors.features()[item], token);
    }

    /// @return difference of the items' vectors, each of length one; the mean item's is zero
    private float[] direction(int preferred, int other) {
        float[] direction = new float[network.settings().dimension()];
        add(preferred, 1, direction);
        add(other, -1, direction);
        return direction;
    }

    private void add(int item, int sign, float[] direction) {
        if (item == items.meanItem()) {
            return;
        }
        float[] features = vectors.features()[item];
        double square = 0;
        for (int k = 0; k < direction.length; k++) {
            square += features[k] * features[k];
        }
        double length = Math.sqrt(Math.max(square, 1e-12));
        for (int k = 0; k < direction.length; k++) {
            direction[k] += (float) (sign * features[k] / length);
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }
}
