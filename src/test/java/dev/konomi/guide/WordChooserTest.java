package dev.konomi.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.Taste;
import dev.konomi.taste.TasteModel;
import dev.konomi.token.Lexicon;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Words for people whose taste is known, read by the encoder that ships.
class WordChooserTest {
    private static final List<String> VOCABULARY =
            List.of("watercolour", "low-poly", "pixel-art", "pink", "mint", "bridge", "train", "low-horizon");

    private static OnnxItemEncoder encoder;
    private static TasteModel model;
    private static WordChooser chooser;

    @BeforeAll
    static void open() {
        encoder = OnnxItemEncoder.atelier(1);
        model = new ReadsTheTokens();
        chooser = new WordChooser(model, encoder, book(), 1);
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void aPersonsWordsAreAddedInThePromptsLanguage() {
        Taste taste = likes("watercolour", "pink");
        Guidance english = chooser.choose(taste, nobody(), "a bridge");
        assertEquals(Set.of("watercolour", "pink"), ids(english.positive()));
        assertTrue(
                english.prompt().startsWith("a bridge, ")
                        && english.prompt().contains("watercolour")
                        && english.prompt().contains("pink"),
                english.prompt());
        Guidance japanese = chooser.choose(taste, nobody(), "橋");
        assertEquals(Set.of("watercolour", "pink"), ids(japanese.positive()));
        assertTrue(
                japanese.prompt().startsWith("橋、")
                        && japanese.prompt().contains("水彩")
                        && japanese.prompt().contains("ピンク"),
                japanese.prompt());
    }

    @Test
    void whatThePromptNamesStands() {
        Guidance guidance = chooser.choose(likes("watercolour", "pink"), nobody(), "a bridge, pixel art");
        assertEquals(Set.of("pink"), ids(guidance.positive()));
        assertEquals("a bridge, pixel art, pink", guidance.prompt());
    }

    @Test
    void ofEachKindOneWordIsAdded() {
        Guidance guidance = chooser.choose(likes("watercolour", "low-poly", "pixel-art"), nobody(), "a bridge");
        assertEquals(1, guidance.positive().size(), guidance.prompt());
    }

    @Test
    void whatThePersonDislikesIsKeptOut() {
        Guidance guidance = chooser.choose(minus(likes("low-poly")), nobody(), "a bridge");
        assertEquals("low-poly", guidance.avoided().getFirst().entry().id());
        assertTrue(guidance.avoided().getFirst().weight() < 0);
        assertTrue(guidance.negative().contains("low poly"), guidance.negative());
    }

    @Test
    void somebodyWhoLikesNothingInParticularGetsTheirPromptBack() {
        Guidance guidance = chooser.choose(nobody(), nobody(), "a bridge");
        assertEquals("a bridge", guidance.prompt());
        assertEquals("", guidance.negative());
    }

    @Test
    void thePartsOfAWordsGainAddUp() {
        Taste taste =
                new Taste(likes("watercolour", "pink").vector(), likes("pink").vector(), new float[] {0.75f, 0.25f});
        Taste nobody = new Taste(new float[encoder.width()], new float[encoder.width()], new float[] {0.5f, 0.5f});
        for (Guidance.Word word : new WordChooser(model, encoder, book(), 2)
                .choose(taste, nobody, "a bridge")
                .positive()) {
            double gain = word.general() + word.personal();
            assertEquals(2 / (1 + Math.exp(-gain / 2)) - 1, word.weight(), 1e-9);
            assertEquals(2, word.tokens().length);
        }
    }

    private static Set<String> ids(List<Guidance.Word> words) {
        return words.stream().map(word -> word.entry().id()).collect(Collectors.toSet());
    }

    private static Taste nobody() {
        return new Taste(new float[encoder.width()], new float[encoder.width()], new float[2]);
    }

    /// @return of somebody who likes what the words say above the vocabulary's mean
    private static Taste likes(String... words) {
        float[] vector = new float[encoder.width()];
        List<float[]> read = VOCABULARY.stream().map(WordChooserTest::read).toList();
        for (String word : words) {
            float[] one = read(word);
            for (int k = 0; k < vector.length; k++) {
                int at = k;
                vector[k] += (float) (3
                        * (one[k]
                                - read.stream()
                                        .mapToDouble(each -> each[at])
                                        .average()
                                        .orElseThrow()));
            }
        }
        return new Taste(vector, vector, new float[2]);
    }

    private static Taste minus(Taste taste) {
        float[] vector = taste.vector().clone();
        for (int k = 0; k < vector.length; k++) {
            vector[k] = -vector[k];
        }
        return new Taste(vector, vector, new float[2]);
    }

    private static float[] read(String id) {
        return Objects.requireNonNull(encoder.encode(
                        List.of(new dev.konomi.item.ItemContent(null, entry(id).en(), List.of())))
                .getFirst()
                .text());
    }

    private static Lexicon.Entry entry(String id) {
        return Lexicon.shipped().entries().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static TokenBook book() {
        List<TokenCard.Concept> words = VOCABULARY.stream()
                .map(WordChooserTest::entry)
                .map(entry -> new TokenCard.Concept(entry.id(), entry.en(), entry.ja(), 1))
                .toList();
        List<TokenCard> cards = new ArrayList<>();
        for (int m = 0; m < 2; m++) {
            cards.add(new TokenCard(
                    "tok_000" + m,
                    0.5,
                    new float[] {m},
                    new TokenCard.Name("group " + m, "グループ" + m),
                    words.subList(4 * m, 4 * m + 4),
                    List.of(),
                    0));
        }
        return new TokenBook(cards);
    }

    /// The features are the image token itself.
    private record ReadsTheTokens() implements TasteModel {
        @Override
        public ItemVectors items(List<Encoding> encodings) {
            return new ItemVectors(
                    encodings.stream().map(Encoding::image).toArray(float[][]::new), new float[encodings.size()]);
        }

        @Override
        public Taste taste(ItemVectors items, List<Observation> history) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Taste> tastes(ItemVectors items, List<Observation> history, float[][] kept) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] scores(Taste taste, ItemVectors candidates, float[] offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[][] tokens() {
            float[][] tokens = new float[2][encoder.width()];
            Arrays.fill(tokens[0], 0.1f);
            return tokens;
        }

        @Override
        public Encoding mean() {
            return new Encoding(new float[encoder.width()], new float[encoder.width()]);
        }

        @Override
        public void close() {}
    }
}
