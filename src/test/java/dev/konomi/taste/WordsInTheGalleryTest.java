package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Language;
import dev.konomi.gallery.Painter;
import dev.konomi.gallery.Scene;
import dev.konomi.gallery.Term;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.token.Lexicon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Words for what painted pictures share, read off pixels by the encoder that ships.
class WordsInTheGalleryTest {
    private static final int PICTURES = 50;
    private static final List<Term> TERMS = Arrays.stream(Attribute.values())
            .<Term>flatMap(attribute -> attribute.terms().stream())
            .toList();

    private static OnnxItemEncoder encoder;
    private static Concepts concepts;
    private static List<Scene> scenes;
    private static List<Encoding> pictures;

    @BeforeAll
    static void paint() {
        encoder = OnnxItemEncoder.atelier(1);
        concepts = Concepts.of(encoder);
        SplittableRandom random = new SplittableRandom(5010);
        scenes = IntStream.range(0, PICTURES)
                .mapToObj(i -> Scene.of(random.nextInt(Scene.COUNT)))
                .toList();
        List<ItemContent> contents = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            contents.add(new ItemContent(Painter.jpeg(Painter.paint(scenes.get(i), i)), null, List.of()));
        }
        pictures = encoder.encode(contents);
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void wordsNameWhatBothShowAndThePersonLikes() {
        // Without detail, which the encoder reads worst and for which words are vague.
        int asked = 0;
        int named = 0;
        int words = 0;
        int right = 0;
        List<String> wrong = new ArrayList<>();
        for (int z = 0; z < PICTURES; z++) {
            for (int l = 0; l < z; l++) {
                List<Term> shared = shared(scenes.get(z), scenes.get(l));
                if (shared.isEmpty()) {
                    continue;
                }
                Term liked = shared.get((z + l) % shared.size());
                List<Explanation.Word> said = words(z, l, liked, 1);
                asked++;
                named += said.isEmpty() ? 0 : 1;
                for (Explanation.Word word : said) {
                    words++;
                    if (means(word, liked)) {
                        right++;
                    } else {
                        wrong.add(liked + "→" + word.concept().id());
                    }
                }
            }
        }
        String figures =
                "%d pairs, %d with words, %d words, %d right; wrong: %s".formatted(asked, named, words, right, wrong);
        assertTrue(named >= 0.8 * asked, figures);
        assertTrue(right >= 0.95 * words, figures);
    }

    @Test
    void whatTheyDoNotShareGetsNoWord() {
        int said = 0;
        int asked = 0;
        for (int z = 0; z < PICTURES; z++) {
            for (int l = 0; l < z; l++) {
                if (shared(scenes.get(z), scenes.get(l)).isEmpty()) {
                    Term liked = scenes.get(z).term(Attribute.THEME);
                    asked++;
                    said += words(z, l, liked, 1).stream().anyMatch(word -> means(word, liked)) ? 1 : 0;
                }
            }
        }
        assertTrue(said <= 0.05 * asked, said + " of " + asked);
    }

    @Test
    void nothingThatIsWorthNothingGetsAWord() {
        assertEquals(List.of(), words(1, 1, scenes.get(1).term(Attribute.PALETTE), 0));
    }

    private static List<Explanation.Word> words(int z, int l, Term liked, double sign) {
        float[] weights = new float[encoder.width()];
        weights[liked.attribute().offset() + liked.ordinal()] = 2;
        TasteModel model = new LinearTasteModel(encoder.width(), mean());
        Taste taste = new Taste(weights, weights, new float[0]);
        double worth = new CommonGround(model)
                .order(taste, pictures.get(z), List.of(pictures.get(l)), new double[] {1})
                .getFirst()
                .worth();
        return new CommonWords(model, concepts)
                .of(taste, pictures.get(z), List.of(pictures.get(l)), new double[] {sign * worth})
                .getFirst();
    }

    private static Encoding mean() {
        float[] mean = new float[encoder.width()];
        for (Encoding picture : pictures) {
            float[] image = java.util.Objects.requireNonNull(picture.image());
            for (int k = 0; k < mean.length; k++) {
                mean[k] += image[k] / PICTURES;
            }
        }
        return new Encoding(mean, mean);
    }

    private static List<Term> shared(Scene a, Scene b) {
        return Arrays.stream(Attribute.values())
                .filter(attribute -> attribute != Attribute.DETAIL && a.term(attribute) == b.term(attribute))
                .map(a::term)
                .toList();
    }

    /// By words alone: what the lexicon reads in the words that people use for the term.
    private static boolean means(Explanation.Word word, Term term) {
        Set<String> meanings = Arrays.stream(Language.values())
                .flatMap(language -> term.words(language).stream())
                .flatMap(text -> LEXICON.read(text).concepts().stream())
                .map(Lexicon.Entry::id)
                .collect(Collectors.toSet());
        return meanings.contains(word.concept().id());
    }

    private static final Lexicon LEXICON = Lexicon.shipped();

    /// The features are the image token itself.
    private record LinearTasteModel(int width, Encoding mean) implements TasteModel {
        @Override
        public ItemVectors items(List<Encoding> encodings) {
            return new ItemVectors(
                    encodings.stream().map(Encoding::image).toArray(float[][]::new), new float[encodings.size()]);
        }

        @Override
        public Taste taste(ItemVectors items, List<dev.konomi.history.Observation> history) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Taste> tastes(ItemVectors items, List<dev.konomi.history.Observation> history, float[][] kept) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] scores(Taste taste, ItemVectors candidates, float[] offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[][] tokens() {
            return new float[0][];
        }

        @Override
        public void close() {}
    }
}
