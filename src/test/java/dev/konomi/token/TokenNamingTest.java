package dev.konomi.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenNamingTest {
    /// What the synthetic catalogue shows: feature i of an item is 1 where it shows the i-th, plus noise.
    private static final String[][] SHOWN = {
        {"deep blue", "深い青"},
        {"pink", "ピンク"},
        {"black and white", "白黒"},
        {"minimal", "シンプル"},
        {"richly detailed", "緻密"},
        {"still water", "静かな水面"},
        {"cat", "猫"},
        {"bridge", "橋"},
        {"neon sign", "ネオンサイン"},
        {"woodcut", "木版画"}
    };

    private static final int G = SHOWN.length + 4;
    private final TokenNaming naming = new TokenNaming();

    @Test
    void theConceptsThatPeopleLikeAndDislikeWin() {
        TokenCard card = naming.book(
                        new float[][] {vector(0, 2, 3, 1.5, 5, 1.8, 8, -2, 1, -1.4)},
                        new double[] {1},
                        new int[] {40},
                        catalogue(1500, 0, 7))
                .tokens()
                .getFirst();
        assertEquals(
                List.of("deep-blue", "still-water", "minimal"),
                card.words().stream()
                        .filter(TokenCard.Concept::liked)
                        .map(TokenCard.Concept::id)
                        .toList());
        assertEquals(
                List.of("neon-sign", "pink"),
                card.words().stream()
                        .filter(word -> !word.liked())
                        .map(TokenCard.Concept::id)
                        .toList());
        assertEquals("deep blue · still water · minimal", card.name().en());
        assertEquals("深い青 · 静かな水面 · シンプル", card.name().ja());
        assertEquals(40, card.people());
    }

    @Test
    void japanesePromptsSayTheSame() {
        float[][] tokens = {vector(0, 2, 3, 1.5, 5, 1.8)};
        TokenBook english = naming.book(tokens, new double[] {1}, new int[] {1}, catalogue(1500, 0, 7));
        TokenBook japanese = naming.book(tokens, new double[] {1}, new int[] {1}, catalogue(1500, 1, 7));
        assertEquals(
                english.tokens().getFirst().name(), japanese.tokens().getFirst().name());
    }

    @Test
    void wordsThatTheLexiconLacksStandForThemselves() {
        List<TokenNaming.Item> items = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 400; i++) {
            boolean zorgle = random.nextInt(4) == 0;
            items.add(new TokenNaming.Item(
                    digest(i),
                    List.of(zorgle ? "a Zorgle" : "a cat", "tag" + (char) ('a' + i % 26)),
                    new float[] {(zorgle ? 1 : 0) + (float) random.nextGaussian() * 0.3f}));
        }
        TokenCard card = naming.book(new float[][] {{1}}, new double[] {1}, new int[] {9}, items)
                .tokens()
                .getFirst();
        assertEquals(new TokenCard.Name("zorgle", "zorgle"), card.name());
    }

    @Test
    void withoutTextTokensAreNumbered() {
        List<TokenNaming.Item> items = catalogue(200, 0, 5).stream()
                .map(item -> new TokenNaming.Item(item.digest(), List.of(), item.features()))
                .toList();
        for (List<TokenNaming.Item> catalogue : List.of(items, List.<TokenNaming.Item>of())) {
            TokenBook book = naming.book(
                    new float[][] {vector(0, 1), vector(1, 1)}, new double[] {.5, .5}, new int[] {1, 1}, catalogue);
            assertEquals(
                    new TokenCard.Name("Taste 1", "好み1"), book.tokens().get(0).name());
            assertEquals(
                    new TokenCard.Name("Taste 2", "好み2"), book.tokens().get(1).name());
        }
    }

    @Test
    void textsThatHaveNothingToDoWithTheTasteNameNothing() {
        int named = 0;
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<TokenNaming.Item> items = catalogue(300, seed % 2, seed).stream()
                    .map(item -> new TokenNaming.Item(
                            item.digest(), item.texts(), new float[] {(float) random.nextGaussian()}))
                    .toList();
            TokenBook book = naming.book(new float[][] {{1}}, new double[] {1}, new int[] {1}, items);
            named += book.tokens().getFirst().words().isEmpty() ? 0 : 1;
        }
        assertTrue(named <= 4, named + " of 40 tokens were named from chance");
    }

    @Test
    void tokensOfOneTasteStillHaveDifferentNames() {
        float[][] vectors = new float[24][];
        SplittableRandom random = new SplittableRandom(2);
        for (int m = 0; m < vectors.length; m++) {
            vectors[m] = m < 3 ? new float[G] : vector(0, 2 + 0.01 * random.nextDouble(), 3, 1.5, 8, -2);
        }
        double[] priors = new double[24];
        Arrays.fill(priors, 1 / 24.0);
        TokenBook book = naming.book(vectors, priors, new int[24], catalogue(800, 0, 1));
        assertEquals(
                24,
                new HashSet<>(book.tokens().stream()
                                .map(token -> token.name().en())
                                .toList())
                        .size());
        assertEquals(24, new HashSet<>(book.tokens().stream().map(TokenCard::id).toList()).size());
        assertArrayEquals(vectors, book.vectors());
    }

    @Test
    void whatFewShareComesBeforeWhatAllShare() {
        float[][] vectors = {vector(3, 2, 6, 1.8), vector(3, 2, 7, 1.8), vector(3, 2, 5, 1.8)};
        TokenBook book = naming.book(vectors, new double[] {.4, .3, .3}, new int[3], catalogue(1200, 0, 4));
        assertEquals(
                List.of("cat · minimal", "bridge · minimal", "still water · minimal"),
                book.tokens().stream().map(token -> token.name().en()).toList());
    }

    @Test
    void typicalItemsScoreHighAndDiffer() {
        List<TokenNaming.Item> items = new ArrayList<>(catalogue(400, 0, 9));
        TokenNaming.Item best = items.stream()
                .filter(item -> item.features()[0] > 0.5f)
                .findFirst()
                .orElseThrow();
        for (int copy = 0; copy < 20; copy++) {
            items.add(new TokenNaming.Item(digest(10_000 + copy), best.texts(), best.features()));
        }
        List<String> typical = naming.book(new float[][] {vector(0, 2)}, new double[] {1}, new int[] {1}, items)
                .tokens()
                .getFirst()
                .typicalItems();
        assertEquals(8, typical.size());
        assertEquals(8, new HashSet<>(typical).size());
        long same = items.stream()
                .filter(item -> typical.contains(item.digest()))
                .peek(item -> assertTrue(item.features()[0] > 0.5f))
                .filter(item -> item.features() == best.features())
                .count();
        assertTrue(same <= 1, same + " of 8 are one picture");
    }

    @Test
    void theSameInputGivesTheSameBytesInAnyOrderOfTheCatalogue() {
        float[][] tokens = {vector(0, 2, 3, 1.5), vector(1, 2, 8, 1)};
        List<TokenNaming.Item> items = new ArrayList<>(catalogue(500, 0, 6));
        byte[] first =
                naming.book(tokens, new double[] {.5, .5}, new int[2], items).bytes();
        assertArrayEquals(
                first,
                new TokenNaming()
                        .book(tokens, new double[] {.5, .5}, new int[2], items)
                        .bytes());
        Collections.reverse(items);
        assertArrayEquals(
                first,
                naming.book(tokens, new double[] {.5, .5}, new int[2], items).bytes());
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        List<TokenNaming.Item> items = catalogue(10, 0, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> naming.book(new float[][] {{1}}, new double[] {1}, new int[] {1}, items));
        assertThrows(
                IllegalArgumentException.class,
                () -> naming.book(new float[][] {vector()}, new double[] {.5, .5}, new int[] {1}, items));
    }

    /// Items that show three things each; their prompts name two of these, in one of several wordings.
    private static List<TokenNaming.Item> catalogue(int count, int language, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TokenNaming.Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] features = new float[G];
            for (int k = 0; k < G; k++) {
                features[k] = (float) random.nextGaussian() * 0.2f;
            }
            List<Integer> shown = new ArrayList<>();
            for (int k = 0; k < SHOWN.length; k++) {
                shown.add(k);
            }
            for (int k = 0; k < 3; k++) {
                Collections.swap(shown, k, k + random.nextInt(shown.size() - k));
                features[shown.get(k)] += 1;
            }
            String first = SHOWN[shown.get(0)][language];
            String second = SHOWN[shown.get(1)][language];
            items.add(new TokenNaming.Item(
                    digest(i),
                    random.nextInt(10) == 0
                            ? List.of()
                            : List.of(language == 0 ? first + ", " + second : first + "、" + second),
                    features));
        }
        assertFalse(items.isEmpty());
        return items;
    }

    private static float[] vector(double... weights) {
        float[] vector = new float[G];
        for (int i = 0; i < weights.length; i += 2) {
            vector[(int) weights[i]] = (float) weights[i + 1];
        }
        return vector;
    }

    private static String digest(int number) {
        return "%064x".formatted(number);
    }
}
