package dev.konomi.train.stage;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.release.Manifest;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Tensors;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// What training gives: a network, offsets of the training items, a temperature, and how it did on validation people.
/// Plain Java outside: tensors do not leave it.
public final class TrainedModel {
    private final PreferenceNetwork network;
    private final float[] offsets;
    private final double temperature;
    private final Manifest.@Nullable Spread spread;
    private final String chosen;
    private final Map<String, Double> metrics;
    private final double baseRate;
    private final @Nullable TrainedModel latentClasses;

    TrainedModel(
            PreferenceNetwork network,
            float[] offsets,
            double temperature,
            Manifest.@Nullable Spread spread,
            double baseRate,
            String chosen,
            Map<String, Double> metrics,
            @Nullable TrainedModel latentClasses) {
        this.network = network;
        this.offsets = offsets;
        this.temperature = temperature;
        this.spread = spread;
        this.baseRate = baseRate;
        this.chosen = chosen;
        this.metrics = Map.copyOf(metrics);
        this.latentClasses = latentClasses;
    }

    /// @return shape and switches
    public NetworkSettings settings() {
        return network.settings();
    }

    /// @return `d_e`
    public int encoderWidth() {
        return network.encoderWidth();
    }

    /// @return how many numbers were trained
    public long parameterCount() {
        return network.parameters().trained();
    }

    /// @return a copy of a parameter's values, row-major, e.g. `tokens.vectors`
    public float[] values(String parameter) {
        return network.parameters().values(parameter);
    }

    /// @return all parameters by name: what a digest is taken of
    public Map<String, float[]> values() {
        return network.parameters().copy();
    }

    /// @return `p_m`, `[M][G]`
    public float[][] tokens() {
        try (var scope = new PointerScope()) {
            return Tensors.rows(network.tokens().vectors());
        }
    }

    /// @return `π`, `[M]`, sums to 1
    public float[] prior() {
        float[] logits = values("tokens.prior");
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        float[] prior = new float[logits.length];
        for (int token = 0; token < prior.length; token++) {
            prior[token] = (float) (Math.exp(logits[token]) / sum);
        }
        return prior;
    }

    /// @return `o_z` of the training data set's items, by index
    public float[] offsets() {
        return offsets.clone();
    }

    /// @return `T`: `P(a ≻ b) = σ((s(a) − s(b)) / T)`
    public double temperature() {
        return temperature;
    }

    /// @return what turns scores into probabilities, and those into intervals where enough people were there to tell
    public Manifest.Calibration calibration() {
        return new Manifest.Calibration(temperature, spread);
    }

    /// @return log-odds of a like among the training opinions; 0 without opinions. No part of a score
    public double baseRate() {
        return baseRate;
    }

    /// @return the latent-class logit that training started from, a baseline to compare with
    public TrainedModel latentClasses() {
        return latentClasses == null ? this : latentClasses;
    }

    /// @return which stage's parameters did best on validation people: `token-fit`, `stage-one` or `stage-two`
    public String chosen() {
        return chosen;
    }

    /// @return what was measured on validation people, by name
    public Map<String, Double> metrics() {
        return metrics;
    }

    /// @param features `g(z)`, `[N][G]`
    /// @param appeal `b(z)`, `[N]`
    public record Items(float[][] features, float[] appeal) {
        /// @param offsets `o_z`, `[N]`
        /// @return the same items with what people's events say about them added to their appeal
        Items with(float[] offsets) {
            float[] known = appeal.clone();
            for (int item = 0; item < known.length; item++) {
                known[item] += offsets[item];
            }
            return new Items(features, known);
        }
    }

    /// @return features and appeal of any items
    public Items items(List<Encoding> encodings) {
        return items(network, encodings);
    }

    static Items items(PreferenceNetwork network, List<Encoding> encodings) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            var device = network.parameters().device();
            ItemTable table = network.connector().table(encodings, device);
            Tensor presence = Tensors.on(device, Tensors.of(table.presence(), table.meanItem() + 1L, 3));
            Tensor features =
                    network.features(table.image(), table.text(), presence).narrow(0, 0, table.meanItem());
            return new Items(Tensors.rows(features), Tensors.floats(network.appeal(features)));
        }
    }

    /// @return `s(z)` of any items for a person without a history, offsets left out, `[N]`
    static float[] expected(PreferenceNetwork network, List<Encoding> encodings) {
        Items items = items(network, encodings);
        float[] taste = network.withoutHistory();
        float[] expected = items.appeal().clone();
        for (int item = 0; item < expected.length; item++) {
            for (int k = 0; k < taste.length; k++) {
                expected[item] += taste[k] * items.features()[item][k];
            }
        }
        return expected;
    }

    /// What a history says of its person.
    ///
    /// @param activations `a`, `[M]`
    /// @param own `h_own`, `[G]`
    /// @param taste `h_u`, `[G]`
    public record Person(float[] activations, float[] own, float[] taste) {}

    /// @param items that the history's indices point into
    /// @param history oldest first; may be empty
    public Person person(Items items, List<Observation> history) {
        int length = Math.max(1, history.size());
        Batch batch = Batch.of(List.of(history), length, length, new int[] {history.size()}, items.appeal().length);
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            var inferred = network.infer(Forward.evidence(network, items, batch));
            return new Person(
                    Tensors.floats(inferred.activations()),
                    Tensors.floats(inferred.own()),
                    Tensors.floats(inferred.taste()));
        }
    }

    /// @param items with their offsets
    /// @return `s = h_u·g(z) + b(z) + o_z` of the items at `candidates`
    private static double[] scores(Person person, Items items, int[] candidates) {
        return IntStream.of(candidates)
                .mapToDouble(candidate -> {
                    double score = items.appeal()[candidate];
                    float[] features = items.features()[candidate];
                    for (int k = 0; k < features.length; k++) {
                        score += person.taste()[k] * features[k];
                    }
                    return score;
                })
                .toArray();
    }

    /// @param data whose items histories and candidates point into, encoded by the training data's encoder
    /// @param itemOffsets `o_z` of its items
    /// @return this model as a ranker
    public Ranker ranker(Dataset data, float[] itemOffsets) {
        Items items = items(data.items()).with(itemOffsets);
        return (history, candidates) -> scores(person(items, history), items, candidates);
    }

    /// @return the same for items that nobody has judged yet
    public Ranker ranker(Dataset data) {
        return ranker(data, new float[data.items().size()]);
    }
}
