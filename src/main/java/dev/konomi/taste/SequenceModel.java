package dev.konomi.taste;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.konomi.history.HistoryItem;
import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.item.OnnxRuntime;
import dev.konomi.release.Release;
import dev.konomi.taste.SequenceCache.Past;
import dev.konomi.taste.SequenceCache.State;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A release's head in sequence: history, preference tokens and target in one causal sequence,
/// the answer read from the logits over {+, −} at its last position.
///
/// A history is read once and its keys and values are kept, in a bounded cache, for each person.
/// A new event appends to them, a request's candidates are scored on them in one batch, three
/// positions each. Whether a kept state still fits is decided by comparing the very numbers that
/// the decoder would read, so a changed item, weight or order can never be answered from a stale
/// state. Safe for use by many threads at once.
public final class SequenceModel implements AutoCloseable {
    /// Positions of an item: visual token, text token, label (or the read position).
    public static final int ITEM_POSITIONS = 3;

    private static final String ITEM = "sequence-item";
    private static final String QUERY = "query";
    private static final String DECODER = "decoder";

    /// The memory for people's histories of a release: about 600 people with 16 items each.
    public static final long CACHE_BYTES = 48L << 20;

    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final Graphs graphs;
    private final OrtSession item;
    private final OrtSession query;
    private final OrtSession decoder;
    private final int encodingWidth;
    private final int width;
    private final int layers;
    private final int kvHeads;
    private final int headWidth;
    private final int selected;
    private final boolean prefixed;
    private final SequenceCache cache;

    /// The two logits of each candidate.
    ///
    /// @param disliked logit of ℓ(−), `[N]`
    /// @param liked logit of ℓ(+), `[N]`
    public record Logits(float[] disliked, float[] liked) {
        /// @return `s = logit₊ − logit₋`, `[N]`
        public float[] scores() {
            float[] scores = new float[liked.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = liked[i] - disliked[i];
            }
            return scores;
        }
    }

    /// What the query graph makes of a history; a target's read position is `question + gate ∘
    /// c(z)`.
    private record Query(float[] history, float[] preference, float[] question, float[] gate) {}

    private SequenceModel(Graphs graphs, long cacheBytes) throws OrtException {
        this.graphs = graphs;
        item = graphs.session(ITEM);
        query = graphs.session(QUERY);
        decoder = graphs.session(DECODER);
        encodingWidth = (int) graphs.shape(ITEM, "encodings")[2];
        width = (int) graphs.shape(DECODER, "tokens")[2];
        long[] past = graphs.shape(DECODER, "past");
        layers = (int) past[0];
        kvHeads = (int) past[2];
        headWidth = (int) past[4];
        Map<String, String> remarks = query.getMetadata().getCustomMetadata();
        selected = Integer.parseInt(remarks.getOrDefault("selected", "0"));
        prefixed = "prefix".equals(remarks.get("placement")) && selected > 0;
        cache = new SequenceCache(cacheBytes);
    }

    /// @param release a verified release with the head in sequence
    /// @param threads that one call may use; several calls may run at once
    /// @return its model, to be closed
    /// @throws IllegalArgumentException when the release has no head in sequence or its graphs
    ///     cannot be loaded
    /// @throws IllegalStateException when a file changed after it was verified
    public static SequenceModel load(Release release, int threads) {
        return load(
                Map.of(
                        ITEM, release.graph(ITEM),
                        QUERY, release.graph(QUERY),
                        DECODER, release.graph(DECODER)),
                threads,
                CACHE_BYTES);
    }

    /// @param itemGraph bytes of the graph that makes item tokens of encodings
    /// @param queryGraph bytes of the graph that makes positions of a history
    /// @param decoderGraph bytes of the decoder
    /// @param threads that one call may use
    /// @param cacheBytes how much of people's histories is kept at most, those asked for last
    /// @return the model
    /// @throws IllegalArgumentException when a graph cannot be read
    public static SequenceModel load(
            byte[] itemGraph, byte[] queryGraph, byte[] decoderGraph, int threads, long cacheBytes) {
        return load(
                Map.of(
                        ITEM, Graphs.outsideTheHeap(itemGraph),
                        QUERY, Graphs.outsideTheHeap(queryGraph),
                        DECODER, Graphs.outsideTheHeap(decoderGraph)),
                threads,
                cacheBytes);
    }

    private static SequenceModel load(Map<String, ByteBuffer> files, int threads, long cacheBytes) {
        // An arena would keep the largest block of every length of history that it ever saw.
        return Graphs.load(
                "the head in sequence", files, threads, false, graphs -> new SequenceModel(graphs, cacheBytes));
    }

