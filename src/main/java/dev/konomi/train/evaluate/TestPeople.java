package dev.konomi.train.evaluate;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.train.dataset.Person;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Turns what people did into what they are asked: the first pairs are known, the later ones are to
/// be predicted.
public final class TestPeople {
    private TestPeople() {}

    /// @param person whose observations are in order
    /// @param history pairs that may be known; who has no more than that is asked about the later
    ///     half
    /// @param targets pairs that are asked at most
    /// @return the person under test, or nothing for somebody without a single pair
    public static Optional<TestPerson> of(Person person, int history, int targets) {
        List<List<Observation>> pairs = pairs(person.observations());
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        int known = pairs.size() > history ? history : pairs.size() / 2;
        List<Target> asked = pairs.subList(known, Math.min(pairs.size(), known + targets)).stream()
                .map(TestPeople::target)
                .toList();
        return Optional.of(new TestPerson(person.id(), pairs.subList(0, known), asked));
    }

    /// The hard split: known are pairs of some items, asked are pairs of others.
    ///
    /// @param id of the person
    /// @param known observations that may be known, in order
    /// @param asked observations to predict
    /// @param history pairs that may be known
    /// @param targets pairs that are asked at most
    /// @return the person under test, or nothing for somebody without a pair to predict
    public static Optional<TestPerson> of(
            long id, List<Observation> known, List<Observation> asked, int history, int targets) {
        List<Target> wanted =
                pairs(asked).stream().limit(targets).map(TestPeople::target).toList();
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TestPerson(id, pairs(known).stream().limit(history).toList(), wanted));
    }

    /// A choice is a pair; the next like and the next dislike that have no partner yet are another,
    /// dated by the later
    /// of the two.
    ///
    /// @param observations in order
    /// @return pairs in order; opinions that find no partner are left out
    static List<List<Observation>> pairs(List<Observation> observations) {
        List<List<Observation>> pairs = new ArrayList<>();
        Deque<Opinion> likes = new ArrayDeque<>();
        Deque<Opinion> dislikes = new ArrayDeque<>();
        for (Observation observation : observations) {
            switch (observation) {
                case Choice choice -> pairs.add(List.of(choice));
                case Opinion opinion -> {
                    (opinion.liked() ? likes : dislikes).add(opinion);
                    if (!likes.isEmpty() && !dislikes.isEmpty()) {
                        pairs.add(List.of(likes.remove(), dislikes.remove()));
                    }
                }
            }
        }
        return pairs;
    }

    private static Target target(List<Observation> pair) {
        return switch (pair.getFirst()) {
            case Choice choice -> new Target(choice.chosen(), choice.rejected(), 1);
            case Opinion liked -> new Target(liked.item(), ((Opinion) pair.getLast()).item(), 1);
        };
    }
}
