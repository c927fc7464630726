package dev.konomi.taste;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.konomi.door.Attributed;
import dev.konomi.token.TokenCard;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The candidates in the order in which the person would prefer them.
///
/// @param decision name of this answer; events about what was shown may cite it
/// @param source `release`, or `popularity` where no release is published: then nothing is
///     personal
/// @param release digest of the release that answered, or null
/// @param historyUsed how many of the person's events were read
/// @param coldStart whether there are so few that a group's taste answers
/// @param ranked best first; equal scores in the order of the question
/// @param pending candidates without an encoding, not ranked
/// @param likes what the explanations name, each once; absent unless asked for
@RegisterForReflection
public record ScoreAnswer(
        String decision,
        String source,
        @Nullable String release,
        int historyUsed,
        boolean coldStart,
        List<Ranked> ranked,
        List<Pending> pending,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Like> likes)
        implements Attributed {
    /// A learned taste answered.
    static final String RELEASE = "release";

    /// What everybody likes answered.
    static final String POPULARITY = "popularity";

    public ScoreAnswer {
        ranked = List.copyOf(ranked);
        pending = List.copyOf(pending);
        likes = likes == null ? null : List.copyOf(likes);
    }

    /// An item as an answer names it.
    ///
    /// @param key the app's name for it, where it has one
    /// @param digest its content digest
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(@Nullable String key, String digest) {}

    /// A candidate in its place.
    ///
    /// @param candidate its index in the question
    /// @param item what it is
    /// @param score higher is better; comparable under one release
    /// @param probability that the person chooses it over the catalogue's median item; absent
    ///     without a release
    /// @param interval that holds this probability in 90 % of the cases; absent where the release was
    ///     trained on too few people to tell
    /// @param explanation why; absent unless asked for
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ranked(
            int candidate,
            Item item,
            double score,
            @Nullable Double probability,
            @Nullable Interval interval,
            @Nullable Why explanation) {}

    /// A candidate that could not be ranked.
    ///
    /// @param candidate its index in the question
    /// @param item what it is
    /// @param reason why, and what to do
    @RegisterForReflection
    public record Pending(int candidate, Item item, String reason) {}

    /// An item that the person liked, as people can recognise it.
    ///
    /// @param item what it is
    /// @param thumbnail `data:image/jpeg;base64,…`, at most 96 pixels a side; absent without an image,
    ///     for a removed item, and where the question wants none
    /// @param text what it says instead where it has no image, at most 200 characters
    /// @param removed whether it stood in the catalogue and does no more: then nothing of it is shown
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Like(
            Item item, @Nullable String thumbnail, @Nullable String text, boolean removed) {}

    /// Why a candidate has its score: `own`, all `tokens`, `appeal` and `offset` add up to it.
    ///
    /// @param own what the person's own history says beyond any group
    /// @param tokens what each group's taste adds, strongest first
    /// @param appeal what everybody likes about such an item
    /// @param offset what other people's events say about this very item
    /// @param goodReason whether any of the person's likes raises it: if not, `because` is empty
    /// @param because likes without which it would be lower, first those that have most in common
    ///     with the candidate of what the person likes about it, at most five
    /// @param remaining all likes that `because` does not name
    @RegisterForReflection
    public record Why(
            double own,
            List<TokenPart> tokens,
            double appeal,
            double offset,
            boolean goodReason,
            List<Reason> because,
            Remaining remaining) {
        public Why {
            tokens = List.copyOf(tokens);
            because = List.copyOf(because);
        }
    }

    /// @param tokenId the token
    /// @param name what people call it
    /// @param value its part of the score
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TokenPart(String tokenId, TokenCard.@Nullable Name name, double value) {}

    /// @param eventId the app's name for the event
    /// @param says `chosen` or `liked`
    /// @param item what it was about; `likes` shows it
    /// @param change the score minus what it would be without the event
    /// @param inCommon the score minus what it would be if the candidate lacked what it has in
    ///     common with the item
    /// @param words for what they have in common, the one worth most first, at most three; none where no
    ///     word says it well
    @RegisterForReflection
    public record Reason(String eventId, String says, Item item, double change, double inCommon, List<Word> words) {
        public Reason {
            words = List.copyOf(words);
        }
    }

    /// @param id the concept's name
    /// @param name the word
    /// @param worth the score minus what it would be if the candidate lacked it
    @RegisterForReflection
    public record Word(String id, TokenCard.Name name, double worth) {}

    /// @param count how many likes are not named
    /// @param change the sum of their changes: with those in `because`, all likes' changes
    @RegisterForReflection
    public record Remaining(int count, double change) {}
}
