package dev.konomi.train.network.sequence;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;

import dev.konomi.history.HistoryItem;
import java.util.Map;
import java.util.SortedMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/// The model in sequence (Mo et al., arXiv 2508.08220): history, preference tokens and target in one causal
/// sequence, the answer read from the logits over {+, −} at its last position.
///
/// ```
/// [ e(z_1) ℓ(y_1) ; … ; e(z_n) ℓ(y_n) ; P_a ; e(z_target) ? ]      (tokens as suffix)
/// ```
///
/// An item is one visual and one text token, either of which may be the learned absent token, and a third position
/// for its label, which also carries whether it was compared, the gap before it and its weight. The time since the
/// last event stands at the read position only: nothing that can be cached depends on now.
public final class SequenceNetwork {
    /// Column of the logits that stands for ℓ(−).
    public static final int DISLIKED = 0;

    /// Column of the logits that stands for ℓ(+).
    public static final int LIKED = 1;

    /// The smallest weight whose logarithm the label position tells apart from others.
    public static final float SMALLEST_WEIGHT = 1e-3f;

    private static final String[] MODALITIES = {"image", "text"};

    private final SequenceConfig config;
    private final Parameters parameters;
    private final Decoder decoder;
    private final TokenSelection activation;
    private final Tensor[] mean = new Tensor[2];
    private final Tensor[] whitening = new Tensor[2];
    private final Tensor[] connector = new Tensor[2];
    private final Tensor[] connectorBias = new Tensor[2];
    private final Tensor absent;
    private final Tensor label;
    private final Tensor compared;
    private final Tensor gap;
    private final Tensor weight;
    private final Tensor question;
    private final Tensor now;
    private final Tensor head;
    private final Tensor headBias;

    /// @param config sizes
    /// @param seed of the first weights
    public SequenceNetwork(SequenceConfig config, long seed) {
        this.config = config;
        parameters = new Parameters(seed);
        int width = config.decoder().width();
        for (int i = 0; i < 2; i++) {
            String name = MODALITIES[i];
            mean[i] = parameters.filled("whitening." + name + ".mean", 0, config.encodingWidth());
            whitening[i] =
                    parameters.filled("whitening." + name + ".map", 0, config.whitened(), config.encodingWidth());
            connector[i] = parameters.linear("connector." + name, 1, width, config.whitened());
            connectorBias[i] = parameters.normal("connector." + name + ".bias", 0.3, width);
        }
        absent = parameters.normal("connector.absent", 0.3, 2, width);
        label = parameters.normal("label", 0.5, 2, width);
        compared = parameters.normal("compared", 0.1, 2, width);
        gap = parameters.normal("gap", 0.1, HistoryItem.BUCKETS, width);
        weight = parameters.normal("weight", 0.1, width);
        question = parameters.normal("question", 0.5, width);
        now = parameters.normal("now", 0.1, HistoryItem.BUCKETS, width);
        decoder = new Decoder(config.decoder(), parameters);
        head = parameters.linear("head", 1, 2, width);
        headBias = parameters.filled("head.bias", 0, 2);
        activation =
                new TokenSelection(2 * width, config.tokens(), config.selected(), config.keyWidth(), width, parameters);
    }

    /// @param weights of an earlier network of the same configuration
    /// @return that network
    public static SequenceNetwork of(SequenceConfig config, Map<String, Weight> weights) {
        var network = new SequenceNetwork(config, 0);
        network.parameters.set(weights);
        return network;
    }

    /// @return all weights, copied out of libtorch
    public SortedMap<String, Weight> weights() {
        return parameters.weights();
    }

    /// Stage 1: connector, decoder and head learn, the pool of preference tokens rests.
    ///
    /// @return what learns
    public TensorVector trainDecoder() {
        return parameters.train(name -> !name.startsWith("preference.") && !name.startsWith("whitening."));
    }

    /// Stage 2: only the pool of preference tokens learns.
    ///
    /// @return what learns
    public TensorVector trainTokens() {
        return parameters.train(name -> name.startsWith("preference."));
    }

    /// Nothing learns.
    public void freeze() {
        parameters.train(name -> false).close();
    }

