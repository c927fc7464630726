package dev.konomi.train.export;

import dev.konomi.train.network.Interactions;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.stage.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes a model with the late head as three graphs that compute what `train.network` computes.
///
/// | file | in | out |
/// |---|---|---|
/// | [#ITEM] | `encodings [N, 2, d_e]`, `present [N, 2]` (image, text) | `features [N, G]`, `appeal [N]` |
/// | [#HISTORY] | `difference [B, n, G]`, `appeal`, `weight`, `opinion`, `age [B, n]` | `activations [B, M]`,
/// `own [B, G]`, `taste [B, G]` |
/// | [#SCORE] | `taste [G]`, `features [N, G]`, `appeal [N]`, `offset [N]` | `logits [N, 2]` = (+s/2, −s/2) |
///
/// A history has one row or more; rows of weight 0 say nothing if their age is that of the row before, or of the
/// first that has a weight. The token vectors `p_m`, which exact explanations
/// need, stand in the history graph's metadata under [#TOKENS], row-major little-endian f32 in Base64; so do the mean
/// encodings of the catalogue in the item graph's, under [#IMAGE_MEAN] and [#TEXT_MEAN].
public final class LateExport {
    /// Encodings to features and appeal.
    public static final String ITEM = "item.onnx";

    /// A history to its person's taste.
    public static final String HISTORY = "history.onnx";

    /// A taste and candidates to logits.
    public static final String SCORE = "score.onnx";

    /// The key of the token vectors in the history graph's metadata.
    public static final String TOKENS = "tokens";

    /// The key of the mean image encoding in the item graph's metadata.
    public static final String IMAGE_MEAN = "imageMean";

    /// The key of the mean text encoding in the item graph's metadata.
    public static final String TEXT_MEAN = "textMean";

    // As in train.network: what keeps norms and masses away from zero, the logit of what is not among the nearest, and
    // the shortest pause, in days.
    private static final float EPSILON = 1e-6f;
    private static final float UNSELECTED = -1e9f;
    private static final float SHORTEST = 1e-9f;

    private final NetworkSettings settings;
    private final int encoderWidth;
    private final Map<String, float[]> values;
    private final int width;
    private final int tokens;

    private LateExport(TrainedModel model) {
        settings = model.settings();
        encoderWidth = model.encoderWidth();
        values = model.values();
        width = settings.width();
        tokens = value("tokens.vectors").length / width;
    }

