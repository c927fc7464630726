package dev.konomi.cli.bench;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.release.Release;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.taste.SequenceItems;
import dev.konomi.taste.SequenceModel;
import dev.konomi.taste.SequenceModel.Logits;
import dev.konomi.train.export.SequenceExport;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.stage.TrainedSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Measures serving in this process, warm, on one thread: a history of 8 liked and 8 disliked
/// pictures, 100 candidates, real painted pictures encoded beforehand.
///
/// Cached and one-pass scoring run in turn and share all weights, so that other work on the
/// machine slows both down alike; one pass may use the batch that suits it best. Latencies
/// include the item graph for the candidates.
public final class ServingBench {
    /// Candidates of a request.
    public static final int CANDIDATES = 100;

    /// Requests that give steady quantiles.
    public static final int ROUNDS = 300;

    private static final int ONE_PASS_EVERY = 10;
    private static final int WARM_UP = 30;
    private static final int ENCODINGS = 5;
    private static final int[] BATCHES = {CANDIDATES, 25, 10};
    private static final long PERSON = 1;
    private static final long SINCE_LAST = 3_600_000;

    private final Exhibits exhibits;
    private final int rounds;
    private final Consumer<String> says;

    private ServingBench(Exhibits exhibits, int rounds, Consumer<String> says) {
        this.exhibits = exhibits;
        this.rounds = rounds;
        this.says = says;
    }

    /// @param release a verified release; where it has no head in sequence, an untrained one of the
    ///     usual sizes is measured: what serving costs does not depend on what weights say
    /// @param encoder the release's encoder, loaded for one thread
    /// @param rounds requests to measure; at least 10, [#ROUNDS] for figures that are published
    /// @param says hears what is being measured
    /// @return what serving costs
    /// @throws IllegalArgumentException when the encoder is another one, or there are too few
    ///     rounds
    public static ServingFigures run(Release release, OnnxItemEncoder encoder, int rounds, Consumer<String> says) {
        if (rounds < ONE_PASS_EVERY) {
            throw new IllegalArgumentException(
                    "Quantiles need " + ONE_PASS_EVERY + " rounds or more, got " + rounds + ".");
        }
        String digest = release.manifest().encoder().digest();
        if (!digest.equals(encoder.digest())) {
            throw new IllegalArgumentException("The release was trained on the encoder " + digest + ", not on "
                    + encoder.digest() + ": load the release's.");
        }
        says.accept("Painting and encoding " + (2 * Exhibits.PAIRS + CANDIDATES) + " pictures");
        ServingBench bench = new ServingBench(Exhibits.of(encoder, CANDIDATES), rounds, says);
        try (OnnxTasteModel late = OnnxTasteModel.load(release, 1);
                SequenceModel sequence = sequence(release)) {
            return new ServingFigures(CANDIDATES, bench.late(late), bench.sequence(sequence, encoder));
        }
    }

    private static SequenceModel sequence(Release release) {
        if (release.hasGraph("decoder")) {
            return SequenceModel.load(release, 1);
        }
        int width = release.manifest().encoder().width();
        var graphs = SequenceExport.graphs(TrainedSequence.untrained(SequenceConfig.small(width), 1));
        return SequenceModel.load(
                Objects.requireNonNull(graphs.get(SequenceExport.ITEM)),
                Objects.requireNonNull(graphs.get(SequenceExport.QUERY)),
                Objects.requireNonNull(graphs.get(SequenceExport.DECODER)),
                1,
                SequenceModel.CACHE_BYTES);
    }

    private Latency late(OnnxTasteModel model) {
        says.accept("Scoring " + CANDIDATES + " candidates with the late head");
        List<Encoding> candidates = exhibits.encodings()
                .subList(2 * Exhibits.PAIRS, exhibits.encodings().size());
        ItemVectors history = model.items(exhibits.encodings().subList(0, 2 * Exhibits.PAIRS));
        float[] offsets = new float[CANDIDATES];
        Runnable request = () -> {
            ItemVectors items = model.items(candidates);
            require(model.scores(model.taste(history, exhibits.history()), items, offsets));
        };
        repeat(request, WARM_UP);
        return Latency.of(repeat(request, rounds));
    }

