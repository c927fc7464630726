package dev.konomi.taste;

import dev.konomi.door.Caller;
import dev.konomi.door.Outcome;
import dev.konomi.item.Items;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenCard;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Answers `tokens`. Computes and waits on the calling thread.
@ApplicationScoped
class PersonTokens {
    private final Readings readings;
    private final Items items;
    private final int fewestPeople;

    PersonTokens(Readings readings, Items items, TasteSettings settings) {
        this.readings = readings;
        this.items = items;
        this.fewestPeople = settings.fewestPeople();
    }

    /// @param caller whose person
    /// @param request who
    /// @return the person's tokens
    Outcome<TokensAnswer> answer(Caller caller, TokensRequest request) {
        return readings.read(
                caller,
                request.user(),
                reading -> answer(caller.tenant(), reading),
                () -> new TokensAnswer(null, 0, true, List.of(), null));
    }

    private TokensAnswer answer(String tenant, Readings.Reading reading) {
        TokenBook book = reading.tokens();
        Set<String> typical = new HashSet<>();
        if (book != null) {
            book.tokens().forEach(card -> typical.addAll(card.typicalItems()));
        }
        Map<String, String> keys = items.keys(tenant, typical).await().indefinitely();
        return answer(reading.release(), reading.known(), book, keys, fewestPeople);
    }

    /// @param release digest of the release
    /// @param known what the release makes of the person
    /// @param book the release's tokens, or null where they have no names
    /// @param keys keys by content digest
    /// @param fewestPeople the size of a smaller group is not told
    /// @return the answer
    static TokensAnswer answer(
            String release, Known known, @Nullable TokenBook book, Map<String, String> keys, int fewestPeople) {
        float[] activations = known.taste().activations();
        List<TokensAnswer.Token> tokens = IntStream.range(0, activations.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(m -> -activations[m])
                        .thenComparing(m -> m))
                .map(m -> token(m, activations[m], book, keys))
                .toList();
        TokenCard heaviest =
                book == null ? null : book.token(tokens.getFirst().tokenId()).orElse(null);
        Integer size = heaviest == null || heaviest.people() < fewestPeople ? null : Integer.valueOf(heaviest.people());
        return new TokensAnswer(
                release,
                known.events(),
                known.isColdStart(),
                tokens,
                new TokensAnswer.Segment(
                        tokens.getFirst().tokenId(),
                        size,
                        size == null ? "too few people to be told (fewer than " + fewestPeople + ")" : null));
    }

    private static TokensAnswer.Token token(
            int index, double weight, @Nullable TokenBook book, Map<String, String> keys) {
        if (book == null) {
            return new TokensAnswer.Token("token-" + index, null, weight, List.of(), false);
        }
        TokenCard card = book.tokens().get(index);
        return new TokensAnswer.Token(
                card.id(),
                card.name(),
                weight,
                card.typicalItems().stream()
                        .map(digest -> new ScoreAnswer.Item(keys.get(digest), digest))
                        .toList(),
                false);
    }
}
