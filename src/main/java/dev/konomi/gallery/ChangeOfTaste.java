package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/// Somebody whose interest becomes another one at a known moment, asked about the same pairs of pictures
/// each time.
///
/// @param before just before the change, with the old interest: what accuracy should come back to
/// @param after by the number of choices since the change: everything chosen up to then as history, the
///   same pairs as targets, with the new interest
public record ChangeOfTaste(Trial before, SequencedMap<Integer, Trial> after) {
    /// Choices before the change.
    public static final int CHOICES_BEFORE = 24;

    /// Numbers of choices after the change that the person is asked after.
    public static final List<Integer> CHOICES_AFTER = List.of(0, 1, 2, 4, 8, 12, 16, 24, 32, 40);

    /// The last of them.
    public static final int LONGEST = 40;

    /// Pairs that a person is asked about each time.
    public static final int TARGETS = 16;

    public ChangeOfTaste {
        after = new LinkedHashMap<>(after);
    }

    /// @param events since the change, one of [#CHOICES_AFTER]
    /// @throws IllegalArgumentException if the person was not asked then
    public Trial after(int events) {
        Trial trial = after.get(events);
        if (trial == null) {
            throw new IllegalArgumentException(
                    "nobody was asked " + events + " choices after the change, only " + after.keySet());
        }
        return trial;
    }

    /// People with seeds `firstSeed`, `firstSeed + 1`, …, who choose and are asked among pictures of
    /// `catalogue`.
    public static List<ChangeOfTaste> of(World world, Catalogue catalogue, long firstSeed, int people) {
        List<ChangeOfTaste> changes = new ArrayList<>(people);
        for (int i = 0; i < people; i++) {
            SimulatedPerson person = world.person(firstSeed + i, CHOICES_BEFORE + LONGEST + 1);
            changes.add(of(person, catalogue));
        }
        return changes;
    }

    private static ChangeOfTaste of(SimulatedPerson person, Catalogue catalogue) {
        Trial before = asked(person.unchanging(), catalogue, CHOICES_BEFORE);
        SimulatedPerson changing = person.changingAt(CHOICES_BEFORE);
        SequencedMap<Integer, Trial> after = new LinkedHashMap<>();
        for (int events : CHOICES_AFTER) {
            after.put(events, asked(changing, catalogue, CHOICES_BEFORE + events));
        }
        return new ChangeOfTaste(before, after);
    }

    /// The pairs depend on the person alone.
    private static Trial asked(SimulatedPerson person, Catalogue catalogue, int length) {
        SplittableRandom random = Seed.random(person.seed(), "asked about taste");
        List<Choice> targets = new ArrayList<>(TARGETS);
        for (int i = 0; i < TARGETS; i++) {
            Catalogue.Pair pair = catalogue.pair(random);
            targets.add(person.choose(catalogue, pair.one(), pair.other(), length, random));
        }
        return new Trial(person.choices(), person.choose(catalogue, 0, length), targets);
    }
}
