package dev.konomi.taste;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.konomi.door.Attributed;
import dev.konomi.token.TokenCard;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The groups' tastes that make up a person's.
///
/// @param release digest of the release that answered, or null where none is published
/// @param historyUsed how many of the person's events were read
/// @param coldStart whether there are so few that the groups' shares of all people answer
/// @param tokens all tokens of the release, heaviest first; their weights add up to 1
/// @param segment the heaviest token, or null without a release
@RegisterForReflection
public record TokensAnswer(
        @Nullable String release,
        int historyUsed,
        boolean coldStart,
        List<Token> tokens,
        @Nullable Segment segment) implements Attributed {
    public TokensAnswer {
        tokens = List.copyOf(tokens);
    }

    /// A token and its weight.
    ///
    /// @param tokenId the token
    /// @param name what people call it, in English and Japanese
    /// @param weight 0 to 1: how probable it is that this group's taste explains the history
    /// @param typicalItems what the group likes best
    /// @param edited whether somebody changed the weight by hand
    @RegisterForReflection
    public record Token(
            String tokenId,
            TokenCard.@Nullable Name name,
            double weight,
            List<ScoreAnswer.Item> typicalItems,
            boolean edited) {
        public Token {
            typicalItems = List.copyOf(typicalItems);
        }
    }

    /// The group that the person belongs to most probably.
    ///
    /// @param tokenId its token
    /// @param size how many people of the training data it explains, or null when they are too
    ///     few to be told
    /// @param note why the size is absent
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Segment(
            String tokenId,
            @JsonInclude @Nullable Integer size,
            @Nullable String note) {}
}
