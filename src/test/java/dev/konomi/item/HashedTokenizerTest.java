package dev.konomi.item;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashedTokenizerTest {
    private static final HashedTokenizer TOKENIZER = new HashedTokenizer(8192, 16);

    @Test
    void englishGivesWordsPairsAndWindows() {
        assertEquals(
                List.of(
                        "w:deep",
                        "w:blue",
                        "w:cat",
                        "p:deep blue",
                        "g:<dee",
                        "g:deep",
                        "g:eep>",
                        "g:<blu",
                        "g:blue",
                        "g:lue>",
                        "g:<cat",
                        "g:cat>"),
                HashedTokenizer.pieces("Deep blue, CAT"));
    }

    @Test
    void japaneseGivesCharactersPairsAndTriples() {
        assertEquals(List.of("c:海", "c:の", "c:青", "c:猫", "c:海の", "c:の青", "c:海の青"), HashedTokenizer.pieces("海の青、猫"));
    }

    @Test
    void theLongVowelMarkStaysInItsWord() {
        assertTrue(HashedTokenizer.pieces("ティーポット").contains("c:ィーポ"));
    }

    @Test
    void wideAndCombinedFormsAreTheSame() {
        assertEquals(HashedTokenizer.pieces("ｃａｔ ｶﾌｪ"), HashedTokenizer.pieces("CAT カフェ"));
        assertEquals(HashedTokenizer.pieces("cafe\u0301"), HashedTokenizer.pieces("caf\u00e9"));
    }

    @Test
    void idsAreFixedForever() {
        // Shipped encoders were trained on these numbers.
        assertArrayEquals(
                GOLDEN,
                new HashedTokenizer(8192, 8).ids("cat 猫"),
                Arrays.toString(new HashedTokenizer(8192, 8).ids("cat 猫")));
    }

    private static final long[] GOLDEN = {4613, 3384, 3705, 2855, 0, 0, 0, 0};

    @Test
    void anyTextGivesIdsInRange() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 300; round++) {
            int[] points = random.ints(random.nextInt(60), 1, 0x2FFFF)
                    .filter(Character::isDefined)
                    .toArray();
            long[] ids = TOKENIZER.ids(new String(points, 0, points.length));
            assertEquals(16, ids.length);
            assertTrue(Arrays.stream(ids).allMatch(id -> id >= 0 && id < 8192));
        }
    }

    @Test
    void longTextsKeepTheirWords() {
        String text =
                "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
        assertTrue(Arrays.stream(TOKENIZER.ids(text)).allMatch(id -> id > 0));
        assertNotEquals(TOKENIZER.ids(text)[15], TOKENIZER.ids(text)[14]);
    }

    @Test
    void noWordsGiveNoIds() {
        assertArrayEquals(new long[16], TOKENIZER.ids(" … 、!"));
    }
}
