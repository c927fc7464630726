package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.konomi.cli.study.TokenEdits.Edit;
import dev.konomi.gallery.Interest;
import dev.konomi.train.lineage.TokenMatching;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenEditsTest {
    private static final Interest[] SEGMENTS = {single(0), single(1), single(2)};

    @Test
    void anEditIsRightWhereItsTokensSuccessorStandsForTheSameSegment() {
        List<Interest> interests = new ArrayList<>();
        float[][] before = new float[30][];
        float[][] after = new float[30][];
        for (int i = 0; i < 30; i++) {
            interests.add(SEGMENTS[i % 3]);
            before[i] = one(4, i % 3);
            // The same groups in another order.
            after[i] = one(4, 3 - i % 3);
        }

        assertEquals(
                List.of(new Edit(10, true, true), new Edit(10, true, true), new Edit(10, true, true)),
                TokenEdits.of(before, after, interests, 3, TokenMatching.of(before, after))
                        .edits(),
                "the fourth token is nobody's and has no edit");
    }

    @Test
    void anEditIsWrongWhereItEndsWithPeopleOfAnotherSegment() {
        List<Interest> interests = List.of(single(0), single(0), single(1), single(1));
        float[][] before = {one(2, 0), one(2, 0), one(2, 1), one(2, 1)};
        float[][] after = {one(2, 1), one(2, 1), one(2, 0), one(2, 0)};
        // Who was drawn for the matching did the opposite of everybody else.
        TokenMatching misled = TokenMatching.of(before, before);

        assertEquals(
                List.of(new Edit(2, true, false), new Edit(2, true, false)),
                TokenEdits.of(before, after, interests, 2, misled).edits());
    }

    @Test
    void whatNothingGoesOnWithIsToldAndNotRight() {
        List<Interest> interests = List.of(single(0), single(0), single(1), single(1));
        float[][] before = {one(2, 0), one(2, 0), one(2, 1), one(2, 1)};
        float[][] after = {one(2, 0), one(2, 1), one(2, 0), one(2, 1)};

        assertEquals(
                List.of(new Edit(2, false, false), new Edit(2, false, false)),
                TokenEdits.of(before, after, interests, 2, TokenMatching.of(before, after))
                        .edits());
    }

    @Test
    void somebodyWithTwoInterestsCountsForBoth() {
        // By first interests alone the first token would go from segment 0 to segment 1; all its people share segment
        // 2.
        List<Interest> interests = new ArrayList<>(List.of(
                new Interest(0, 2),
                new Interest(0, 2),
                new Interest(1, 2),
                new Interest(0, 2),
                new Interest(1, 2),
                new Interest(1, 2)));
        float[][] before = new float[13][];
        float[][] after = new float[13][];
        for (int i = 0; i < 13; i++) {
            before[i] = one(2, i < 5 ? 0 : 1);
            after[i] = one(2, i >= 1 && i < 6 ? 0 : 1);
            if (i >= 6) {
                interests.add(single(3));
            }
        }

        assertEquals(
                List.of(new Edit(5, true, true), new Edit(8, true, true)),
                TokenEdits.of(before, after, interests, 4, TokenMatching.of(before, after))
                        .edits());
    }

    private static Interest single(int segment) {
        return new Interest(segment, Interest.NONE);
    }

    private static float[] one(int tokens, int most) {
        float[] activations = new float[tokens];
        activations[most] = 1;
        return activations;
    }
}
