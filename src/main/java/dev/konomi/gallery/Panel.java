package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// People whose interest does not change, by whether they have one or two: what groups and
/// reasons are tested on.
///
/// @param segments how many segments the world has
/// @param one people with a single segment
/// @param two people with two
public record Panel(int segments, List<Member> one, List<Member> two) {
    public Panel {
        one = List.copyOf(one);
        two = List.copyOf(two);
    }

    /// A person and what they chose.
    ///
    /// @param person without drift
    /// @param trial all choices as history, no targets
    public record Member(SimulatedPerson person, Trial trial) {
        /// What drives every choice of theirs.
        public Interest interest() {
            return person.interest(0);
        }
    }

    /// People are drawn by seed from `firstSeed` on, as often as it takes.
    ///
    /// @param one how many with one interest
    /// @param two how many with two; the population must have such people
    /// @param choices how many each makes among pictures of `catalogue`
    public static Panel of(World world, Catalogue catalogue, long firstSeed, int one, int two, int choices) {
        if (two > 0 && world.population().twoInterests() == 0) {
            throw new IllegalArgumentException(
                    two + " people with two interests from a population that has none: ask for 0");
        }
        return new Panel(
                world.population().segments(),
                draw(world, catalogue, firstSeed, one, choices, Interest::single),
                draw(world, catalogue, firstSeed, two, choices, interest -> !interest.single()));
    }

    private static List<Member> draw(
            World world, Catalogue catalogue, long firstSeed, int count, int choices, Predicate<Interest> wanted) {
        List<Member> members = new ArrayList<>(count);
        for (long seed = firstSeed; members.size() < count; seed++) {
            SimulatedPerson person = world.person(seed, choices);
            if (!person.drifts() && wanted.test(person.interest(0))) {
                members.add(new Member(person, Trial.of(person, catalogue, choices)));
            }
        }
        return members;
    }
}
