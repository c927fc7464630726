package dev.konomi.train.evaluate.reason;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.PlainTasteModel;
import dev.konomi.taste.TasteModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeletionTest {
    private static final int ITEMS = 30;
    private static final int CHOICES = 9;
    private final TasteModel model = new PlainTasteModel(1);

    @Test
    void reasonsCarryMoreThanLikesThatLookAlikeOrAreDrawn() {
        SplittableRandom random = new SplittableRandom(1);
        List<Deletion.Shown> people = new ArrayList<>();
        for (int person = 0; person < 60; person++) {
            LikedItems likes = likes(items(random), choices(random));
            people.add(new Deletion.Shown(likes, new int[] {27, 28}, new int[] {29, 26}));
        }
        Deletion deletion = Deletion.of(people, 1);
        double[] top = deletion.top();
        assertTrue(mean(top) > 0);
        for (double[] control : List.of(deletion.similar(), deletion.random(), deletion.other())) {
            assertTrue(mean(top) > mean(control), mean(top) + " and " + mean(control));
            assertEquals(people.size(), control.length);
        }
    }

    @Test
    void aDropIsTheScoreBeforeMinusTheScoreAfterwards() {
        SplittableRandom random = new SplittableRandom(2);
        ItemVectors items = items(random);
        List<Observation> history = choices(random);
        LikedItems likes = likes(items, history);
        List<Observation> left = new ArrayList<>(history);
        left.remove(6);
        left.remove(2);
        for (int candidate = 20; candidate < ITEMS; candidate++) {
            double before = score(items, history, candidate);
            double after = score(items, left, candidate);
            assertEquals(before - after, likes.drops(candidate, List.of(new int[] {2, 6}))[0], 1e-5);
        }
        assertArrayEquals(new double[] {0}, likes.drops(20, List.of(new int[0])), 1e-6);
    }

    @Test
    void aNamedLikeRaisesTheScoreUnlessNoneDoes() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 20; round++) {
            LikedItems likes = likes(items(random), choices(random));
            double[] alone = likes.drops(
                    25,
                    IntStream.range(0, likes.size())
                            .mapToObj(like -> new int[] {like})
                            .toList());
            int[] named = likes.named(25, CHOICES);
            assertEquals(CHOICES, IntStream.of(named).distinct().count());
            for (int rank = 1; rank < named.length; rank++) {
                assertTrue(alone[named[rank - 1]] > -1e-6 || alone[named[rank]] < 1e-6);
            }
        }
    }

    @Test
    void dislikesAreNoLikes() {
        SplittableRandom random = new SplittableRandom(4);
        LikedItems likes = likes(
                items(random),
                List.of(new Opinion(3, false, 1, 1), new Opinion(4, true, 1, 2), new Choice(5, 6, 1, 3)));
        assertEquals(2, likes.size());
        assertEquals(4, likes.item(0));
        assertEquals(5, likes.item(1));
        assertThrows(IllegalArgumentException.class, () -> new Deletion.Shown(likes, new int[] {1}, new int[] {2}));
    }

    @Test
    void theMostSimilarLikePointsTheSameWay() {
        ItemVectors items = new ItemVectors(new float[][] {{1, 0}, {5, 5}, {0, 9}, {0.2f, 0.2f}}, new float[4]);
        LikedItems likes = likes(
                items, List.of(new Opinion(0, true, 1, 1), new Opinion(1, true, 1, 2), new Opinion(2, true, 1, 3)));
        assertEquals(1, likes.item(likes.mostSimilar(3, 1)[0]));
    }

    /// In the plain model an item's encoding is its features.
    private LikedItems likes(ItemVectors items, List<Observation> history) {
        List<Encoding> encodings = Arrays.stream(items.features())
                .map(features -> new Encoding(features, null))
                .toList();
        return new LikedItems(model, encodings, items, history);
    }

    private double score(ItemVectors items, List<Observation> history, int candidate) {
        float[] vector = model.taste(items, history).vector();
        float[] features = items.features()[candidate];
        return (double) vector[0] * features[0] + (double) vector[1] * features[1];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static ItemVectors items(SplittableRandom random) {
        float[][] features = new float[ITEMS][2];
        for (float[] row : features) {
            row[0] = (float) random.nextGaussian();
            row[1] = (float) random.nextGaussian();
        }
        return new ItemVectors(features, new float[ITEMS]);
    }

    private static List<Observation> choices(SplittableRandom random) {
        List<Observation> choices = new ArrayList<>();
        for (int i = 0; i < CHOICES; i++) {
            int chosen = random.nextInt(20);
            choices.add(new Choice(chosen, (chosen + 1 + random.nextInt(19)) % 20, 1, i));
        }
        return choices;
    }
}
