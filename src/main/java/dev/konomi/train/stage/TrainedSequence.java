package dev.konomi.train.stage;

import dev.konomi.history.HistoryItem;
import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.Whitening;
import dev.konomi.train.network.sequence.SequenceBatch;
import dev.konomi.train.network.sequence.SequenceBatch.Block;
import dev.konomi.train.network.sequence.SequenceBatch.Question;
import dev.konomi.train.network.sequence.SequenceBatch.Sequence;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.network.sequence.SequenceNetwork;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// A trained head in sequence, outside libtorch.
///
/// @param config what the weights fit; without a second stage it selects no preference tokens
/// @param weights row-major, by name
/// @param temperature `T`: `P(a ≻ b) = σ((s(a) − s(b)) / T)`
/// @param metrics what was measured on validation people, by name
public record TrainedSequence(
        SequenceConfig config,
        SortedMap<String, float[]> weights,
        double temperature,
        SortedMap<String, Double> metrics) {
    public TrainedSequence {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /// Weights as they are before training: costs of serving do not depend on what was learnt.
    ///
    /// @param seed of the weights
    public static TrainedSequence untrained(SequenceConfig config, long seed) {
        var random = new SplittableRandom(seed);
        int size = config.encodingWidth() * config.dimension();
        Whitening whitening = new Whitening(
                new float[config.encodingWidth()],
                gaussian(random, size),
                new float[config.encodingWidth()],
                gaussian(random, size));
        try (var scope = new PointerScope()) {
            var network = new SequenceNetwork(config, whitening, random.nextLong(), new Device("cpu"));
            return of(network, config, 1, new TreeMap<>());
        }
    }

    private static float[] gaussian(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        return values;
    }

    static TrainedSequence of(
            SequenceNetwork network, SequenceConfig config, double temperature, SortedMap<String, Double> metrics) {
        return new TrainedSequence(config, new TreeMap<>(network.parameters().copy()), temperature, metrics);
    }

    /// @param parameter its name, e.g. `head`
    /// @return its values, row-major
    /// @throws IllegalArgumentException when there is none of that name
    public float[] values(String parameter) {
        float[] values = weights.get(parameter);
        if (values == null) {
            throw new IllegalArgumentException("The trained head in sequence has no parameter '" + parameter
                    + "': it belongs to another version of the network; train again.");
        }
        return values.clone();
    }

    /// @return how many numbers were learnt
    public long parameterCount() {
        return weights.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("whitening."))
                .mapToLong(entry -> entry.getValue().length)
                .sum();
    }

    /// Answers in the trainer, one history at a time: what exports are compared with.
    ///
    /// @param items that history and candidates point into
    /// @param history oldest first; may be empty
    /// @param sinceLast time since the last event in milliseconds, or −1 where that is not known
    /// @param candidates indices into `items`
    /// @return `[candidates][2]`, logits of ℓ(−) and ℓ(+)
    public float[][] logits(List<Encoding> items, List<Observation> history, long sinceLast, int[] candidates) {
        int now = history.isEmpty() || sinceLast < 0 ? 0 : HistoryItem.bucket(sinceLast);
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            SequenceNetwork network = network();
            return logits(network, network.whitened(items), items, history, now, candidates);
        }
    }

    /// @param data whose items histories and candidates point into
    /// @return this head as a ranker, `s = logit₊ − logit₋`, that is not told when it is asked
    public Ranker ranker(Dataset data) {
        SequenceNetwork network = network();
        Tensor whitened;
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            whitened = network.whitened(data.items()).retainReference();
        }
        return (history, candidates) -> {
            float[][] logits = logits(network, whitened, data.items(), history, 0, candidates);
            return Arrays.stream(logits)
                    .mapToDouble(each -> each[SequenceNetwork.LIKED] - each[SequenceNetwork.DISLIKED])
                    .toArray();
        };
    }

    private float[][] logits(
            SequenceNetwork network,
            Tensor whitened,
            List<Encoding> items,
            List<Observation> history,
            int now,
            int[] candidates) {
        List<HistoryItem> read = HistoryItem.of(history);
        List<Question> questions = Arrays.stream(candidates)
                .mapToObj(candidate -> new Question(candidate, now))
                .toList();
        SequenceBatch batch = SequenceBatch.of(
                List.of(new Sequence(read, List.of(new Block(read.size(), questions)))),
                config.selected(),
                config.placement(),
                item -> SequenceDrawing.presence(items.get(item)));
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            var answers = network.forward(whitened, batch, config.selected() > 0);
            return Tensors.rows(answers.logits());
        }
    }

    /// @return statistics of the items that it was trained on
    Whitening whitening() {
        return new Whitening(
                values("whitening.imageMean"),
                values("whitening.imageMap"),
                values("whitening.textMean"),
                values("whitening.textMap"));
    }

    private SequenceNetwork network() {
        var network = new SequenceNetwork(config, whitening(), 0, new Device("cpu"));
        network.parameters().set(weights);
        return network;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainedSequence that
                && config.equals(that.config)
                && temperature == that.temperature
                && metrics.equals(that.metrics)
                && same(weights, that.weights);
    }

    private static boolean same(Map<String, float[]> one, Map<String, float[]> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), other.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        return Objects.hash(config, temperature, metrics);
    }
}
