package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.konomi.history.History;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenCard;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PersonTokensTest {
    private static final String SEA = "5ea".repeat(21) + "0";
    private static final Known SOMEBODY =
            new Known(History.NONE, new Taste(new float[1], new float[1], new float[] {0.2f, 0.5f, 0.3f}));

    @Test
    void theHeaviestTokenComesFirstAndIsTheSegment() {
        TokensAnswer answer = PersonTokens.answer("r", SOMEBODY, book(40), Map.of(SEA, "sea"), 20);
        assertEquals(
                List.of("tok_bbbb", "tok_cccc", "tok_aaaa"),
                answer.tokens().stream().map(TokensAnswer.Token::tokenId).toList());
        TokensAnswer.Segment segment = Objects.requireNonNull(answer.segment());
        assertEquals("tok_bbbb", segment.tokenId());
        assertEquals(40, segment.size());
        assertNull(segment.note());
        assertEquals(
                new ScoreAnswer.Item("sea", SEA),
                answer.tokens().getFirst().typicalItems().getFirst());
    }

    @Test
    void aGroupBelowThePrivacyMinimumHasNoSize() {
        TokensAnswer.Segment segment = Objects.requireNonNull(
                PersonTokens.answer("r", SOMEBODY, book(19), Map.of(), 20).segment());
        assertNull(segment.size());
        assertNotNull(segment.note());
    }

    @Test
    void aReleaseWithoutNamesHasTokensAllTheSame() {
        TokensAnswer answer = PersonTokens.answer("r", SOMEBODY, null, Map.of(), 20);
        assertEquals(
                List.of("token-1", "token-2", "token-0"),
                answer.tokens().stream().map(TokensAnswer.Token::tokenId).toList());
        assertNull(Objects.requireNonNull(answer.segment()).size());
    }

    private static TokenBook book(int people) {
        return new TokenBook(List.of(card("tok_aaaa", people), card("tok_bbbb", people), card("tok_cccc", people)));
    }

    private static TokenCard card(String id, int people) {
        return new TokenCard(id, 1 / 3.0, new float[] {1}, new TokenCard.Name(id, id), List.of(), List.of(SEA), people);
    }
}
