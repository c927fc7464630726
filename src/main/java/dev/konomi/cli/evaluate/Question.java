package dev.konomi.cli.evaluate;

/// What is asked of people who rated.
///
/// @param like ratings that are likes
/// @param dislike ratings that are dislikes; what is neither counts towards general appeal alone
/// @param history pairs of a like and a dislike that are known of a person
/// @param newItems whether the items that are asked about are new as well
/// @param splits how often people are split
/// @param close a pair is close when its items' popularity differs by less than this, in rating
///     points
public record Question(Threshold like, Threshold dislike, int history, boolean newItems, int splits, double close) {
    public Question {
        if (history < 1 || splits < 1) {
            throw new IllegalArgumentException(
                    "A history of " + history + " pairs and " + splits + " splits: give at least 1 of each.");
        }
        if (!(close > 0)) {
            throw new IllegalArgumentException(
                    "A popularity gap of " + close + " makes no pair close: give more than 0 rating points.");
        }
    }
}
