package dev.konomi.cli.measure;

import dev.konomi.gallery.Choice;
import dev.konomi.gallery.Trial;
import dev.konomi.history.Observation;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Target;
import dev.konomi.train.evaluate.TestPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// What simulated people chose before and what they are asked about, as observations and targets
/// over a catalogue.
public final class TrialProtocol {
    private static final Duration BETWEEN_CHOICES = Duration.ofHours(6);

    private TrialProtocol() {}

    /// @param last when the last known choice was made
    /// @param later how many known choices came after the one that is asked about
    /// @return when that one was made
    public static Instant at(Instant last, int later) {
        return last.minus(BETWEEN_CHOICES.multipliedBy(later));
    }

    /// @param trials of the unseen people
    /// @param last when each of them made the last choice that is known
    /// @return the same as questions to rankers; items are pictures' numbers
    public static Protocol of(List<Trial> trials, Instant last) {
        return new Protocol(IntStream.range(0, trials.size())
                .mapToObj(number -> person(number, trials.get(number), last))
                .toList());
    }

    /// @param choices oldest first
    /// @param length how many of the latest are known
    /// @param last when the last of them was made
    /// @return them as observations; items are pictures' numbers
    public static List<Observation> history(List<Choice> choices, int length, Instant last) {
        return IntStream.range(Math.max(0, choices.size() - length), choices.size())
                .mapToObj(i -> observation(choices, i, last))
                .toList();
    }

    private static TestPerson person(int number, Trial trial, Instant last) {
        List<Choice> history = trial.history();
        return new TestPerson(
                number,
                IntStream.range(0, history.size())
                        .mapToObj(i -> List.of(observation(history, i, last)))
                        .toList(),
                trial.targets().stream()
                        .map(target -> new Target(target.chosen(), target.rejected(), target.probability()))
                        .toList());
    }

    private static Observation observation(List<Choice> choices, int place, Instant last) {
        Choice choice = choices.get(place);
        return new Observation.Choice(
                choice.chosen(),
                choice.rejected(),
                1,
                at(last, choices.size() - 1 - place).toEpochMilli());
    }
}
