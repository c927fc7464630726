package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What is asked about one person: predict the targets from the history.
///
/// @param choices length of the person's whole sequence, which the law of drift refers to; what came before it is not
///   counted
/// @param history earlier choices, by position
/// @param targets later choices, each predicted from the history alone
public record Trial(int choices, List<Choice> history, List<Choice> targets) {
    /// @throws IllegalArgumentException unless positions rise within the history and no target comes before its end
    public Trial {
        history = List.copyOf(history);
        targets = List.copyOf(targets);
        for (int i = 1; i < history.size(); i++) {
            if (history.get(i).position() <= history.get(i - 1).position()) {
                throw new IllegalArgumentException("choice " + history.get(i).position() + " stands after choice "
                        + history.get(i - 1).position() + ": give the history by position");
            }
        }
        int last = history.isEmpty() ? -1 : history.getLast().position();
        for (Choice target : targets) {
            if (target.position() <= last) {
                throw new IllegalArgumentException(
                        "target " + target.position() + " does not come after the history, which ends at " + last);
            }
        }
    }

    /// The person's first `length` choices as history and all others as targets, from one catalogue.
    public static Trial of(SimulatedPerson person, Catalogue catalogue, int length) {
        return of(person, catalogue, catalogue, length);
    }

    /// As above, with the history from one catalogue and the targets from another.
    public static Trial of(SimulatedPerson person, Catalogue past, Catalogue asked, int length) {
        return new Trial(
                person.choices(), person.choose(past, 0, length), person.choose(asked, length, person.choices()));
    }

    /// The same question to somebody who knows more of the person's past.
    ///
    /// @param earlier choices before this history, by position
    public Trial after(List<Choice> earlier) {
        return new Trial(
                choices, Stream.concat(earlier.stream(), history.stream()).toList(), targets);
    }

    /// Trials of `count` people with seeds `firstSeed`, `firstSeed + 1`, …
    public static List<Trial> of(
            World world, Catalogue catalogue, long firstSeed, int count, int history, int targets) {
        List<Trial> trials = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            trials.add(of(world.person(firstSeed + i, history + targets), catalogue, history));
        }
        return trials;
    }
}
