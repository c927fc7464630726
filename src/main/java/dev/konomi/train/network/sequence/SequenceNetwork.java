package dev.konomi.train.network.sequence;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.konomi.history.HistoryItem;
import dev.konomi.item.Encoding;
import dev.konomi.train.network.Parameters;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.Whitening;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The model in sequence (Mo et al., arXiv 2508.08220): history, preference tokens and target in
/// one causal sequence, the answer read from the logits over {+, −} at its last position.
///
/// ```
/// [ e(z_1) ℓ(y_1) ; … ; e(z_n) ℓ(y_n) ; P_a ; e(z_target) ? ]      (tokens as suffix)
/// ```
///
/// An item is one visual and one text token, either of which may be the learned absent token, and
/// a third position for its label, which also carries whether it was compared, the gap before it
/// and its weight. The time since the last event stands at the read position only: nothing that
/// can be cached depends on now.
///
/// A label says something about its item, so it carries the item too: `ℓ(y) + γ_y ∘ c(z)`, with
/// `γ_±` starting at ±1 and `c` a linear map of both tokens. The read position is
/// `? + W h + (1 + V h) ∘ c(z_target)` with `h = p/√(1 + mean p²)` and `p = Σ ±w_i c(z_i)`, the
/// history in one vector, the same that selects preference tokens: attention over dozens of
/// positions dilutes what a history says so much that training from scratch stays at general
/// appeal without (see the log). `V` starts as half the identity: what is liked already counts
/// for the target.
public final class SequenceNetwork {
    /// Column of the logits that stands for ℓ(−).
    public static final int DISLIKED = 0;

    /// Column of the logits that stands for ℓ(+).
    public static final int LIKED = 1;

    /// The smallest weight whose logarithm the label position tells apart from others.
    public static final float SMALLEST_WEIGHT = 1e-3f;

    /// Whitened components have a root mean square of 0.3; tokens start at about 1.
    private static final double CONNECTOR_GAIN = 3;

    /// How strongly the target is seen in the history's light at first.
    private static final float FOCUS = 0.5f;

    private final SequenceConfig config;
    private final Whitening whitening;
    private final Parameters parameters;
    private final Decoder decoder;
    private final TokenSelection activation;
    private final Tensor[] connector = new Tensor[2];
    private final Tensor[] connectorBias = new Tensor[2];
    private final Tensor absent;
    private final Tensor carry;
    private final Tensor gate;
    private final Tensor label;
    private final Tensor compared;
    private final Tensor gap;
    private final Tensor weight;
    private final Tensor question;
    private final Tensor now;
    private final Tensor summary;
    private final Tensor focus;
    private final Tensor head;
    private final Tensor headBias;

