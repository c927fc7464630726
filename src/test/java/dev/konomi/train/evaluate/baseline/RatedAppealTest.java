package dev.konomi.train.evaluate.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.item.Encoding;
import dev.konomi.train.evaluate.baseline.RatedAppeal.Rating;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatedAppealTest {
    private static final int ITEMS = 60;
    private final List<Encoding> items = new ArrayList<>();
    private final List<Rating> ratings = new ArrayList<>();

    /// Ratings follow the first number of an encoding; the last twenty items are rated by nobody.
    private void rate(int people) {
        SplittableRandom random = new SplittableRandom(1);
        for (int item = 0; item < ITEMS; item++) {
            float[] image = new float[4];
            for (int i = 0; i < image.length; i++) {
                image[i] = (float) random.nextGaussian();
            }
            items.add(new Encoding(image, null));
            for (int person = 0; person < people && item < 40; person++) {
                ratings.add(new Rating(person, item, 3 + image[0] + 0.5 * random.nextGaussian() + person % 3));
            }
        }
    }

    @Test
    void contentSpeaksForItemsThatNobodyRated() {
        rate(12);
        double[] scores = RatedAppeal.fit(items, 4, ratings).scores();

        int right = 0;
        int pairs = 0;
        for (int one = 40; one < ITEMS; one++) {
            for (int other = 40; other < one; other++) {
                pairs++;
                right += (scores[one] > scores[other]) == (first(one) > first(other)) ? 1 : 0;
            }
        }
        assertTrue(right > 0.85 * pairs, right + " of " + pairs);
    }

    @Test
    void onesOwnRatingDoesNotCountForOneself() {
        rate(2);
        RatedAppeal before = RatedAppeal.fit(items, 4, ratings);
        List<Rating> changed = new ArrayList<>(ratings);
        int place = changed.indexOf(ratings.stream()
                .filter(rating -> rating.person() == 1 && rating.item() == 5)
                .findFirst()
                .orElseThrow());
        changed.set(place, new Rating(1, 5, 99));
        RatedAppeal after = RatedAppeal.fit(items, 4, changed);

        double own = Math.abs(after.of(5, 1) - before.of(5, 1));
        double others = Math.abs(after.of(5, 0) - before.of(5, 0));
        assertTrue(own < others / 2, own + " against " + others);
        assertEquals(after.scores()[5], after.of(5, 77), 1e-12);
    }

    @Test
    void whoRatesEverythingHighSaysNothingAboutAnItem() {
        rate(4);
        List<Rating> more = new ArrayList<>(ratings);
        for (int item = 0; item < 40; item++) {
            more.add(new Rating(100, item, 50));
        }
        double[] without = RatedAppeal.fit(items, 4, ratings).scores();
        double[] with = RatedAppeal.fit(items, 4, more).scores();
        int agree = 0;
        for (int item = 1; item < 40; item++) {
            agree += (without[item] > without[0]) == (with[item] > with[0]) ? 1 : 0;
        }
        assertTrue(agree >= 37, "the order stays: " + agree + " of 39");
    }

    private float first(int item) {
        float[] image = items.get(item).image();
        return image == null ? 0 : image[0];
    }
}
