package dev.konomi.train.export;

import dev.konomi.history.HistoryItem;
import dev.konomi.train.network.sequence.Decoder;
import dev.konomi.train.network.sequence.DecoderConfig;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.network.sequence.TokenSelection;
import dev.konomi.train.stage.TrainedSequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes a model in sequence as three graphs.
///
/// | file | in | out |
/// |---|---|---|
/// | [#ITEM] | `encodings [N, 2, d_e]`, `present [N, 2]` | `tokens [N, 3, d]`: image, text, what label or read position
/// carry |
/// | [#QUERY] | `items [n, 3, d]`, `liked [n]`, `compared [n]`, `gap [n]` (int64), `weight [n]`, `now [1]` (int64) |
/// `history [3n, d]`, `question [d]`, `gate [d]`; with tokens `preference [k, d]`, `activations [M]` |
/// | [#DECODER] | `tokens [N, t, d]`, `past [L, 2, H_kv, P, d_h]`, `position [t]` (int64) | `logits [N, 2]` of the last
/// position, `present [L, 2, H_kv, t, d_h]` of row 0 |
///
/// The one decoder prefills (N = 1), scores N candidates on one past that is never copied, and
/// makes whole passes (P = 0). An empty history is one row of weight 0 to the query graph, whose
/// history rows are then to be ignored.
public final class SequenceExport {
    /// Encodings to item tokens.
    public static final String ITEM = "sequence-item.onnx";

    /// A history to its positions, preference tokens and the read position.
    public static final String QUERY = "query.onnx";

    /// Positions to logits, cached or in one pass.
    public static final String DECODER = "decoder.onnx";

    private static final String[] MODALITIES = {"image", "text"};

    private final TrainedSequence trained;
    private final SequenceConfig config;
    private final int width;

    private SequenceExport(TrainedSequence trained) {
        this.trained = trained;
        config = trained.config();
        width = config.decoder().width();
    }

    /// @param trained a trained model
    /// @return the graphs' bytes by file name
    public static SortedMap<String, byte[]> graphs(TrainedSequence trained) {
        if (trained.config().selection() == SequenceConfig.Selection.ALL) {
            throw new IllegalArgumentException("A head whose preference tokens are one prompt for everybody is made for"
                    + " comparison only; train one that selects them.");
        }
        var export = new SequenceExport(trained);
        SortedMap<String, byte[]> graphs = new TreeMap<>();
        graphs.put(ITEM, export.item());
        graphs.put(QUERY, export.query());
        graphs.put(DECODER, export.decoder());
        return graphs;
    }

