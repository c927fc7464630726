package dev.konomi.guide;

import dev.konomi.token.Lexicon;
import java.util.List;

/// Which words a person's taste adds to a prompt.
///
/// @param language of the prompt and of everything added
/// @param prompt the prompt with the positive words behind it
/// @param negative the negative words alone, for generators that take what a picture should not show
/// @param positive what to add, in the order in which it was chosen: the word that gains most, then the one that gains
/// most
///     beside it
/// @param avoided what to keep out, the most disliked first
public record Guidance(
        PromptLanguage language, String prompt, String negative, List<Word> positive, List<Word> avoided) {
    public Guidance {
        positive = List.copyOf(positive);
        avoided = List.copyOf(avoided);
    }

    /// A word and what it does to the score of what the prompt asks for, in logits:
    /// `gain = general + own + Σ_m tokens_m`.
    ///
    /// @param entry the word
    /// @param weight from −1 to 1: `2 σ(gain / T) − 1`; how much more often the person would choose what the prompt
    ///     asks for with the word than without it
    /// @param general what the word does for somebody without a history
    /// @param own what it does by the person's own taste
    /// @param tokens what it does by each token's weight beyond its share of people, `[M]`
    public record Word(Lexicon.Entry entry, double weight, double general, double own, double[] tokens) {
        /// @return how much more the word does for this person than for anybody
        public double personal() {
            double sum = own;
            for (double part : tokens) {
                sum += part;
            }
            return sum;
        }
    }
}