    private ServingFigures.Sequence sequence(SequenceModel model, OnnxItemEncoder encoder) {
        says.accept("Scoring them with the head in sequence, cached and in one pass");
        Runnable cached = () -> require(cached(model, items(model)).scores());
        int batch = bestBatch(model);
        Runnable onePass = () -> require(onePass(model, items(model), batch).scores());
        repeat(cached, WARM_UP);
        long[] cachedNanos = new long[rounds];
        long[] onePassNanos = new long[rounds / ONE_PASS_EVERY];
        for (int round = 0; round < rounds; round++) {
            cachedNanos[round] = nanos(cached);
            if (round % ONE_PASS_EVERY == 0 && round / ONE_PASS_EVERY < onePassNanos.length) {
                onePassNanos[round / ONE_PASS_EVERY] = nanos(onePass);
            }
        }
        Latency latency = Latency.of(cachedNanos);
        double onePassMillis = Latency.of(onePassNanos).p50Millis();

        says.accept("Encoding " + (2 * Exhibits.PAIRS + 1) + " images, as the published protocol does per candidate");
        Runnable encode = () -> {
            if (encoder.encode(exhibits.images()).size() != 2 * Exhibits.PAIRS + 1) {
                throw new IllegalStateException("The encoder lost images.");
            }
        };
        repeat(encode, 1);
        double encodeMillis = Latency.of(repeat(encode, ENCODINGS)).p50Millis();
        double published = CANDIDATES * encodeMillis + onePassMillis;

        return new ServingFigures.Sequence(
                latency.p50Millis(),
                latency.p99Millis(),
                onePassMillis / latency.p50Millis(),
                model.ratioCeiling(2 * Exhibits.PAIRS),
                published / latency.p50Millis(),
                difference(model, batch));
    }

    private SequenceItems items(SequenceModel model) {
        return model.items(exhibits.encodings());
    }

    private Logits cached(SequenceModel model, SequenceItems items) {
        return model.logits(PERSON, items, exhibits.history(), SINCE_LAST, exhibits.candidates());
    }

    private Logits onePass(SequenceModel model, SequenceItems items, int batch) {
        return onePass(model, items, exhibits.history(), batch);
    }

    private Logits onePass(SequenceModel model, SequenceItems items, List<Observation> history, int batch) {
        int[] candidates = exhibits.candidates();
        float[] disliked = new float[candidates.length];
        float[] liked = new float[candidates.length];
        for (int from = 0; from < candidates.length; from += batch) {
            int[] some = Arrays.copyOfRange(candidates, from, Math.min(candidates.length, from + batch));
            Logits logits = model.logitsInOnePass(items, history, SINCE_LAST, some);
            System.arraycopy(logits.disliked(), 0, disliked, from, some.length);
            System.arraycopy(logits.liked(), 0, liked, from, some.length);
        }
        return new Logits(disliked, liked);
    }

    /// The cheapest batch of one pass: whole sequences of 100 candidates may not fit a
    /// processor's cache.
    private int bestBatch(SequenceModel model) {
        SequenceItems items = items(model);
        int best = BATCHES[0];
        double fastest = Double.POSITIVE_INFINITY;
        for (int batch : BATCHES) {
            double millis = Latency.of(
                            repeat(() -> require(onePass(model, items, batch).scores()), 3))
                    .p50Millis();
            if (millis < fastest) {
                fastest = millis;
                best = batch;
            }
        }
        return best;
    }

    /// Over histories of every length up to the whole one.
    private double difference(SequenceModel model, int batch) {
        SequenceItems items = items(model);
        double largest = 0;
        for (int length = 0; length <= exhibits.history().size(); length++) {
            List<Observation> history = exhibits.history().subList(0, length);
            Logits one = model.logits(PERSON, items, history, SINCE_LAST, exhibits.candidates());
            Logits other = onePass(model, items, history, batch);
            for (int i = 0; i < CANDIDATES; i++) {
                largest = Math.max(largest, Math.abs(one.liked()[i] - other.liked()[i]));
                largest = Math.max(largest, Math.abs(one.disliked()[i] - other.disliked()[i]));
            }
        }
        return largest;
    }

    private static void require(float[] scores) {
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                throw new IllegalStateException("A candidate's score is " + score + ": the release is damaged.");
            }
        }
    }

    private static long[] repeat(Runnable request, int times) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            nanos[i] = nanos(request);
        }
        return nanos;
    }

    private static long nanos(Runnable request) {
        long before = System.nanoTime();
        request.run();
        return System.nanoTime() - before;
    }
}
