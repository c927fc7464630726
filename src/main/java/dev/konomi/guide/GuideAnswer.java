package dev.konomi.guide;

import dev.konomi.door.Attributed;
import dev.konomi.token.TokenCard;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A prompt as the person would like it.
///
/// @param release digest of the release that answered, or null where none is published: then nothing is added
/// @param historyUsed how many of the person's events were read
/// @param coldStart whether there are so few that what everybody likes answers
/// @param language `en` or `ja`: of the prompt, and of what is added
/// @param prompt the prompt with the positive words behind it
/// @param negativePrompt the negative words, for generators that take what a picture should not show; may be empty
/// @param positive what was added, in the order in which it was chosen: the word that gains most, then the one that
/// gains
///     most beside it
/// @param negative what to keep out, the most disliked first
/// @param taste for conditioning a generator, or null without a release
@RegisterForReflection
public record GuideAnswer(
        @Nullable String release,
        int historyUsed,
        boolean coldStart,
        String language,
        String prompt,
        String negativePrompt,
        List<Word> positive,
        List<Word> negative,
        @Nullable TasteVector taste)
        implements Attributed {
    public GuideAnswer {
        positive = List.copyOf(positive);
        negative = List.copyOf(negative);
    }

    /// A word.
    ///
    /// @param id stable name of what it means, such as `deep-blue`
    /// @param en the word in English
    /// @param ja the word in Japanese
    /// @param weight −1 to 1: how much more often the person would choose such a picture with it than without it
    ///     (1: always, 0: no difference, −1: never)
    /// @param because why
    @RegisterForReflection
    public record Word(String id, String en, String ja, double weight, Because because) {}

    /// Why a word is added or kept out, in logits that add up to what it does to the score.
    ///
    /// @param everybody what it does for somebody without a history
    /// @param own what it does by the person's own taste
    /// @param tokens what it does by all tokens' weights beyond their shares of people
    /// @param token the token that does most of this, in the same direction, or null
    /// @param shown what the person judged that shows it
    @RegisterForReflection
    public record Because(
            double everybody,
            double own,
            double tokens,
            @Nullable Token token,
            Shown shown) {}

    /// A token behind a word.
    ///
    /// @param tokenId the token
    /// @param name what people call it
    /// @param value what the word does by its weight beyond its share of people
    @RegisterForReflection
    public record Token(String tokenId, TokenCard.@Nullable Name name, double value) {}

    /// How many judgements were about something that shows the word.
    ///
    /// @param likes of these
    /// @param ofLikes how many things were liked, or chosen
    /// @param dislikes of these
    /// @param ofDislikes how many were disliked, or not chosen
    @RegisterForReflection
    public record Shown(int likes, int ofLikes, int dislikes, int ofDislikes) {}

    /// The person's taste as a vector. Of one release, all people's have the same width, and an item's features have,
    /// too: their inner product is what the person makes of the item beyond what everybody does.
    ///
    /// @param width `G`
    /// @param values `h_u`, `[G]`
    @RegisterForReflection
    public record TasteVector(int width, float[] values) {}
}
