package dev.konomi.taste;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.item.OnnxRuntime;
import dev.konomi.release.Release;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A release's late head in ONNX Runtime: items, tastes and scores by the release's own graphs.
///
/// Closing waits for calls that are running; calls after it fail.
public final class OnnxTasteModel implements TasteModel {
    private static final double DAY = 86_400_000;

    /// Items in one run of the item graph.
    private static final int MOST_ITEMS = 512;

    /// Floats of differences in one run of the history graph: 2 MB.
    private static final int MOST_DIFFERENCES = 1 << 19;

    /// Buffers that are kept for the next score request; more callers at once make their own.
    private static final int MOST_KEPT = 64;

    private static final int SMALLEST_BUFFER = 1 << 14;

    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final ConcurrentLinkedQueue<FloatBuffer> buffers = new ConcurrentLinkedQueue<>();
    private final Graphs graphs;
    private final OrtSession item;
    private final OrtSession history;
    private final OrtSession score;
    private final int encoderWidth;
    private final int width;
    private final float[][] tokens;
    private final Encoding mean;

    private OnnxTasteModel(Graphs graphs) throws OrtException {
        this.graphs = graphs;
        item = graphs.session("item");
        history = graphs.session("history");
        score = graphs.session("score");
        encoderWidth = (int) graphs.shape("item", "encodings")[2];
        width = (int) graphs.shape("score", "taste")[0];
        tokens = tokens(history.getMetadata().getCustomMetadata().get("tokens"), width);
        var metadata = item.getMetadata().getCustomMetadata();
        mean = new Encoding(mean(metadata.get("imageMean")), mean(metadata.get("textMean")));
    }

    /// @param release a verified release with the late head
    /// @param threads that one call may use; several calls may run at once
    /// @return its model, to be closed
    /// @throws IllegalArgumentException when the release has no late head or its graphs cannot be loaded
    /// @throws IllegalStateException when a file changed after it was verified
    public static OnnxTasteModel load(Release release, int threads) {
        Map<String, ByteBuffer> files = new LinkedHashMap<>();
        for (String role : List.of("item", "history", "score")) {
            files.put(role, release.graph(role));
        }
        return Graphs.load("release " + release.digest(), files, threads, true, OnnxTasteModel::new);
    }

    private static float[][] tokens(@Nullable String base64, int width) {
        if (base64 == null) {
            throw new IllegalArgumentException(
                    "The history graph does not carry its token vectors: it belongs to another version; train again.");
        }
        FloatBuffer values = ByteBuffer.wrap(Base64.getDecoder().decode(base64))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[][] tokens = new float[values.remaining() / width][width];
        for (float[] token : tokens) {
            values.get(token);
        }
        return tokens;
    }

    @Override
    public float[][] tokens() {
        return Arrays.stream(tokens).map(float[]::clone).toArray(float[][]::new);
    }

    @Override
    public Encoding mean() {
        return mean;
    }

    private float[] mean(@Nullable String base64) {
        if (base64 == null) {
            throw new IllegalArgumentException(
                    "The item graph does not carry the mean item: it belongs to another version; train again.");
        }
        float[] values = Encoding.floats(Base64.getDecoder().decode(base64));
        if (values.length != encoderWidth) {
            throw new IllegalArgumentException("The item graph's mean item has width " + values.length
                    + ", its encodings " + encoderWidth + ": train again.");
        }
        return values;
    }

    // Items

    @Override
    public ItemVectors items(List<Encoding> encodings) {
        float[][] features = new float[encodings.size()][];
        float[] appeal = new float[encodings.size()];
        for (int from = 0; from < encodings.size(); from += MOST_ITEMS) {
            items(encodings.subList(from, Math.min(encodings.size(), from + MOST_ITEMS)), from, features, appeal);
        }
        return new ItemVectors(features, appeal);
    }

