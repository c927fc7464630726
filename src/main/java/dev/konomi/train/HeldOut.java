package dev.konomi.train;

import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Protocol;
import dev.konomi.train.evaluate.TestPeople;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The gate's people, on whom nothing is ever fitted. Who belongs to them depends on the surrogate id alone, so that
/// champion and challenger, trained at different times, have the same ones.
///
/// @param training everybody else
/// @param people those who are asked
record HeldOut(List<Person> training, List<Person> people) {
    /// Pairs of a person's history, as in the reference protocol.
    static final int HISTORY = 8;

    private static final int TARGETS = 16;

    /// Fewer than this could hardly tell two releases apart.
    private static final int ENOUGH = 100;

    HeldOut {
        training = List.copyOf(training);
        people = List.copyOf(people);
    }

    /// Holds a tenth of all people out, more where that is fewer than 100, but never more than a fifth for that.
    ///
    /// @param all people with observations
    static HeldOut of(List<Person> all) {
        List<Person> byLot = all.stream()
                .sorted(Comparator.comparingLong((Person person) -> lot(person.id()))
                        .thenComparing(Person::id))
                .toList();
        long tenth = all.stream()
                .filter(person -> lot(person.id()) < Long.MAX_VALUE / 10)
                .count();
        int held = (int) Math.max(tenth, Math.min(ENOUGH, all.size() / 5));
        Set<Long> chosen = new HashSet<>();
        byLot.subList(0, held).forEach(person -> chosen.add(person.id()));
        List<Person> training = new ArrayList<>();
        List<Person> people = new ArrayList<>();
        all.forEach(person -> (chosen.contains(person.id()) ? people : training).add(person));
        return new HeldOut(training, people);
    }

    /// @return what they are asked: the first 8 pairs are known, up to 16 later ones are to be told; people without a
    ///     pair are not asked
    Protocol protocol() {
        return new Protocol(people.stream()
                .flatMap(person -> TestPeople.of(person, HISTORY, TARGETS).stream())
                .toList());
    }

    /// The finaliser of SplitMix64 (Steele et al., OOPSLA 2014), without its sign.
    private static long lot(long id) {
        long z = id + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) >>> 1;
    }
}