    /// Gives the connector its fixed first step.
    ///
    /// @param modality 0 image, 1 text
    /// @param center `[d_e]`, the training items' mean
    /// @param map `[whitened, d_e]`, principal directions divided by their standard deviations
    public void whiten(int modality, float[] center, float[] map) {
        try (Tensor centerTensor = Parameters.floats(center, config.encodingWidth());
                Tensor mapTensor = Parameters.floats(map, config.whitened(), config.encodingWidth())) {
            mean[modality].copy_(centerTensor);
            whitening[modality].copy_(mapTensor);
        }
    }

    /// @param encodings `[N, 2, d_e]`, zeros where missing
    /// @return `[N, 2, whitened]`: the connector's fixed first step, worth doing once for a data set
    public Tensor whitened(Tensor encodings) {
        var parts = new TensorVector();
        for (int i = 0; i < 2; i++) {
            parts.push_back(linear(encodings.select(1, i).sub(mean[i]), whitening[i]));
        }
        return org.bytedeco.pytorch.global.torch.stack(parts, 1);
    }

    /// The answers to a batch of questions.
    ///
    /// @param logits `[Q, 2]`, columns [#DISLIKED] and [#LIKED]
    /// @param activated preference tokens of each block, or null without
    record Answers(Tensor logits, TokenSelection.@Nullable Activated activated) {}

    /// @param whitened every item of the data set, `[items, 2, whitened]`
    /// @param batch made with as many preference tokens as wanted here: the configuration's number or none
    /// @param withTokens whether preference tokens stand in the sequences
    Answers forward(Tensor whitened, SequenceBatch batch, boolean withTokens) {
        long width = config.decoder().width();
        long unique = batch.items().length;
        long labels = batch.liked().length;
        Tensor present = Parameters.floats(batch.present(), unique, 2, 1);
        Tensor items = items(whitened.index_select(0, Parameters.longs(batch.items(), unique)), present);
        var table = new TensorVector(items.view(2 * unique, width));
        if (labels > 0) {
            Tensor logWeight = Parameters.floats(batch.weight(), labels, 1)
                    .clamp_min(new Scalar(SMALLEST_WEIGHT))
                    .log();
            table.push_back(rows(label, batch.liked())
                    .add(rows(compared, batch.compared()))
                    .add(rows(gap, batch.gap()))
                    .add(logWeight.mul(weight)));
        }
        table.push_back(rows(now, batch.now()).add(question));
        TokenSelection.Activated activated = null;
        if (withTokens) {
            long blocks = batch.signed().length / unique;
            Tensor signed = Parameters.floats(batch.signed(), blocks, unique);
            activated = activation.forward(signed.matmul(items.view(unique, 2 * width)));
            table.push_back(activated.positions().view(blocks * config.selected(), width));
        }
        table.push_back(org.bytedeco.pytorch.global.torch.zeros(1, width));
        long length = batch.length();
        Tensor sequence = cat(table, 0)
                .index_select(0, Parameters.longs(batch.index(), batch.index().length))
                .view(batch.sequences(), length, width);
        Tensor states = decoder.forward(
                sequence,
                Parameters.floats(batch.positions(), batch.sequences(), length),
                Parameters.floats(batch.mask(), batch.sequences(), length, length));
        Tensor read = states.reshape(batch.sequences() * length, width)
                .index_select(0, Parameters.longs(batch.reads(), batch.reads().length));
        return new Answers(linear(read, head).add(headBias), activated);
    }

    /// @param whitened `[N, 2, whitened]`
    /// @param present `[N, 2, 1]`
    /// @return `[N, 2, d]`
    private Tensor items(Tensor whitened, Tensor present) {
        var parts = new TensorVector();
        for (int i = 0; i < 2; i++) {
            parts.push_back(linear(whitened.select(1, i), connector[i]).add(connectorBias[i]));
        }
        Tensor seen = org.bytedeco.pytorch.global.torch.stack(parts, 1);
        return seen.sub(absent).mul(present).add(absent);
    }

    private static Tensor rows(Tensor table, long[] indices) {
        return table.index_select(0, Parameters.longs(indices, indices.length));
    }
}