    private void items(List<Encoding> encodings, int at, float[][] features, float[] appeal) {
        int n = encodings.size();
        EncodedItems encoded = EncodedItems.of(encodings, encoderWidth);
        graphs.whileOpen(() -> {
            try (var encodingTensor = tensor(encoded.values(), n, 2, encoderWidth);
                    var presentTensor = tensor(encoded.present(), n, 2);
                    var result = item.run(Map.of("encodings", encodingTensor, "present", presentTensor))) {
                FloatBuffer found = graphs.output(result, "features");
                for (int i = 0; i < n; i++) {
                    features[at + i] = new float[width];
                    found.get(features[at + i]);
                }
                graphs.output(result, "appeal").get(appeal, at, n);
            }
            return true;
        });
    }

    // Tastes

    @Override
    public Taste taste(ItemVectors items, List<Observation> history) {
        return tastes(items, List.of(history)).getFirst();
    }

    @Override
    public List<Taste> tastes(ItemVectors items, List<Observation> history, float[][] kept) {
        for (float[] row : kept) {
            if (row.length != history.size()) {
                throw new IllegalArgumentException("A row of kept weights has " + row.length + " entries for "
                        + history.size() + " observations; give one for each.");
            }
        }
        return batched(items, Collections.nCopies(kept.length, history), kept);
    }

    /// The tastes of several people in one batch.
    ///
    /// @param items vectors that the observations' indices point into
    /// @param histories each oldest first; may be empty
    /// @return a taste for each
    public List<Taste> tastes(ItemVectors items, List<List<Observation>> histories) {
        float[][] kept = new float[histories.size()][];
        for (int row = 0; row < kept.length; row++) {
            kept[row] = new float[histories.get(row).size()];
            Arrays.fill(kept[row], 1);
        }
        return batched(items, histories, kept);
    }

    private List<Taste> batched(ItemVectors items, List<List<Observation>> histories, float[][] kept) {
        List<Taste> tastes = new ArrayList<>(histories.size());
        int from = 0;
        while (from < histories.size()) {
            int length = length(histories.get(from));
            int to = from + 1;
            while (to < histories.size()) {
                int longer = Math.max(length, length(histories.get(to)));
                if ((long) (to + 1 - from) * longer * width > MOST_DIFFERENCES) {
                    break;
                }
                length = longer;
                to++;
            }
            tastes.addAll(tastes(items, histories.subList(from, to), Arrays.copyOfRange(kept, from, to), length));
            from = to;
        }
        return tastes;
    }

    private static int length(List<Observation> history) {
        return Math.max(1, history.size());
    }

    private List<Taste> tastes(ItemVectors items, List<List<Observation>> histories, float[][] kept, int length) {
        int rows = histories.size();
        var evidence = new Evidence(items, rows, length);
        for (int row = 0; row < rows; row++) {
            evidence.put(row, histories.get(row), kept[row]);
        }
        return graphs.whileOpen(() -> {
            try (var difference = tensor(evidence.difference, rows, length, width);
                    var appeal = tensor(evidence.appeal, rows, length);
                    var weight = tensor(evidence.weight, rows, length);
                    var opinion = tensor(evidence.opinion, rows, length);
                    var age = tensor(evidence.age, rows, length);
                    var result = history.run(Map.of(
                            "difference", difference,
                            "appeal", appeal,
                            "weight", weight,
                            "opinion", opinion,
                            "age", age))) {
                FloatBuffer activations = graphs.output(result, "activations");
                FloatBuffer own = graphs.output(result, "own");
                FloatBuffer taste = graphs.output(result, "taste");
                List<Taste> tastes = new ArrayList<>(rows);
                for (int row = 0; row < rows; row++) {
                    tastes.add(new Taste(next(taste, width), next(own, width), next(activations, tokens.length)));
                }
                return tastes;
            }
        });
    }

    private static float[] next(FloatBuffer buffer, int count) {
        float[] values = new float[count];
        buffer.get(values);
        return values;
    }

    /// Histories as the history graph takes them; what is not put is padding of weight 0.
    private final class Evidence {
        private final ItemVectors items;
        private final int length;
        private final FloatBuffer difference;
        private final FloatBuffer appeal;
        private final FloatBuffer weight;
        private final FloatBuffer opinion;
        private final FloatBuffer age;
        private final float[] row = new float[width];

