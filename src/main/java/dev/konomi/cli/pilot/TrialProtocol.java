package dev.konomi.cli.pilot;

import dev.konomi.gallery.Choice;
import dev.konomi.gallery.Trial;
import dev.konomi.history.Observation;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.Target;
import dev.konomi.train.evaluate.TestPerson;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// What unseen people chose before and what they are asked about, over the catalogue of held-out combinations.
final class TrialProtocol {
    private TrialProtocol() {}

    /// @param trials of the unseen people
    /// @param last when each of them made the last choice that is known
    /// @return the same as questions to rankers; items are pictures' numbers
    static Protocol of(List<Trial> trials, Instant last) {
        return new Protocol(IntStream.range(0, trials.size())
                .mapToObj(number -> person(number, trials.get(number), last))
                .toList());
    }

    private static TestPerson person(int number, Trial trial, Instant last) {
        List<Choice> history = trial.history();
        return new TestPerson(
                number,
                IntStream.range(0, history.size())
                        .mapToObj(i -> List.<Observation>of(new Observation.Choice(
                                history.get(i).chosen(),
                                history.get(i).rejected(),
                                1,
                                Deliveries.at(last, history.size() - 1 - i).toEpochMilli())))
                        .toList(),
                trial.targets().stream()
                        .map(target -> new Target(target.chosen(), target.rejected(), target.probability()))
                        .toList());
    }
}