    /// What one pass over every candidate's whole sequence costs at most, in units of the cached
    /// path.
    ///
    /// Both work on positions of the same decoder. A whole sequence has `T = 3n + k + 3`; with a
    /// warm history three of them are left. Every linear layer costs in proportion to positions,
    /// and attention costs `T·T` against `3·T` products, so the quotient is `T / 3` for all of it:
    /// 17 + k/3 for 16 items. Whoever measures more has seen the longer pass fall out of a
    /// processor cache; less is the overhead that both have in common.
    ///
    /// @param historyItems n
    /// @return the quotient of both paths' multiplications
    public double ratioCeiling(int historyItems) {
        return (ITEM_POSITIONS * (historyItems + 1.0) + selected) / ITEM_POSITIONS;
    }

    /// @param encodings N items
    /// @return their tokens under this release, worth keeping for a catalogue
    public SequenceItems items(List<Encoding> encodings) {
        int n = encodings.size();
        if (n == 0) {
            return SequenceItems.NONE;
        }
        EncodedItems encoded = EncodedItems.of(encodings, encodingWidth);
        return graphs.whileOpen(() -> {
            try (var encodingTensor =
                            OnnxTensor.createTensor(environment, encoded.values(), new long[] {n, 2, encodingWidth});
                    var presentTensor = OnnxTensor.createTensor(environment, encoded.present(), new long[] {n, 2});
                    var result = item.run(Map.of("encodings", encodingTensor, "present", presentTensor))) {
                return new SequenceItems(array(((OnnxTensor) result.get(0)).getFloatBuffer()), n);
            }
        });
    }

    /// Scores candidates on the person's kept state, which is made or extended first where
    /// needed.
    ///
    /// @param person surrogate id, under which the state is kept
    /// @param items tokens that observations and candidates point into
    /// @param history oldest first; may be empty
    /// @param sinceLast time since the last event in milliseconds, or −1 where that is not known
    /// @param candidates N indices into `items`
    /// @return their logits
    public Logits logits(
            long person, SequenceItems items, List<Observation> history, long sinceLast, int[] candidates) {
        if (candidates.length == 0) {
            return new Logits(new float[0], new float[0]);
        }
        return graphs.whileOpen(() -> {
            Query asked = query(items, history, sinceLast);
            State state = state(person, asked);
            return decode(
                    candidates.length, ITEM_POSITIONS, targets(items, candidates, asked, new float[0]), state.ready());
        });
    }

    /// The same logits without any cache: every candidate's whole sequence in one pass, all
    /// candidates in one batch. This is what the cached path is compared with.
    ///
    /// @param items tokens that observations and candidates point into
    /// @param history oldest first; may be empty
    /// @param sinceLast time since the last event in milliseconds, or −1 where that is not known
    /// @param candidates N indices into `items`
    /// @return their logits
    public Logits logitsInOnePass(SequenceItems items, List<Observation> history, long sinceLast, int[] candidates) {
        if (candidates.length == 0) {
            return new Logits(new float[0], new float[0]);
        }
        return graphs.whileOpen(() -> {
            Query asked = query(items, history, sinceLast);
            float[] before =
                    prefixed ? joined(asked.preference, asked.history) : joined(asked.history, asked.preference);
            return decode(
                    candidates.length,
                    before.length / width + ITEM_POSITIONS,
                    targets(items, candidates, asked, before),
                    empty());
        });
    }

    /// Forgets a person's state, for example with the person.
    ///
    /// @param person surrogate id
    public void forget(long person) {
        cache.forget(person);
    }

    /// @return how many people's states are kept now
    public int kept() {
        return cache.size();
    }

    private State state(long person, Query asked) throws OrtException {
        State kept = cache.get(person);
        float[] stable = prefixed ? joined(asked.preference, asked.history) : asked.history;
        float[] tail = prefixed ? new float[0] : asked.preference;
        if (kept != null && Arrays.equals(kept.stable(), stable) && Arrays.equals(kept.tail(), tail)) {
            return kept;
        }
        Past start = kept != null && startsWith(stable, kept.stable()) ? kept.past() : empty();
        Past past = extended(start, Arrays.copyOfRange(stable, start.length() * width, stable.length));
        State state = new State(stable, past, tail, extended(past, tail));
        cache.put(person, state);
        return state;
    }

    private static boolean startsWith(float[] values, float[] start) {
        return start.length <= values.length && Arrays.equals(values, 0, start.length, start, 0, start.length);
    }

    private Past empty() {
        return new Past(Graphs.floats(0), 0);
    }

    /// @param positions `[t, d]` to read after a past
    private Past extended(Past past, float[] positions) throws OrtException {
        int added = positions.length / width;
        if (added == 0) {
            return past;
        }
        FloatBuffer tokens = Graphs.floats(positions.length);
        tokens.put(0, positions);
        int length = past.length() + added;
        int rows = layers * 2 * kvHeads;
        FloatBuffer joined = Graphs.floats(rows * length * headWidth);
        try (var tensors = new DecoderInputs(1, added, tokens, past);
                var result = decoder.run(tensors.byName())) {
            FloatBuffer present = ((OnnxTensor) result.get(1)).getFloatBuffer();
            for (int row = 0; row < rows; row++) {
                int old = past.length() * headWidth;
                int fresh = added * headWidth;
                joined.put(row * length * headWidth, past.values(), row * old, old);
                joined.put(row * length * headWidth + old, present, row * fresh, fresh);
            }
        }
        return new Past(joined, length);
    }