    /// @param config sizes
    /// @param whitening statistics of the training items, of the configuration's dimension
    /// @param seed of the first weights
    /// @param device where it lives
    public SequenceNetwork(SequenceConfig config, Whitening whitening, long seed, Device device) {
        this.config = config;
        this.whitening = whitening;
        parameters = new Parameters(device);
        var random = new SplittableRandom(seed);
        int encoding = config.encodingWidth();
        int dimension = config.dimension();
        int width = config.decoder().width();
        parameters.add("whitening.imageMean", Part.FIXED, whitening.imageMean(), encoding);
        parameters.add("whitening.imageMap", Part.FIXED, whitening.imageMap(), encoding, dimension);
        parameters.add("whitening.textMean", Part.FIXED, whitening.textMean(), encoding);
        parameters.add("whitening.textMap", Part.FIXED, whitening.textMap(), encoding, dimension);
        String[] modalities = {"image", "text"};
        double gain = CONNECTOR_GAIN / Math.sqrt(dimension);
        for (int i = 0; i < 2; i++) {
            String name = "connector." + modalities[i];
            connector[i] = parameters.addGaussian(name, Part.CONNECTOR, gain, random, width, dimension);
            connectorBias[i] = parameters.addGaussian(name + ".bias", Part.CONNECTOR, 0.3, random, width);
        }
        absent = parameters.addGaussian("connector.absent", Part.CONNECTOR, 0.3, random, 2, width);
        carry = parameters.addGaussian(
                "connector.carry", Part.CONNECTOR, 1 / Math.sqrt(2.0 * width), random, width, 2L * width);
        gate = parameters.add("label.gate", Part.DECODER, signs(width), 2, width);
        label = parameters.addGaussian("label", Part.DECODER, 0.5, random, 2, width);
        compared = parameters.addGaussian("label.compared", Part.DECODER, 0.1, random, 2, width);
        gap = parameters.addGaussian("label.gap", Part.DECODER, 0.1, random, HistoryItem.BUCKETS, width);
        weight = parameters.addGaussian("label.weight", Part.DECODER, 0.1, random, width);
        question = parameters.addGaussian("question", Part.DECODER, 0.5, random, width);
        now = parameters.addGaussian("question.now", Part.DECODER, 0.1, random, HistoryItem.BUCKETS, width);
        summary = parameters.addGaussian("question.history", Part.DECODER, 1 / Math.sqrt(width), random, width, width);
        focus = parameters.add("question.focus", Part.DECODER, diagonal(width, FOCUS), width, width);
        decoder = new Decoder(config.decoder(), parameters, random);
        head = parameters.addGaussian("head", Part.DECODER, 1 / Math.sqrt(width), random, 2, width);
        headBias = parameters.addFilled("head.bias", Part.DECODER, 0, 2);
        activation = new TokenSelection(config, parameters, random);
    }

    /// Rows: ℓ(−), ℓ(+).
    private static float[] signs(int width) {
        float[] signs = new float[2 * width];
        java.util.Arrays.fill(signs, 0, width, -1);
        java.util.Arrays.fill(signs, width, 2 * width, 1);
        return signs;
    }

    private static float[] diagonal(int width, float value) {
        float[] matrix = new float[width * width];
        for (int i = 0; i < width; i++) {
            matrix[i * width + i] = value;
        }
        return matrix;
    }

    /// @return what it is made of
    public SequenceConfig config() {
        return config;
    }

    /// @return everything that is learnt, and the statistics
    public Parameters parameters() {
        return parameters;
    }

    /// Whitens items once, before training.
    ///
    /// @param items N items
    /// @return `[N, 2, D]`, anything where missing
    public Tensor whitened(List<Encoding> items) {
        int encoding = config.encodingWidth();
        float[] image = new float[items.size() * encoding];
        float[] text = new float[items.size() * encoding];
        for (int row = 0; row < items.size(); row++) {
            put(items.get(row).image(), image, row * encoding);
            put(items.get(row).text(), text, row * encoding);
        }
        Tensor images = whiten(image, items.size(), whitening.imageMean(), whitening.imageMap());
        Tensor texts = whiten(text, items.size(), whitening.textMean(), whitening.textMap());
        return torch.stack(new TensorVector(images, texts), 1);
    }

    private static void put(float @Nullable [] token, float[] into, int at) {
        if (token != null) {
            System.arraycopy(token, 0, into, at, token.length);
        }
    }

    private Tensor whiten(float[] tokens, int rows, float[] mean, float[] map) {
        Tensor centred = Tensors.of(tokens, rows, config.encodingWidth()).sub(Tensors.of(mean, config.encodingWidth()));
        return Tensors.on(
                parameters.device(), centred.matmul(Tensors.of(map, config.encodingWidth(), config.dimension())));
    }

    /// The answers to a batch of questions.
    ///
    /// @param logits `[Q, 2]`, columns [#DISLIKED] and [#LIKED]
    /// @param activated preference tokens of each block, or null without
    public record Answers(Tensor logits, TokenSelection.@Nullable Activated activated) {}

