package dev.konomi.train.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.release.Release;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.OnnxTasteModel;
import dev.konomi.taste.Taste;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.stage.TrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxTasteModelTest {
    private static final float CLOSE = 1e-5f;

    @TempDir
    private static Path folder;

    private static Dataset data;
    private static TrainedModel trained;
    private static Release release;
    private static OnnxTasteModel model;
    private static ItemVectors items;
    private static List<Observation> longest;

    @BeforeAll
    static void load() {
        data = TinyModel.data(2);
        trained = TinyModel.train(data, TinyModel.NETWORK);
        release = TinyModel.release(trained, data, folder);
        model = OnnxTasteModel.load(release, 1);
        items = model.items(data.items());
        longest = data.people().stream()
                .map(Person::observations)
                .max((a, b) -> Integer.compare(a.size(), b.size()))
                .orElseThrow();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void leavingOneOutIsNeverHavingSeenIt() {
        int n = longest.size();
        float[][] kept = new float[n][n];
        for (int left = 0; left < n; left++) {
            Arrays.fill(kept[left], 1);
            kept[left][left] = 0;
        }
        List<Taste> tastes = model.tastes(items, longest, kept);
        for (int left = 0; left < n; left++) {
            List<Observation> without = new ArrayList<>(longest);
            without.remove(left);
            assertSame(model.taste(items, without), tastes.get(left));
        }
    }

    @Test
    void theMeanEncodingComesWithTheRelease() {
        List<float[]> images = data.items().stream()
                .map(Encoding::image)
                .filter(Objects::nonNull)
                .toList();
        float[] mean = new float[images.getFirst().length];
        for (float[] image : images) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += image[k] / images.size();
            }
        }
        assertArrayEquals(mean, model.mean().image(), CLOSE);
    }

    @Test
    void keepingNothingIsTheEmptyHistory() {
        Taste nothing = model.taste(items, List.of());
        assertSame(
                nothing,
                model.tastes(items, longest, new float[1][longest.size()]).getFirst());
        assertArrayEquals(trained.prior(), nothing.activations(), CLOSE);
        assertArrayEquals(new float[nothing.own().length], nothing.own());
        assertEquals(List.of(), model.tastes(items, longest, new float[0][]));
        assertSame(nothing, model.tastes(items, List.of(), new float[1][0]).getFirst());
    }

    @Test
    void manyPeopleAtOnceAreEachAsAlone() {
        List<List<Observation>> histories =
                data.people().stream().map(Person::observations).toList();
        List<Taste> together = model.tastes(items, histories);
        assertEquals(histories.size(), together.size());
        for (int p = 0; p < histories.size(); p++) {
            assertSame(model.taste(items, histories.get(p)), together.get(p));
        }
    }

    @Test
    void aLongHistoryIsReadInSeveralRuns() {
        List<Observation> history = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            history.add(longest.get(i % longest.size()));
        }
        float[][] kept = new float[600][600];
        for (int left = 0; left < 600; left++) {
            Arrays.fill(kept[left], 1);
            kept[left][left] = 0;
        }
        List<Taste> tastes = model.tastes(items, history, kept);
        assertEquals(600, tastes.size());
        List<Observation> without = new ArrayList<>(history);
        without.remove(599);
        Taste expected = model.taste(items, without);
        assertArrayEquals(expected.activations(), tastes.get(599).activations(), 1e-4f);
    }

    @Test
    void aTasteIsOwnAndTokens() {
        Taste taste = model.taste(items, longest);
        float[][] tokens = model.tokens();
        float sum = 0;
        float[] composed = taste.own().clone();
        for (int m = 0; m < tokens.length; m++) {
            sum += taste.activations()[m];
            for (int k = 0; k < composed.length; k++) {
                composed[k] += taste.activations()[m] * tokens[m][k];
            }
        }
        assertEquals(1, sum, CLOSE);
        assertArrayEquals(taste.vector(), composed, CLOSE);
        assertArrayEquals(trained.tokens(), tokens);
    }

    @Test
    void aScoreIsTheTasteTimesFeaturesAndAppealAndOffset() {
        Taste taste = model.taste(items, longest);
        float[] offsets = new float[items.size()];
        Arrays.fill(offsets, 0.25f);
        float[] scores = model.scores(taste, items, offsets);
        for (int i = 0; i < scores.length; i++) {
            float expected = items.appeal()[i] + offsets[i];
            for (int k = 0; k < taste.vector().length; k++) {
                expected += taste.vector()[k] * items.features()[i][k];
            }
            assertEquals(expected, scores[i], CLOSE);
        }
        assertEquals(0, model.scores(taste, new ItemVectors(new float[0][], new float[0]), new float[0]).length);
    }

    @Test
    void aHistoryThatAPersonIsSureOfMovesTheScoresItsWay() {
        var liked = new Observation.Opinion(3, true, 1, 0);
        var disliked = new Observation.Opinion(3, false, 1, 0);
        float[] after = model.scores(model.taste(items, List.of(liked)), items, new float[items.size()]);
        float[] before = model.scores(model.taste(items, List.of(disliked)), items, new float[items.size()]);
        assertTrue(after[3] > before[3], () -> "liked " + after[3] + ", disliked " + before[3]);
    }

    @Test
    void itemsAreTheSameAloneAndInManyRuns() {
        List<Encoding> many = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            many.add(data.items().get(i % data.items().size()));
        }
        ItemVectors all = model.items(many);
        assertEquals(1100, all.size());
        for (int i : new int[] {0, 511, 512, 1023, 1024, 1099}) {
            ItemVectors alone = model.items(List.of(many.get(i)));
            assertArrayEquals(alone.features()[0], all.features()[i], CLOSE);
            assertEquals(alone.appeal()[0], all.appeal()[i], CLOSE);
        }
        assertEquals(0, model.items(List.of()).size());
    }

    @Test
    void threadsAtOnceGetTheSameAnswers() throws Exception {
        float[] offsets = new float[items.size()];
        List<Taste> tastes = new ArrayList<>();
        List<float[]> scores = new ArrayList<>();
        for (Person person : data.people()) {
            Taste taste = model.taste(items, person.observations());
            tastes.add(taste);
            scores.add(model.scores(taste, items, offsets));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int repeat = 0; repeat < 10; repeat++) {
                for (int p = 0; p < tastes.size(); p++) {
                    int person = p;
                    calls.add(() -> {
                        List<Observation> history = data.people().get(person).observations();
                        Taste taste = model.taste(items, history);
                        return Arrays.equals(taste.vector(), tastes.get(person).vector())
                                && Arrays.equals(model.scores(taste, items, offsets), scores.get(person));
                    });
                }
            }
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                assertTrue(call.get());
            }
        }
    }

    @Test
    void closingWhileOthersScoreIsAnErrorAndNoCrash() throws Exception {
        OnnxTasteModel closing = OnnxTasteModel.load(release, 1);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(threads.submit(() -> {
                    int answered = 0;
                    while (true) {
                        try {
                            assertEquals(
                                    longest.size() > 0 ? items.appeal().length : 0,
                                    closing.scores(closing.taste(items, longest), items, new float[items.size()])
                                            .length);
                            answered++;
                        } catch (IllegalStateException closed) {
                            return answered;
                        }
                    }
                }));
            }
            closing.taste(items, longest);
            closing.close();
            closing.close();
            for (Future<Integer> call : calls) {
                assertTrue(call.get() >= 0);
            }
        }
        assertThrows(IllegalStateException.class, () -> closing.taste(items, longest));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Taste taste = model.taste(items, List.of());
        assertThrows(IllegalArgumentException.class, () -> model.scores(taste, items, new float[1]));
        assertThrows(IllegalArgumentException.class, () -> model.tastes(items, longest, new float[][] {{1, 1, 1}}));
        assertThrows(IllegalArgumentException.class, () -> model.items(List.of(new Encoding(new float[3], null))));
        assertThrows(IllegalArgumentException.class, () -> OnnxTasteModel.load(release, 0));
    }

    @Test
    void aGraphChangedAfterVerificationIsNotLoaded(@TempDir Path other) throws Exception {
        Release changed = TinyModel.release(trained, data, other);
        byte[] bytes = Files.readAllBytes(other.resolve(LateExport.SCORE));
        bytes[bytes.length / 2] ^= 1;
        Files.write(other.resolve(LateExport.SCORE), bytes);
        assertThrows(IllegalStateException.class, () -> OnnxTasteModel.load(changed, 1));
    }

    private static void assertSame(Taste expected, Taste found) {
        assertArrayEquals(expected.vector(), found.vector(), CLOSE);
        assertArrayEquals(expected.own(), found.own(), CLOSE);
        assertArrayEquals(expected.activations(), found.activations(), CLOSE);
    }
}
