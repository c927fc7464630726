package dev.konomi.cli.measure;

import dev.konomi.gallery.Language;
import dev.konomi.gallery.Term;
import dev.konomi.gallery.World;
import dev.konomi.report.Estimate;
import dev.konomi.token.Lexicon;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenCard;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.group.TokenGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Whether a token's words say what its people really like. Tokens that are nobody's most probable one are left out.
///
/// @param english share of the segment's [#TOP] favourite values that the token's first [#WORDS] words name in English
/// @param japanese the same in Japanese
/// @param popularity the same of the [#WORDS] values that people like best on average, named to every token
/// @param tokens each of them
public record Names(Estimate english, Estimate japanese, Estimate popularity, List<Named> tokens) {
    /// Favourites that are asked for.
    public static final int TOP = 3;

    /// Words that may name them.
    public static final int WORDS = 5;

    /// A token beside the segment that most of its people are from.
    ///
    /// @param words its first words, in English
    /// @param favourites what the segment likes best beyond what everybody likes
    /// @param english share of them that the words name in English
    /// @param japanese the same in Japanese
    /// @param popularity share of them that everybody's favourites name
    public record Named(
            List<String> words, List<String> favourites, double english, double japanese, double popularity) {}

    /// @param groups which segment each token stands for
    /// @param book the release's tokens
    static Names of(World world, TokenGroups groups, TokenBook book) {
        Lexicon lexicon = Lexicon.shipped();
        List<Term> everybodys = world.favourites(WORDS);
        List<Named> tokens = new ArrayList<>();
        for (int token = 0; token < book.tokens().size(); token++) {
            OptionalInt segment = groups.of(token);
            if (segment.isPresent()) {
                List<Term> favourites = world.favourites(segment.getAsInt(), TOP);
                List<TokenCard.Concept> words =
                        book.tokens().get(token).words().stream().limit(WORDS).toList();
                tokens.add(new Named(
                        words.stream().map(TokenCard.Concept::en).toList(),
                        favourites.stream()
                                .map(term -> term.word(Language.ENGLISH))
                                .toList(),
                        share(favourites, term -> named(term, words, Language.ENGLISH, lexicon)),
                        share(favourites, term -> named(term, words, Language.JAPANESE, lexicon)),
                        share(favourites, term -> everybodys.contains(term) ? 1 : 0)));
            }
        }
        return new Names(
                mean(tokens, Named::english), mean(tokens, Named::japanese), mean(tokens, Named::popularity), tokens);
    }

    private static double named(Term term, List<TokenCard.Concept> words, Language language, Lexicon lexicon) {
        Set<String> ids = term.words(language).stream()
                .flatMap(word -> lexicon.read(word).concepts().stream())
                .map(Lexicon.Entry::id)
                .collect(Collectors.toSet());
        return words.stream()
                        .anyMatch(word -> word.weight() > 0
                                && (ids.contains(word.id())
                                        || term.words(language)
                                                .contains(language == Language.ENGLISH ? word.en() : word.ja())))
                ? 1
                : 0;
    }

    private static double share(List<Term> favourites, ToDoubleFunction<Term> found) {
        return favourites.stream().mapToDouble(found).average().orElse(0);
    }

    private static Estimate mean(List<Named> tokens, ToDoubleFunction<Named> which) {
        return Bootstrap.DEFAULT.mean(tokens.stream().mapToDouble(which).toArray());
    }
}