    /// @param whitened every item of the data set, `[items, 2, D]`
    /// @param batch made with as many preference tokens as wanted here: the configuration's
    ///     number or none
    /// @param withTokens whether preference tokens stand in the sequences
    public Answers forward(Tensor whitened, SequenceBatch batch, boolean withTokens) {
        long width = config.decoder().width();
        long unique = batch.items().length;
        Tensor seen = items(whitened.index_select(0, indices(batch.items())), floats(batch.present(), unique, 2, 1));
        Tensor carried = linear(seen.view(unique, 2 * width), carry);
        var table = new TensorVector(seen.view(2 * unique, width));
        if (batch.liked().length > 0) {
            table.push_back(labels(batch, carried));
        }
        long blocks = batch.signed().length / unique;
        Tensor pooled = floats(batch.signed(), blocks, unique).matmul(carried);
        Tensor known = bounded(pooled);
        Tensor gates = rows(linear(known, focus), batch.block()).add(Tensors.scalar(1));
        table.push_back(rows(now, batch.now())
                .add(question)
                .add(rows(linear(known, summary), batch.block()))
                .add(rows(carried, batch.asked()).mul(gates)));
        TokenSelection.Activated activated = null;
        if (withTokens) {
            activated = activation.forward(pooled);
            // The one prompt for everybody is a view that repeats itself: it has to be laid out.
            table.push_back(activated.positions().reshape(blocks * config.selected(), width));
        }
        table.push_back(Tensors.on(parameters.device(), zeros(1, width)));
        long length = batch.length();
        Tensor sequence = cat(table, 0).index_select(0, indices(batch.index())).view(batch.sequences(), length, width);
        Tensor states = decoder.forward(
                sequence,
                floats(batch.positions(), batch.sequences(), length),
                floats(batch.mask(), batch.sequences(), length, length));
        Tensor read = states.reshape(batch.sequences() * length, width).index_select(0, indices(batch.reads()));
        return new Answers(linear(read, head).add(headBias), activated);
    }

    /// @param batch as in [#forward]
    /// @return floating-point operations of the products of matrices in one forward pass; with
    ///     both gradients a step takes three times as many
    public double flops(SequenceBatch batch, boolean withTokens) {
        return SequenceFlops.forward(config, batch, withTokens);
    }

    /// Its length tells little evidence from much, and is never much more than that of an item.
    private static Tensor bounded(Tensor pooled) {
        Tensor meanSquare = pooled.mul(pooled).mean(new long[] {-1}, true, new ScalarTypeOptional());
        return pooled.mul(meanSquare.add(Tensors.scalar(1)).rsqrt());
    }

    private Tensor labels(SequenceBatch batch, Tensor carried) {
        Tensor logWeight = floats(batch.weight(), batch.weight().length, 1)
                .clamp_min(Tensors.scalar(SMALLEST_WEIGHT))
                .log();
        return rows(label, batch.liked())
                .add(rows(gate, batch.liked()).mul(rows(carried, batch.labelled())))
                .add(rows(compared, batch.compared()))
                .add(rows(gap, batch.gap()))
                .add(logWeight.mul(weight));
    }

    /// @param whitened `[N, 2, D]`
    /// @param present `[N, 2, 1]`
    /// @return `[N, 2, d]`
    private Tensor items(Tensor whitened, Tensor present) {
        Tensor image = linear(whitened.select(1, 0), connector[0]).add(connectorBias[0]);
        Tensor text = linear(whitened.select(1, 1), connector[1]).add(connectorBias[1]);
        Tensor seen = torch.stack(new TensorVector(image, text), 1);
        return seen.sub(absent).mul(present).add(absent);
    }

    private Tensor rows(Tensor table, long[] indices) {
        return table.index_select(0, indices(indices));
    }

    private Tensor indices(long[] values) {
        return Tensors.on(parameters.device(), Tensors.of(values, values.length));
    }

    private Tensor floats(float[] values, long... shape) {
        return Tensors.on(parameters.device(), Tensors.of(values, shape));
    }
}
