package dev.konomi.taste;

import java.util.List;

/// Why a candidate has its score. `own`, the tokens' values, `appeal` and `offset` add up to the
/// score.
///
/// @param own what the person's own history says beyond any group
/// @param tokens what each group's taste says, by its weight in the person's taste
/// @param appeal what everybody likes about such an item
/// @param offset what other people's events say about this very item
/// @param because likes without which the score would be lower, by [CommonGround]; empty where there
///     is no good reason among them
/// @param remaining all likes that `because` does not name
record Explanation(
        double own, List<TokenPart> tokens, double appeal, double offset, List<Reason> because, Remaining remaining) {
    Explanation {
        tokens = List.copyOf(tokens);
        because = List.copyOf(because);
    }

    /// A token's part: `a_m p_m·g(z)`.
    ///
    /// @param token index m
    /// @param value its part of the score
    record TokenPart(int token, double value) {}

    /// A like's part.
    ///
    /// @param observation index of the event's first observation in the history
    /// @param change the score minus what it would be without the event
    /// @param inCommon the score minus what it would be without what the candidate has in common
    ///     with what was liked
    /// @param words what they have in common, by [CommonWords]
    record Reason(int observation, double change, double inCommon, List<Word> words) {
        Reason {
            words = List.copyOf(words);
        }
    }

    /// A word for what a candidate and a like have in common.
    ///
    /// @param concept the word
    /// @param worth the score minus what it would be without it
    record Word(Concepts.Concept concept, double worth) {}

    /// Likes that are not named.
    ///
    /// @param count how many
    /// @param change the sum of their changes, each as [Reason#change]
    record Remaining(int count, double change) {}
}