    /// @param model a trained model
    /// @param folder where the graphs' files go; exists
    /// @throws UncheckedIOException when a file cannot be written
    public static void write(TrainedModel model, Path folder) {
        graphs(model).forEach((name, bytes) -> {
            try {
                Files.write(folder.resolve(name), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("The graph " + name + " could not be written to " + folder + ".", e);
            }
        });
    }

    /// @param model a trained model
    /// @return the graphs' bytes by file name; the same for the same parameters
    public static SortedMap<String, byte[]> graphs(TrainedModel model) {
        var export = new LateExport(model);
        SortedMap<String, byte[]> graphs = new TreeMap<>();
        graphs.put(ITEM, export.item());
        graphs.put(HISTORY, export.history());
        graphs.put(SCORE, export.score());
        return graphs;
    }

    private float[] value(String name) {
        float[] value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The model has no parameter '" + name
                    + "': the export belongs to another version of the network. It has " + values.keySet() + ".");
        }
        return value;
    }

    private String constant(OnnxGraph graph, String name, long... shape) {
        return graph.constant(value(name), shape);
    }

    // Connector and item tower

    private byte[] item() {
        var graph = new OnnxGraph("item");
        int dimension = settings.dimension();
        String encodings = graph.floatInput("encodings", "N", 2, encoderWidth);
        String present = graph.floatInput("present", "N", 2);
        List<String> encoding = graph.split(encodings, 1, 1, 1);
        List<String> has = graph.split(present, 1, 1, 1);
        String image = whitened(graph, encoding.get(0), "image");
        String text = whitened(graph, encoding.get(1), "text");

        String both = graph.mul(has.get(0), has.get(1));
        String presence = graph.concat(1, both, graph.sub(has.get(0), both), graph.sub(has.get(1), both));
        String zero = graph.constant(new float[dimension], 1, dimension);
        String imageGates = graph.concat(0, constant(graph, "connector.imageGate", 2, dimension), zero);
        List<String> textGate = graph.split(constant(graph, "connector.textGate", 2, dimension), 0, 1, 1);
        String textGates = graph.concat(0, textGate.get(0), zero, textGate.get(1));
        String absent = graph.concat(0, zero, constant(graph, "connector.absent", 2, dimension));
        String fused = graph.add(
                graph.add(
                        graph.mul(image, graph.matMul(presence, imageGates)),
                        graph.mul(text, graph.matMul(presence, textGates))),
                graph.matMul(presence, absent));

        int forms = settings.interactions();
        int products = forms * Interactions.RANK;
        String left = graph.matMul(fused, constant(graph, Interactions.LEFT, dimension, products));
        String right = graph.matMul(fused, constant(graph, Interactions.RIGHT, dimension, products));
        String quadratic =
                graph.reduceSum(graph.reshape(graph.mul(left, right), -1, forms, Interactions.RANK), false, 2);
        String raw = graph.concat(1, fused, quadratic);
        // An item with neither modality is the mean item: features and appeal 0.
        String any = graph.reduceSum(presence, true, 1);
        String features = graph.mul(graph.sub(raw, constant(graph, "tower.center", width)), any);
        graph.output("features", features, "N", width);
        graph.output("appeal", graph.matMul(features, constant(graph, "tower.appeal", width)), "N");
        graph.metadata(IMAGE_MEAN, base64(value("connector.imageMean")));
        graph.metadata(TEXT_MEAN, base64(value("connector.textMean")));
        return graph.build();
    }

    /// @param encoding `[N, 1, d_e]`
    /// @return `[N, D]`
    private String whitened(OnnxGraph graph, String encoding, String modality) {
        String centred =
                graph.sub(graph.squeeze(encoding, 1), constant(graph, "connector." + modality + "Mean", encoderWidth));
        return graph.matMul(
                centred, constant(graph, "connector." + modality + "Map", encoderWidth, settings.dimension()));
    }

    // Activation and own taste

    private byte[] history() {
        var graph = new OnnxGraph("history");
        String difference = graph.floatInput("difference", "B", "n", width);
        String appeal = graph.floatInput("appeal", "B", "n");
        String weight = graph.floatInput("weight", "B", "n");
        String opinion = graph.floatInput("opinion", "B", "n");
        String age = graph.floatInput("age", "B", "n");

        String vectors = constant(graph, "tokens.vectors", tokens, width);
        String explained = graph.matMul(difference, graph.transpose(vectors, 1, 0));
        Active active = switch (settings.activation()) {
            case QUERY -> query(graph, difference, weight, age);
            case BAYES, NONE -> bayes(graph, explained, appeal, opinion, weight, age);
            case PRIOR ->
                throw new IllegalArgumentException("A model that activates the same tokens for everybody is"
                        + " made for comparison only; train one that selects them.");
        };
        String activations = active.tokens();
        String baseline =
                graph.add(graph.matMul(activations, graph.transpose(explained, 0, 2, 1)), graph.unsqueeze(appeal, 1));
        String own = own(graph, difference, opinion, active.weight(), baseline);
        String taste = graph.add(graph.matMul(activations, vectors), own);
        graph.output("activations", graph.squeeze(activations, 1), "B", tokens);
        graph.output("own", graph.squeeze(own, 1), "B", width);
        graph.output("taste", graph.squeeze(taste, 1), "B", width);
        graph.metadata(TOKENS, base64(value("tokens.vectors")));
        return graph.build();
    }

    /// What tokens a history activates, and how much of it is still about the taste of now.
    ///
    /// @param tokens `[B, 1, M]`
    /// @param weight `ω`, `[B, 1, n]`: one row for each history, so that sums over observations are matrix products
    private record Active(String tokens, String weight) {}

    /// The posterior of the events since the last change, over all moments when that may have been: see
    /// `train.network.BayesActivation`.
    ///
    /// @param explained `[B, n, M]`
    private Active bayes(OnnxGraph graph, String explained, String appeal, String opinion, String weight, String age) {
        String scale = graph.unsqueeze(scale(graph, "tokens.evidence", opinion), 2);
        String likelihood = graph.logSigmoid(graph.mul(graph.add(explained, graph.unsqueeze(appeal, 2)), scale));
        String weighted = graph.mul(likelihood, graph.unsqueeze(weight, 2)); // [B, n, M]
        String upTo = graph.cumSum(weighted, 1);
        String before = graph.sub(upTo, weighted);
        String groups = graph.logSoftmax(constant(graph, "tokens.prior", tokens), -1);
        String since = graph.add(graph.sub(graph.reduceSum(weighted, true, 1), before), groups);
        String evidence = graph.add(
                graph.reduceLogSumExp(graph.add(before, groups), false, 2),
                graph.reduceLogSumExp(since, false, 2)); // [B, n]
        String moment = graph.softmax(graph.add(evidence, odds(graph, age)), -1);
        return new Active(
                graph.matMul(graph.unsqueeze(moment, 1), graph.softmax(since, -1)),
                graph.unsqueeze(graph.mul(weight, graph.cumSum(moment, 1)), 1));
    }

    /// @return log odds of a change just before each observation against none, 0 for the first, `[B, n]`
    private String odds(OnnxGraph graph, String age) {
        String first = graph.slice(age, 1, 0, 1);
        String earlier = graph.concat(1, first, graph.slice(age, 1, 0, -1));
        String pause = graph.max(graph.sub(earlier, age), graph.scalar(SHORTEST));
        String odds = graph.add(graph.log(pause), constant(graph, "change", 1));
        String none = graph.mul(first, 0);
        return graph.concat(1, none, graph.slice(odds, 1, 1, Long.MAX_VALUE));
    }

    /// @return `κ` of each observation's kind, `[B, n]`
    private String scale(OnnxGraph graph, String logarithms, String opinion) {
        List<String> kinds = graph.split(constant(graph, logarithms, 2), 0, 1, 1);
        String choice = kinds.get(0);
        return graph.exp(graph.add(graph.mul(opinion, graph.sub(kinds.get(1), choice)), choice));
    }

    /// `softmax(cos(q, K)/τ)` over the nearest keys, the prior for an empty history; an observation counts
    /// `exp(−λ · age)` of its weight.
    private Active query(OnnxGraph graph, String difference, String weight, String age) {
        String rate = graph.neg(graph.exp(constant(graph, "change", 1)));
        String recent = graph.unsqueeze(graph.mul(weight, graph.exp(graph.mul(age, rate))), 1);
        int keyWidth = value("query.keys").length / tokens;
        String mass = graph.reduceSum(recent, true, 2);
        String pooled = graph.div(graph.matMul(recent, difference), graph.max(mass, graph.scalar(EPSILON)));
        String asked = unit(graph, graph.linear(pooled, value("query.projection"), keyWidth, null));
        String keys = unit(graph, constant(graph, "query.keys", tokens, keyWidth));
        String similarity = graph.matMul(asked, graph.transpose(keys, 1, 0));
        long selected = Math.min(settings.selected(), tokens);
        String nearest = graph.topK(similarity, selected, -1).getFirst();
        String threshold = graph.slice(nearest, -1, selected - 1, selected);
        String temperature = graph.exp(constant(graph, "query.temperature", 1));
        String kept = graph.where(
                graph.less(similarity, threshold), graph.scalar(UNSELECTED), graph.div(similarity, temperature));
        String prior = graph.softmax(constant(graph, "tokens.prior", tokens), -1);
        return new Active(graph.where(graph.greater(mass, graph.scalar(0)), graph.softmax(kept, -1), prior), recent);
    }

    private static String unit(OnnxGraph graph, String rows) {
        String square = graph.reduceSum(graph.mul(rows, rows), true, -1);
        return graph.div(rows, graph.sqrt(graph.add(square, graph.scalar(EPSILON))));
    }

    /// @param recent `[B, 1, n]`
    /// @param baseline `[B, 1, n]`
    /// @return `h ← ρ_j h + η_j ∘ Σ ω_i σ(−κ s_i) d_i`, `[B, 1, G]`
    private String own(OnnxGraph graph, String difference, String opinion, String recent, String baseline) {
        String scale = graph.unsqueeze(scale(graph, "own.evidence", opinion), 1);
        String columns = graph.transpose(difference, 0, 2, 1);
        String own = graph.mul(graph.matMul(baseline, difference), 0);
        for (int step = 0; step < settings.mapSteps(); step++) {
            String score = step == 0 ? baseline : graph.add(baseline, graph.matMul(own, columns));
            String surprise = graph.mul(recent, graph.sigmoid(graph.neg(graph.mul(score, scale))));
            String size = graph.exp(constant(graph, "own.step." + step, width));
            String gradient = graph.mul(graph.matMul(surprise, difference), size);
            own = step == 0
                    ? gradient
                    : graph.add(graph.mul(own, graph.sigmoid(constant(graph, "own.decay." + step, 1))), gradient);
        }
        return own;
    }

    // Scores

    private byte[] score() {
        var graph = new OnnxGraph("score");
        String taste = graph.floatInput("taste", width);
        String features = graph.floatInput("features", "N", width);
        String appeal = graph.floatInput("appeal", "N");
        String offset = graph.floatInput("offset", "N");
        String score = graph.add(graph.add(graph.matMul(features, taste), appeal), offset);
        String half = graph.unsqueeze(graph.mul(score, 0.5f), 1);
        graph.output("logits", graph.concat(1, half, graph.neg(half)), "N", 2);
        return graph.build();
    }

    private static String base64(float[] floats) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(floats);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