        Evidence(ItemVectors items, int rows, int length) {
            this.items = items;
            this.length = length;
            difference = Graphs.floats(rows * length * width);
            appeal = Graphs.floats(rows * length);
            weight = Graphs.floats(rows * length);
            opinion = Graphs.floats(rows * length);
            age = Graphs.floats(rows * length);
        }

        void put(int person, List<Observation> observations, float[] kept) {
            double newest = newest(observations, kept);
            double before = oldest(observations, kept);
            for (int i = 0; i < observations.size(); i++) {
                int at = person * length + i;
                Observation observation = observations.get(i);
                Arrays.fill(row, 0);
                float beta = switch (observation) {
                    case Choice(int chosen, int rejected, float w, long when) -> add(chosen, 1) + add(rejected, -1);
                    case Opinion(int one, boolean liked, float w, long when) -> {
                        opinion.put(at, 1);
                        yield add(one, liked ? 1 : -1);
                    }
                };
                difference.put(at * width, row);
                appeal.put(at, beta);
                weight.put(at, observation.weight() * kept[i]);
                // What is removed leaves the pause between its neighbours whole, and none before the first.
                before = kept[i] == 0 ? before : observation.at() / DAY;
                age.put(at, (float) Math.max(0, newest - before));
            }
        }

        private float add(int of, int sign) {
            float[] features = items.features()[of];
            for (int k = 0; k < width; k++) {
                row[k] += sign * features[k];
            }
            return sign * items.appeal()[of];
        }
    }

    /// @return days of the newest observation that is kept
    private static double newest(List<Observation> observations, float[] kept) {
        for (int i = observations.size() - 1; i >= 0; i--) {
            if (kept[i] != 0) {
                return observations.get(i).at() / DAY;
            }
        }
        return 0;
    }

    /// @return days of the oldest observation that is kept
    private static double oldest(List<Observation> observations, float[] kept) {
        for (int i = 0; i < observations.size(); i++) {
            if (kept[i] != 0) {
                return observations.get(i).at() / DAY;
            }
        }
        return 0;
    }

    // Scores

    @Override
    public float[] scores(Taste taste, ItemVectors candidates, float[] offsets) {
        int n = candidates.size();
        if (offsets.length != n) {
            throw new IllegalArgumentException(
                    offsets.length + " offsets for " + n + " candidates; give one for each, 0 for a new item.");
        }
        float[] scores = new float[n];
        if (n == 0) {
            return scores;
        }
        int size = width + n * (width + 2);
        FloatBuffer buffer = borrow(size);
        buffer.put(0, taste.vector());
        for (int i = 0; i < n; i++) {
            buffer.put((i + 1) * width, candidates.features()[i]);
        }
        int after = (n + 1) * width;
        buffer.put(after, candidates.appeal());
        buffer.put(after + n, offsets);
        graphs.whileOpen(() -> {
            try (var tasteTensor = tensor(buffer.slice(0, width), width);
                    var features = tensor(buffer.slice(width, n * width), n, width);
                    var appeal = tensor(buffer.slice(after, n), n);
                    var offset = tensor(buffer.slice(after + n, n), n);
                    var result = score.run(
                            Map.of("taste", tasteTensor, "features", features, "appeal", appeal, "offset", offset))) {
                FloatBuffer logits = graphs.output(result, "logits");
                for (int i = 0; i < n; i++) {
                    scores[i] = logits.get(2 * i) - logits.get(2 * i + 1);
                }
            }
            return true;
        });
        giveBack(buffer);
        return scores;
    }

    private FloatBuffer borrow(int size) {
        FloatBuffer kept = buffers.poll();
        return kept != null && kept.capacity() >= size ? kept : Graphs.floats(Math.max(size, SMALLEST_BUFFER));
    }

    private void giveBack(FloatBuffer buffer) {
        if (buffers.size() < MOST_KEPT) {
            buffers.add(buffer);
        }
    }

    // Calls into ONNX Runtime

    private OnnxTensor tensor(FloatBuffer values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(environment, values, shape);
    }

    @Override
    public void close() {
        graphs.close();
    }
}
