package dev.konomi.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.gallery.Language;
import dev.konomi.gallery.Population;
import dev.konomi.gallery.Term;
import dev.konomi.gallery.World;
import dev.konomi.token.Lexicon;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenCard;
import dev.konomi.train.evaluate.group.TokenGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final World WORLD = World.of(5021, Population.BROAD);
    /// The first token stands for segment 2, the second is nobody's.
    private static final TokenGroups SECOND =
            TokenGroups.byPeople(new float[][] {{1, 0}, {1, 0}}, new int[] {2, 2}, 12);

    @Test
    void aTokenThatIsNamedByItsSegmentsFavouritesNamesThemAll() {
        Names names = Names.of(WORLD, SECOND, book(concepts(WORLD.favourites(2, Names.TOP)), List.of()));

        assertEquals(1, names.tokens().size());
        assertEquals(1, names.english().mean());
        assertEquals(1, names.japanese().mean());
    }

    @Test
    void whatPeopleDislikeAndTheSixthWordNameNothing() {
        List<TokenCard.Concept> favourites = concepts(WORLD.favourites(2, Names.TOP));
        List<TokenCard.Concept> disliked = favourites.stream()
                .map(word -> new TokenCard.Concept(word.id(), word.en(), word.ja(), -1))
                .toList();
        assertEquals(
                0, Names.of(WORLD, SECOND, book(disliked, List.of())).english().mean());

        List<TokenCard.Concept> late = new ArrayList<>(IntStream.range(0, Names.WORDS)
                .mapToObj(i -> new TokenCard.Concept("word-" + i, "word " + i, "語" + i, 1))
                .toList());
        late.addAll(favourites);
        assertEquals(
                0, Names.of(WORLD, SECOND, book(late, List.of())).japanese().mean());
    }

    @Test
    void favouritesAreWhatASegmentLikesBeyondEverybody() {
        int other = 0;
        for (int segment = 0; segment < 12; segment++) {
            List<Term> favourites = WORLD.favourites(segment, 3);
            assertEquals(3, favourites.stream().distinct().count());
            other += favourites.equals(WORLD.favourites(3)) ? 0 : 1;
        }
        assertTrue(other >= 10, other + " segments differ from everybody");
    }

    private static List<TokenCard.Concept> concepts(List<Term> terms) {
        return terms.stream()
                .map(term -> {
                    List<Lexicon.Entry> read = List.copyOf(
                            Lexicon.shipped().read(term.word(Language.ENGLISH)).concepts());
                    String id = read.isEmpty() ? "none" : read.getFirst().id();
                    return new TokenCard.Concept(id, term.word(Language.ENGLISH), term.word(Language.JAPANESE), 1);
                })
                .toList();
    }

    static TokenBook book(List<TokenCard.Concept> first, List<TokenCard.Concept> second) {
        return new TokenBook(List.of(card("tok_aaaa", first), card("tok_bbbb", second)));
    }

    private static TokenCard card(String id, List<TokenCard.Concept> words) {
        return new TokenCard(
                id, 0.5, new float[] {1}, new TokenCard.Name("named " + id, "名前 " + id), words, List.of(), 1);
    }
}
