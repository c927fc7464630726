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
record Explanation(double own, List<TokenPart> tokens, double appeal, double offset, List<Reason> because) {
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
    record Reason(int observation, double change, double inCommon) {}
}
