package dev.konomi.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Language;
import dev.konomi.gallery.Term;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexiconTest {
    private static final Lexicon LEXICON = Lexicon.shipped();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Deep-Blue sea, minimal; deep-blue minimal sea",
                "a cat on two bicycles; cat bicycle",
                "catalogue of scatter plots; ",
                "woodcut of a lone tree; woodcut tree",
                "木版画の木; woodcut tree",
                "木材; ",
                "真夜中の藍、シンプル、猫; midnight-blue minimal cat",
                "ＰＩＸＥＬ ＡＲＴ ﾈｺ; pixel-art cat",
                "バスケットボール; ",
                "low_poly <lora:castle:0.8> fox; low-poly fox",
                "(watercolor:1.3), cherry blossom; watercolour cherry-blossoms",
                "still water under a starry sky; still-water stars"
            })
    void conceptsAreFoundInEitherLanguage(String text, String expected) {
        Set<String> wanted = expected == null ? Set.of() : Set.of(expected.split(" "));
        assertEquals(wanted, ids(text));
    }

    @Test
    void otherWordsAreKept() {
        assertEquals(Set.of("wombats", "オカピ", "蹴球"), wordsOf("a picture of the Wombats’ cat, オカピの蹴球"));
    }

    @Test
    void everyWordOfTheGalleryIsAConcept() {
        List<String> lacking = Arrays.stream(Attribute.values())
                .flatMap(attribute -> attribute.terms().stream())
                .flatMap(LexiconTest::words)
                .filter(word -> LEXICON.read(word).concepts().isEmpty())
                .toList();
        assertEquals(List.of(), lacking);
    }

    @Test
    void everyConceptReadsItsOwnName() {
        for (Lexicon.Entry entry : LEXICON.entries()) {
            assertEquals(Set.of(entry), LEXICON.read(entry.en()).concepts(), entry.en());
            assertEquals(Set.of(entry), LEXICON.read(entry.ja()).concepts(), entry.ja());
            assertFalse(entry.en().contains("·") || entry.ja().contains("·"));
        }
        assertTrue(LEXICON.entries().size() > 200);
    }

    @Test
    void aMalformedRowIsRefused() {
        assertMessage("six", "cat\tsubject\tcat\t猫");
        assertMessage("belongs to cat and to dog", "cat\tsubject\tcat\t猫\t\t", "dog\tsubject\tdog\t犬\tCat\t");
        assertMessage("stands twice", "cat\tsubject\tcat\t猫\t\t", "cat\tsubject\tdog\t犬\t\t");
    }

    private static void assertMessage(String part, String... lines) {
        String message =
                Objects.requireNonNull(assertThrows(IllegalArgumentException.class, () -> Lexicon.of(List.of(lines)))
                        .getMessage());
        assertTrue(message.contains(part), message);
    }

    private static java.util.stream.Stream<String> words(Term term) {
        return Arrays.stream(Language.values()).flatMap(language -> term.words(language).stream());
    }

    private static Set<String> ids(String text) {
        return LEXICON.read(text).concepts().stream().map(Lexicon.Entry::id).collect(Collectors.toSet());
    }

    private static Set<String> wordsOf(String text) {
        return LEXICON.read(text).unknown();
    }
}