    /// @param tokens `[N, t, d]`
    private Logits decode(int rows, int length, FloatBuffer tokens, Past past) throws OrtException {
        try (var tensors = new DecoderInputs(rows, length, tokens, past);
                var result = decoder.run(tensors.byName())) {
            FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] disliked = new float[rows];
            float[] liked = new float[rows];
            for (int i = 0; i < rows; i++) {
                disliked[i] = logits.get(2 * i);
                liked[i] = logits.get(2 * i + 1);
            }
            return new Logits(disliked, liked);
        }
    }

    private final class DecoderInputs implements AutoCloseable {
        private final OnnxTensor tokens;
        private final OnnxTensor past;
        private final OnnxTensor position;

        DecoderInputs(int rows, int length, FloatBuffer values, Past before) throws OrtException {
            LongBuffer places = ByteBuffer.allocateDirect(8 * length)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
            for (int i = 0; i < length; i++) {
                places.put(i, before.length() + (long) i);
            }
            tokens = OnnxTensor.createTensor(environment, values, new long[] {rows, length, width});
            past = OnnxTensor.createTensor(
                    environment, before.values().duplicate(), new long[] {layers, 2, kvHeads, before.length(), headWidth
                    });
            position = OnnxTensor.createTensor(environment, places, new long[] {length});
        }

        Map<String, OnnxTensor> byName() {
            return Map.of("tokens", tokens, "past", past, "position", position);
        }

        @Override
        public void close() {
            tokens.close();
            past.close();
            position.close();
        }
    }

    /// @param before `[b, d]`, positions before each target
    /// @return `[N, b + 3, d]`
    private FloatBuffer targets(SequenceItems items, int[] candidates, Query asked, float[] before) {
        int pair = 2 * width;
        int row = before.length + pair + width;
        FloatBuffer tokens = Graphs.floats(candidates.length * row);
        for (int i = 0; i < candidates.length; i++) {
            tokens.put(i * row, before);
            int from = candidates[i] * ITEM_POSITIONS * width;
            int to = i * row + before.length;
            tokens.put(to, items.tokens(), from, pair);
            for (int k = 0; k < width; k++) {
                tokens.put(to + pair + k, asked.question[k] + asked.gate[k] * items.tokens()[from + pair + k]);
            }
        }
        return tokens;
    }

    private Query query(SequenceItems items, List<Observation> history, long sinceLast) throws OrtException {
        List<HistoryItem> entries = HistoryItem.of(history);
        boolean none = entries.isEmpty();
        int n = Math.max(1, entries.size());
        int size = ITEM_POSITIONS * width;
        FloatBuffer tokens = Graphs.floats(n * size);
        LongBuffer liked = longs(n);
        LongBuffer compared = longs(n);
        LongBuffer gap = longs(n);
        FloatBuffer weight = Graphs.floats(n);
        for (int i = 0; i < entries.size(); i++) {
            HistoryItem entry = entries.get(i);
            tokens.put(i * size, items.tokens(), entry.item() * size, size);
            liked.put(i, entry.liked() ? 1 : 0);
            compared.put(i, entry.compared() ? 1 : 0);
            gap.put(i, entry.gap());
            weight.put(i, entry.weight());
        }
        LongBuffer now = longs(1);
        now.put(0, none || sinceLast < 0 ? 0 : HistoryItem.bucket(sinceLast));
        long[] shape = {n};
        try (var itemTensor = OnnxTensor.createTensor(environment, tokens, new long[] {n, ITEM_POSITIONS, width});
                var likedTensor = OnnxTensor.createTensor(environment, liked, shape);
                var comparedTensor = OnnxTensor.createTensor(environment, compared, shape);
                var gapTensor = OnnxTensor.createTensor(environment, gap, shape);
                var weightTensor = OnnxTensor.createTensor(environment, weight, shape);
                var nowTensor = OnnxTensor.createTensor(environment, now, new long[] {1});
                var result = query.run(Map.of(
                        "items", itemTensor,
                        "liked", likedTensor,
                        "compared", comparedTensor,
                        "gap", gapTensor,
                        "weight", weightTensor,
                        "now", nowTensor))) {
            float[] positions = none ? new float[0] : array(graphs.output(result, "history"));
            float[] preference = selected == 0 ? new float[0] : array(graphs.output(result, "preference"));
            return new Query(
                    positions,
                    preference,
                    array(graphs.output(result, "question")),
                    array(graphs.output(result, "gate")));
        }
    }

    private static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static float[] joined(float[] first, float[] second) {
        float[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static LongBuffer longs(int count) {
        return ByteBuffer.allocateDirect(8 * count)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    /// Waits for calls that are running; calls after it fail.
    @Override
    public void close() {
        graphs.close();
    }
}
