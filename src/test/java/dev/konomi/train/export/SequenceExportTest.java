package dev.konomi.train.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.taste.SequenceModel;
import dev.konomi.train.network.sequence.DecoderConfig;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.network.sequence.SequenceConfig.Placement;
import dev.konomi.train.stage.TrainedSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceExportTest {
    private static final int WIDTH = 12;
    private static final double TOLERANCE = 1e-4;
    private static final SequenceConfig CONFIG =
            new SequenceConfig(new DecoderConfig(32, 2, 4, 2, 48), WIDTH, 8, 6, 2, 8, Placement.SUFFIX);

    @ParameterizedTest
    @CsvSource({"SUFFIX, 2", "PREFIX, 2", "SUFFIX, 0"})
    void theTrainerTheCachedGraphsAndOnePassAgree(Placement placement, int selected) {
        SplittableRandom random = new SplittableRandom(7);
        TrainedSequence trained =
                TrainedSequence.untrained(CONFIG.with(placement).withSelected(selected), 11);
        List<Encoding> encodings = items(random, 40);
        int[] candidates = {3, 17, 0, 39, 17};
        try (SequenceModel model = load(trained)) {
            var items = model.items(encodings);
            for (int trial = 0; trial < 24; trial++) {
                List<Observation> history = history(random, trial % 12, trial);
                long sinceLast = trial % 3 == 0 ? -1 : random.nextLong(1L << 34);
                var cached = model.logits(trial % 5, items, history, sinceLast, candidates);
                var whole = model.logitsInOnePass(items, history, sinceLast, candidates);
                float[][] expected = trained.logits(encodings, history, sinceLast, candidates);
                for (int i = 0; i < candidates.length; i++) {
                    String where = "trial " + trial + ", candidate " + i;
                    assertEquals(expected[i][0], cached.disliked()[i], TOLERANCE, where);
                    assertEquals(expected[i][1], cached.liked()[i], TOLERANCE, where);
                    assertEquals(expected[i][0], whole.disliked()[i], TOLERANCE, where);
                    assertEquals(expected[i][1], whole.liked()[i], TOLERANCE, where);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"SUFFIX", "PREFIX"})
    void aHistoryThatGrowsIsAnsweredAsIfReadAnew(Placement placement) {
        SplittableRandom random = new SplittableRandom(3);
        TrainedSequence trained = TrainedSequence.untrained(CONFIG.with(placement), 5);
        List<Encoding> encodings = items(random, 60);
        List<Observation> all = history(random, 50, 0);
        int[] candidates = {1, 2, 3};
        try (SequenceModel model = load(trained)) {
            var items = model.items(encodings);
            for (int length = 0; length <= all.size(); length += 1 + length / 8) {
                List<Observation> history = all.subList(0, length);
                float[] kept = model.logits(1, items, history, 0, candidates).scores();
                float[] anew =
                        model.logitsInOnePass(items, history, 0, candidates).scores();
                for (int i = 0; i < kept.length; i++) {
                    assertEquals(anew[i], kept[i], TOLERANCE, "after " + length + " observations");
                }
            }
        }
    }

    @Test
    void theOrderAndTheSignOfAHistoryMatter() {
        SplittableRandom random = new SplittableRandom(9);
        List<Encoding> encodings = items(random, 10);
        try (SequenceModel model = load(TrainedSequence.untrained(CONFIG, 5))) {
            var items = model.items(encodings);
            int[] candidates = {7};
            float one = model.logits(1, items, List.of(new Choice(0, 1, 1, 0)), -1, candidates)
                    .scores()[0];
            float other = model.logits(1, items, List.of(new Choice(1, 0, 1, 0)), -1, candidates)
                    .scores()[0];
            assertTrue(Math.abs(one - other) > 0.01, one + " and " + other);
        }
    }

    private static SequenceModel load(TrainedSequence trained) {
        var graphs = SequenceExport.graphs(trained);
        return SequenceModel.load(
                Objects.requireNonNull(graphs.get(SequenceExport.ITEM)),
                Objects.requireNonNull(graphs.get(SequenceExport.QUERY)),
                Objects.requireNonNull(graphs.get(SequenceExport.DECODER)),
                1,
                40_000);
    }

    /// Items with both, with an image only and with a text only, in turn.
    private static List<Encoding> items(SplittableRandom random, int count) {
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(new Encoding(i % 3 == 2 ? null : token(random), i % 3 == 1 ? null : token(random)));
        }
        return items;
    }

    private static float[] token(SplittableRandom random) {
        float[] token = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            token[i] = (float) random.nextGaussian();
        }
        return token;
    }

    /// @param kind 0 … 3: mixed, choices only, likes only, dislikes only
    private static List<Observation> history(SplittableRandom random, int length, int kind) {
        List<Observation> history = new ArrayList<>();
        long at = 1_700_000_000_000L;
        for (int i = 0; i < length; i++) {
            at += random.nextLong(1L << random.nextInt(1, 36));
            float weight = (float) Math.exp(random.nextGaussian());
            int item = random.nextInt(40);
            boolean choice = kind % 4 == 1 || (kind % 4 == 0 && random.nextBoolean());
            history.add(
                    choice
                            ? new Choice(item, (item + 1 + random.nextInt(39)) % 40, weight, at)
                            : new Opinion(item, kind % 4 == 2 || (kind % 4 == 0 && random.nextBoolean()), weight, at));
        }
        return history;
    }
}
