package dev.konomi.cli.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RatingScaleTest {
    @Test
    void usualScalesAreRecognisedThoughTheirEndsAreUnused() {
        assertScale(1, 5, 2, 3, 5);
        assertScale(0, 5, 0, 4, 5);
        assertScale(1, 10, 2, 9);
        assertScale(0, 10, 0, 3.5, 9);
        assertScale(0, 100, 0, 97);
        assertScale(1, 100, 12, 88);
        assertScale(-1, 1, -1, 1);
        assertScale(0, 1, 0, 1);
    }

    @Test
    void anUnusualScaleIsWhatWasSeen() {
        assertScale(-3, 3, -3, 0, 3);
        assertScale(55, 65, 55, 65);
    }

    @Test
    void thresholdsFollowTheScale() {
        assertEquals(">=4 <=2", thresholds(1, 5));
        assertEquals(">=75 <=25", thresholds(0, 100));
        assertEquals(">=0.5 <=-0.5", thresholds(-1, 1));
        assertEquals(0.4, new RatingScale(1, 5).close(), 1e-12);
        assertEquals(10, new RatingScale(0, 100).close(), 1e-12);
    }

    @Test
    void ratingsThatAreAllTheSameAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RatingScale.of(new double[] {3, 3}));
    }

    private static String thresholds(double low, double high) {
        RatingScale scale = new RatingScale(low, high);
        return scale.like() + " " + scale.dislike();
    }

    private static void assertScale(double low, double high, double... ratings) {
        assertEquals(new RatingScale(low, high), RatingScale.of(ratings));
    }
}
