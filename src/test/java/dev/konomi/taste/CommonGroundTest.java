package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.konomi.item.Encoding;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonGroundTest {
    private static final Taste LIKES_BOTH = new Taste(new float[] {1, 0.5f}, new float[2], new float[2]);
    private final CommonGround ground = new CommonGround(new PlainTasteModel(1));

    @Test
    void inCommonIsWhatStandsAboveTheMeanInBoth() {
        Encoding left = CommonGround.without(
                new Encoding(new float[] {3, 3, 3, 0}, null),
                new Encoding(new float[] {2, 9, 0, 9}, null),
                new Encoding(new float[] {1, 1, 1, 1}, null));
        // By the smaller excess; never by what only one of them has.
        assertArrayEquals(new float[] {2, 1, 3, 0}, left.image());
        assertNull(left.text());
    }

    @Test
    void aTextHasNothingInCommonWithAnImage() {
        Encoding picture = new Encoding(new float[] {5}, null);
        Encoding left = CommonGround.without(
                picture, new Encoding(null, new float[] {5}), new Encoding(new float[] {0}, new float[] {0}));
        assertSame(picture.image(), left.image());
        assertNull(left.text());
    }

    @Test
    void worthIsTheScoreMinusTheScoreWithoutIt() {
        var places = ground.order(LIKES_BOTH, image(2, 2), List.of(image(1, 0)), new double[] {1});
        // Taste 1 and appeal 0.1 on the first component, of which both have 1.
        assertEquals(1.1, places.getFirst().worth(), 1e-6);
    }

    @Test
    void likesThatRaiseTheScoreStandFirstByWorthAndTheOthersByWhatTheyDo() {
        var places = ground.order(
                LIKES_BOTH,
                image(2, 2),
                List.of(image(9, 9), image(0, 2), image(2, 0), image(1, 0), image(9, 9)),
                new double[] {-2, 0.1, 0.2, 5, -1});
        assertEquals(
                List.of(2, 3, 1, 4, 0),
                places.stream().map(CommonGround.Place::like).toList());
        assertEquals(0, places.getLast().worth());
    }

    @Test
    void withoutTheCandidatesEncodingLikesStandByWhatTheyDo() {
        var places = ground.order(LIKES_BOTH, null, List.of(image(2, 2), image(0, 0)), new double[] {1, 2});
        assertEquals(
                List.of(1, 0), places.stream().map(CommonGround.Place::like).toList());
        assertThrows(IllegalArgumentException.class, () -> ground.order(LIKES_BOTH, null, List.of(), new double[] {1}));
    }

    private static Encoding image(float... values) {
        return new Encoding(values, null);
    }
}