    /// Writes the three graphs into a folder, beside a release's other files.
    ///
    /// @param trained a trained model
    /// @param folder exists
    /// @throws UncheckedIOException when it cannot be written
    public static void write(TrainedSequence trained, Path folder) {
        graphs(trained).forEach((name, bytes) -> {
            try {
                Files.write(folder.resolve(name), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be written to " + folder + ".", e);
            }
        });
    }

    private float[] weight(String name) {
        return trained.values(name);
    }

    private String constant(OnnxGraph graph, String name, long... shape) {
        return graph.constant(weight(name), shape);
    }

    private byte[] item() {
        int encodingWidth = config.encodingWidth();
        var graph = new OnnxGraph("sequence-item");
        String encodings = graph.floatInput("encodings", "N", 2, encodingWidth);
        String present = graph.floatInput("present", "N", 2);
        List<String> encoding = graph.split(encodings, 1, 1, 1);
        String[] tokens = new String[2];
        for (int i = 0; i < 2; i++) {
            String name = MODALITIES[i];
            String centred = graph.sub(encoding.get(i), constant(graph, "whitening." + name + "Mean", encodingWidth));
            String whitened = graph.matMul(
                    centred, constant(graph, "whitening." + name + "Map", encodingWidth, config.dimension()));
            tokens[i] =
                    graph.linear(whitened, weight("connector." + name), width, weight("connector." + name + ".bias"));
        }
        String absent = constant(graph, "connector.absent", 2, width);
        String seen = graph.sub(graph.concat(1, tokens), absent);
        String both = graph.add(graph.mul(seen, graph.unsqueeze(present, 2)), absent);
        String carried = graph.linear(graph.reshape(both, -1, 2L * width), weight("connector.carry"), width, null);
        graph.output("tokens", graph.concat(1, both, graph.unsqueeze(carried, 1)), "N", 3, width);
        return graph.build();
    }

    private byte[] query() {
        var graph = new OnnxGraph("query");
        String items = graph.floatInput("items", "n", 3, width);
        String liked = graph.longInput("liked", "n");
        String compared = graph.longInput("compared", "n");
        String gap = graph.longInput("gap", "n");
        String weight = graph.floatInput("weight", "n");
        String now = graph.longInput("now", 1);
        String logWeight = graph.log(graph.max(weight, graph.scalar(SequenceNetwork.SMALLEST_WEIGHT)));
        List<String> item = graph.split(items, 1, 2, 1);
        String carried = graph.squeeze(item.get(1), 1);
        String about = graph.mul(graph.gather(constant(graph, "label.gate", 2, width), liked, 0), carried);
        String circumstances = graph.add(
                graph.add(
                        graph.gather(constant(graph, "label.compared", 2, width), compared, 0),
                        graph.gather(constant(graph, "label.gap", HistoryItem.BUCKETS, width), gap, 0)),
                graph.mul(graph.unsqueeze(logWeight, 1), constant(graph, "label.weight", 1, width)));
        String label =
                graph.add(graph.add(graph.gather(constant(graph, "label", 2, width), liked, 0), about), circumstances);
        String history = graph.reshape(graph.concat(1, item.get(0), graph.unsqueeze(label, 1)), -1, width);
        graph.output("history", history, "positions", width);
        String sign = graph.sub(graph.mul(graph.toFloat(liked), 2), graph.scalar(1));
        String signed = graph.unsqueeze(graph.mul(sign, weight), 1);
        String pooled = graph.reduceSum(graph.mul(carried, signed), true, 0);
        String known = bounded(graph, pooled);
        String gate = graph.add(graph.linear(known, weight("question.focus"), width, null), graph.scalar(1));
        graph.output("gate", graph.reshape(gate, width), width);
        String question = graph.add(
                graph.gather(constant(graph, "question.now", HistoryItem.BUCKETS, width), now, 0),
                graph.add(
                        constant(graph, "question", 1, width),
                        graph.linear(known, weight("question.history"), width, null)));
        graph.output("question", graph.reshape(question, width), width);
        if (config.selected() > 0) {
            preference(graph, pooled);
        }
        graph.metadata("placement", config.placement().name().toLowerCase(Locale.ROOT));
        graph.metadata("selected", Integer.toString(config.selected()));
        return graph.build();
    }

    private static String bounded(OnnxGraph graph, String pooled) {
        String meanSquare = graph.reduceMean(graph.mul(pooled, pooled), true, 1);
        return graph.div(pooled, graph.sqrt(graph.add(meanSquare, graph.scalar(1))));
    }

    private void preference(OnnxGraph graph, String pooled) {
        int tokens = config.tokens();
        int selected = config.selected();
        String query = graph.linear(pooled, weight("preference.query"), config.keyWidth(), null);
        String square = graph.reduceSum(graph.mul(query, query), true, 1);
        String direction = graph.div(query, graph.sqrt(graph.add(square, graph.scalar(TokenSelection.EPSILON))));
        String cosines = graph.matMul(direction, graph.constant(unitKeys(), config.keyWidth(), tokens));
        String evidence = graph.add(
                graph.div(cosines, graph.scalar(TokenSelection.TEMPERATURE)),
                constant(graph, "preference.logPrior", 1, tokens));
        String activations = graph.reshape(graph.softmax(evidence, 1), tokens);
        graph.output("activations", activations, tokens);
        List<String> top = graph.topK(activations, selected, 0);
        String vectors = graph.gather(constant(graph, "preference.vectors", tokens, width), top.get(1), 0);
        String scaled = graph.mul(vectors, graph.unsqueeze(graph.mul(top.get(0), tokens), 1));
        graph.output("preference", graph.add(scaled, constant(graph, "preference.place", 1, width)), selected, width);
    }

    /// @return `[d_k, M]`, each column of length 1
    private float[] unitKeys() {
        int keyWidth = config.keyWidth();
        float[] keys = weight("preference.keys").clone();
        for (int token = 0; token < config.tokens(); token++) {
            double square = 0;
            for (int i = 0; i < keyWidth; i++) {
                square += keys[token * keyWidth + i] * keys[token * keyWidth + i];
            }
            for (int i = 0; i < keyWidth; i++) {
                keys[token * keyWidth + i] /= (float) Math.sqrt(square + TokenSelection.EPSILON);
            }
        }
        return OnnxGraph.transposed(keys, config.tokens(), keyWidth);
    }

    private byte[] decoder() {
        DecoderConfig size = config.decoder();
        int head = size.headWidth();
        var graph = new OnnxGraph("decoder");
        String tokens = graph.floatInput("tokens", "N", "t", width);
        String past = graph.floatInput("past", size.layers(), 2, size.kvHeads(), "P", head);
        String position = graph.longInput("position", "t");
        var attention = new Attention(graph, size, tokens, position);
        String state = tokens;
        List<String> present = new ArrayList<>();
        List<String> layers = parts(graph, past, 0, size.layers());
        for (int layer = 0; layer < size.layers(); layer++) {
            String name = "decoder." + layer + ".";
            String normal = graph.rmsNorm(state, weight(name + "attentionNorm"), Decoder.EPSILON);
            String qkv = graph.linear(normal, weight(name + "qkv"), (size.heads() + 2 * size.kvHeads()) * head, null);
            List<String> keysAndValues = parts(graph, graph.squeeze(layers.get(layer), 0), 0, 2);
            String mixed = attention.over(
                    qkv, graph.squeeze(keysAndValues.get(0), 0), graph.squeeze(keysAndValues.get(1), 0), present);
            state = graph.add(state, graph.linear(mixed, weight(name + "out"), width, null));
            String mlp = graph.rmsNorm(state, weight(name + "mlpNorm"), Decoder.EPSILON);
            String gateUp = graph.linear(mlp, weight(name + "gateUp"), 2 * size.hidden(), null);
            List<String> halves = graph.split(gateUp, 2, size.hidden(), size.hidden());
            String hidden = graph.mul(graph.silu(halves.get(0)), halves.get(1));
            state = graph.add(state, graph.linear(hidden, weight(name + "down"), width, null));
        }
        String last = graph.squeeze(graph.slice(state, 1, -1, Long.MAX_VALUE), 1);
        String read = graph.rmsNorm(last, weight("decoder.norm"), Decoder.EPSILON);
        graph.output("logits", graph.linear(read, weight("head"), 2, weight("head.bias")), "N", 2);
        graph.output(
                "present",
                graph.reshape(
                        graph.concat(0, present.toArray(String[]::new)), size.layers(), 2, size.kvHeads(), -1, head),
                size.layers(),
                2,
                size.kvHeads(),
                "t",
                head);
        return graph.build();
    }

    private static List<String> parts(OnnxGraph graph, String value, int axis, int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        return graph.split(value, axis, ones);
    }

    /// Attention of `[N, t]` positions to one past that all N share, and to the positions of
    /// their own row.
    ///
    /// Queries of all rows stand behind each other, so the past takes part in one matrix product
    /// a key head and is never expanded to N. What is shared by all layers (angles, mask) is
    /// computed once.
    private static final class Attention {
        private final OnnxGraph graph;
        private final DecoderConfig size;
        private final String cos;
        private final String sin;
        private final String mask;
        private final String selfShape;
        private final String rowShape;

        Attention(OnnxGraph graph, DecoderConfig size, String tokens, String position) {
            this.graph = graph;
            this.size = size;
            int half = size.headWidth() / 2;
            String angles = graph.mul(
                    graph.unsqueeze(graph.toFloat(position), 1),
                    graph.constant(Decoder.frequencies(size.headWidth()), 1, half));
            // [t, 1, d_h/2]: the same for every row and head
            cos = graph.unsqueeze(graph.cos(angles), 1);
            sin = graph.unsqueeze(graph.sin(angles), 1);
            String row = graph.unsqueeze(position, 1);
            String column = graph.unsqueeze(position, 0);
            mask = graph.where(
                    graph.greater(column, row), graph.scalar(Float.NEGATIVE_INFINITY), graph.scalar(0)); // [t, t]
            String rows = graph.size(tokens, 0);
            String length = graph.size(tokens, 1);
            selfShape =
                    graph.concat(0, graph.integers(size.kvHeads()), rows, graph.integers(size.group()), length, length);
            rowShape = graph.concat(0, graph.integers(size.kvHeads()), rows, graph.integers(-1, size.headWidth()));
        }

        /// @param qkv `[N, t, (H + 2 H_kv) d_h]`
        /// @param pastKeys `[H_kv, P, d_h]`
        /// @param pastValues `[H_kv, P, d_h]`
        /// @param present gets row 0's keys and values, `[H_kv, t, d_h]` each
        /// @return `[N, t, H d_h]`
        String over(String qkv, String pastKeys, String pastValues, List<String> present) {
            int heads = size.heads();
            int kvHeads = size.kvHeads();
            int group = size.group();
            int head = size.headWidth();
            List<String> split = graph.split(
                    graph.reshape(qkv, 0, 0, heads + 2L * kvHeads, head), 2, heads + (long) kvHeads, kvHeads);
            List<String> turned = graph.split(turn(split.get(0)), 2, heads, kvHeads);
            String scaled = graph.mul(turned.get(0), (float) (1 / Math.sqrt(head)));
            // [H_kv, N, group, t, d_h]
            String query = graph.transpose(graph.reshape(scaled, 0, 0, kvHeads, group, head), 2, 0, 3, 1, 4);
            // [H_kv, N, t, d_h]
            String keys = graph.transpose(turned.get(1), 2, 0, 1, 3);
            String values = graph.transpose(split.get(1), 2, 0, 1, 3);
            present.add(firstRow(keys));
            present.add(firstRow(values));

            String flat = graph.reshape(query, kvHeads, -1, head);
            String rows = graph.reshape(query, rowShape);
            String toPast = graph.matMul(flat, graph.transpose(pastKeys, 0, 2, 1)); // [H_kv, N group t, P]
            String toSelf = graph.matMul(rows, graph.transpose(keys, 0, 1, 3, 2)); // [H_kv, N, group t, t]
            String masked = graph.add(graph.reshape(toSelf, selfShape), mask);
            String length = graph.size(masked, 4);
            String flatSelf = graph.reshape(masked, graph.concat(0, graph.integers(kvHeads, -1), length));
            String shares = graph.softmax(graph.concat(2, toPast, flatSelf), 2);
            String pastLength = graph.size(pastKeys, 1);
            String pastShares = graph.slice(shares, 2, graph.integers(0), pastLength);
            String selfShares = graph.slice(shares, 2, pastLength, graph.integers(Long.MAX_VALUE));
            String fromPast = graph.matMul(pastShares, pastValues); // [H_kv, N group t, d_h]
            String selfRows = graph.reshape(
                    selfShares,
                    graph.concat(0, graph.integers(kvHeads), graph.size(masked, 1), graph.integers(-1), length));
            String fromSelf = graph.matMul(selfRows, values); // [H_kv, N, group t, d_h]
            String mixed = graph.add(fromPast, graph.reshape(fromSelf, kvHeads, -1, head));
            String byRow = graph.transpose(graph.reshape(mixed, graph.shape(query)), 1, 3, 0, 2, 4);
            return graph.reshape(byRow, 0, 0, (long) heads * head);
        }

        private String firstRow(String keysOrValues) {
            return graph.squeeze(graph.slice(keysOrValues, 1, 0, 1), 1);
        }

        /// Turns the pairs (i, i + d_h/2) of each head by their position's angle.
        private String turn(String heads) {
            int half = size.headWidth() / 2;
            List<String> halves = graph.split(heads, 3, half, half);
            return graph.concat(
                    3,
                    graph.sub(graph.mul(halves.get(0), cos), graph.mul(halves.get(1), sin)),
                    graph.add(graph.mul(halves.get(1), cos), graph.mul(halves.get(0), sin)));
        }
    }
}
