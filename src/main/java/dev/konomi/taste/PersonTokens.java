package dev.konomi.taste;

import dev.konomi.door.Caller;
import dev.konomi.door.Outcome;
import dev.konomi.door.People;
import dev.konomi.door.Problem;
import dev.konomi.history.Histories;
import dev.konomi.history.History;
import dev.konomi.item.Items;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenCard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Answers `tokens`. Computes and waits on the calling thread.
@ApplicationScoped
class PersonTokens {
    private final People people;
    private final Histories histories;
    private final Items items;
    private final LiveModel live;
    private final Vectors vectors;
    private final Tastes tastes;
    private final int fewestPeople;

    PersonTokens(
            People people,
            Histories histories,
            Items items,
            LiveModel live,
            Vectors vectors,
            Tastes tastes,
            TasteSettings settings) {
        this.people = people;
        this.histories = histories;
        this.items = items;
        this.live = live;
        this.vectors = vectors;
        this.tastes = tastes;
        this.fewestPeople = settings.fewestPeople();
    }

    /// @param caller whose person
    /// @param request who
    /// @return the person's tokens
    Outcome<TokensAnswer> answer(Caller caller, TokensRequest request) {
        try {
            Optional<LiveModel.Lease> leased = live.lease(caller.tenant());
            if (leased.isEmpty()) {
                return Outcome.of(new TokensAnswer(null, 0, true, List.of(), null));
            }
            try (LiveModel.Lease lease = leased.get()) {
                return Outcome.of(answer(caller.tenant(), request.user(), lease.release()));
            }
        } catch (LiveModel.Unreachable unreachable) {
            return Outcome.refused(
                    Problem.unavailable("The current release could not be loaded: ask again in a few seconds."));
        }
    }

    private TokensAnswer answer(String tenant, String user, LoadedRelease release) {
        Long person = people.find(tenant, user).await().indefinitely().orElse(null);
        Known known = known(tenant, person, release);
        TokenBook book = release.tokens();
        Set<String> typical = new HashSet<>();
        if (book != null) {
            book.tokens().forEach(card -> typical.addAll(card.typicalItems()));
        }
        Map<String, String> keys = items.keys(tenant, typical).await().indefinitely();
        return answer(release.digest(), known, book, keys, fewestPeople);
    }

    private Known known(String tenant, @Nullable Long person, LoadedRelease release) {
        if (person == null) {
            return tastes.of(release, tenant, null, History.NONE, Map.of(), Optional.empty());
        }
        var found = Uni.combine()
                .all()
                .unis(histories.of(tenant, person), tastes.last(tenant, person))
                .asTuple()
                .await()
                .indefinitely();
        History history = found.getItem1();
        Optional<TasteState> last = found.getItem2();
        return last.flatMap(state -> state.of(release.digest(), history))
                .orElseGet(() -> tastes.of(
                        release,
                        tenant,
                        person,
                        history,
                        vectors.of(release, tenant, history.items().reversed(), Map.of(), false)
                                .vectors(),
                        last));
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
