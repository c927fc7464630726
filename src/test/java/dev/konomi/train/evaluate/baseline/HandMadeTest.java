package dev.konomi.train.evaluate.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.item.ImageStatistics;
import dev.konomi.item.Pixels;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.evaluate.baseline.RatedAppeal.Rating;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HandMadeTest {
    private static final int PICTURES = 80;
    private static final int KNOWN = 60;

    @Test
    void colourHistogramsKnowColoursAndNotPlaces() {
        Pixels picture = noise(new SplittableRandom(1), 200, 40);
        byte[] turned = picture.rgb().clone();
        for (int pixel = 0; pixel < turned.length / 3; pixel++) {
            System.arraycopy(picture.rgb(), turned.length - 3 - 3 * pixel, turned, 3 * pixel, 3);
        }

        assertEquals(1, dot(ColourHistogram.of(picture), ColourHistogram.of(picture)), 1e-5);
        assertEquals(1, dot(ColourHistogram.of(picture), ColourHistogram.of(new Pixels(32, 32, turned))), 1e-5);
        assertEquals(0, dot(ColourHistogram.of(plain(255)), ColourHistogram.of(plain(0))), 1e-6);
    }

    @Test
    void statisticsAreFiniteEvenOfAPlainPicture() {
        for (int value : new int[] {0, 128, 255}) {
            for (float feature : ImageStatistics.of(plain(value))) {
                assertTrue(Float.isFinite(feature));
            }
        }
    }

    @Test
    void whatEverybodyLikesAndWhatOneLikesAreBothRead() {
        SplittableRandom random = new SplittableRandom(5);
        List<Encoding> items = new ArrayList<>();
        List<Double> bright = new ArrayList<>();
        List<Boolean> red = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            int level = random.nextInt(60, 190);
            boolean isRed = random.nextBoolean();
            items.add(new Encoding(ImageStatistics.of(noise(random, level, isRed ? 60 : -60)), null));
            bright.add(level / 60.0);
            red.add(isRed);
        }
        List<Rating> ratings = new ArrayList<>();
        List<Person> people = new ArrayList<>();
        for (int person = 0; person < 40; person++) {
            List<Observation> opinions = new ArrayList<>();
            for (int item = 0; item < KNOWN; item++) {
                double value = bright.get(item) + (red.get(item) == (person % 2 == 0) ? 1 : -1);
                ratings.add(new Rating(person, item, value));
                opinions.add(new Opinion(item, value > 2, 1, 0));
            }
            people.add(new Person(person, opinions));
        }
        int width = ImageStatistics.COUNT;
        RatedAppeal rated = RatedAppeal.ofHandMade(items, width, ratings);
        Dataset training = new Dataset("hand", width, items.subList(0, KNOWN), people);
        Ranker ranker = Baselines.handMade(training, rated, 8, 1)
                .ranker(new Dataset("hand", width, items, List.of()), rated.scores());
        List<Observation> likesRed = new ArrayList<>();
        for (int item = 0; item < 16; item++) {
            likesRed.add(new Opinion(item, red.get(item), 1, 0));
        }

        assertTrue(agreement(ranker, List.of(), bright) > 0.9, "brighter is better to all");
        List<Double> taste = new ArrayList<>();
        for (int item = 0; item < PICTURES; item++) {
            taste.add(bright.get(item) + (red.get(item) ? 1 : -1));
        }
        assertTrue(
                agreement(ranker, likesRed, taste) > agreement(ranker, List.of(), taste) + 0.05,
                "who likes red is told apart");
    }

    /// Ratings of 0 to 100 say what ratings of 1 to 5 say.
    @Test
    void generalAppealIsTheSameOnEveryScale() {
        SplittableRandom random = new SplittableRandom(6);
        List<Encoding> items = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            items.add(new Encoding(new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()}, null));
        }
        List<Rating> stars = new ArrayList<>();
        List<Rating> percent = new ArrayList<>();
        for (int person = 0; person < 10; person++) {
            for (int item = 0; item < 25; item++) {
                int value = 1 + random.nextInt(5);
                stars.add(new Rating(person, item, value));
                percent.add(new Rating(person, item, 25.0 * (value - 1)));
            }
        }
        double[] small = RatedAppeal.fit(items, 2, stars).scores();
        double[] large = RatedAppeal.fit(items, 2, percent).scores();
        for (int i = 0; i < small.length; i++) {
            assertEquals(25 * small[i], large[i], 1e-6);
        }
    }

    private static double agreement(Ranker ranker, List<Observation> history, List<Double> truth) {
        int right = 0;
        int asked = 0;
        int[] candidates = new int[PICTURES - KNOWN];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = KNOWN + i;
        }
        double[] scores = ranker.score(history, candidates);
        for (int i = 0; i < candidates.length; i++) {
            for (int j = 0; j < i; j++) {
                asked++;
                right += (scores[i] > scores[j]) == (truth.get(KNOWN + i) > truth.get(KNOWN + j)) ? 1 : 0;
            }
        }
        return (double) right / asked;
    }

    private static Pixels noise(SplittableRandom random, int level, int redness) {
        byte[] rgb = new byte[3 * 32 * 32];
        for (int i = 0; i < rgb.length; i++) {
            int tint = i % 3 == 0 ? redness : 0;
            rgb[i] = (byte) Math.clamp(level + tint + random.nextInt(-20, 21), 0, 255);
        }
        return new Pixels(32, 32, rgb);
    }

    private static Pixels plain(int value) {
        byte[] rgb = new byte[3 * 16 * 16];
        java.util.Arrays.fill(rgb, (byte) value);
        return new Pixels(16, 16, rgb);
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
