package dev.konomi.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeOfTasteTest {
    private static final World WORLD = World.of(5020, Population.BROAD);
    private static final Catalogue PICTURES = Catalogue.of(5020, 200, true);
    private static final List<ChangeOfTaste> CHANGES = ChangeOfTaste.of(WORLD, PICTURES, 1, 20);

    @Test
    void nothingIsOtherThanItWasBeforeTheChange() {
        for (ChangeOfTaste change : CHANGES) {
            for (int events : ChangeOfTaste.CHOICES_AFTER) {
                Trial after = change.after(events);
                assertEquals(
                        ChangeOfTaste.CHOICES_BEFORE + events, after.history().size());
                assertEquals(change.before().history(), after.history().subList(0, ChangeOfTaste.CHOICES_BEFORE));
            }
        }
    }

    @Test
    void theSamePairsAreAskedAboutAnotherTaste() {
        for (ChangeOfTaste change : CHANGES) {
            for (int target = 0; target < ChangeOfTaste.TARGETS; target++) {
                Choice before = change.before().targets().get(target);
                double old = probabilityOfLower(before);
                double now = probabilityOfLower(change.after(0).targets().get(target));
                assertNotEquals(old, now, 1e-9);
                for (int events : ChangeOfTaste.CHOICES_AFTER) {
                    Choice after = change.after(events).targets().get(target);
                    assertEquals(lower(before), lower(after));
                    assertEquals(now, probabilityOfLower(after), 1e-12);
                }
            }
        }
    }

    @Test
    void whoeverKnowsThePersonHasToLearnThemAnew() {
        IdealObserver ideal = new IdealObserver(WORLD, 128);
        double before =
                accuracy(ideal, CHANGES.stream().map(ChangeOfTaste::before).toList());
        double justAfter =
                accuracy(ideal, CHANGES.stream().map(change -> change.after(0)).toList());
        double later = accuracy(
                ideal,
                CHANGES.stream()
                        .map(change -> change.after(ChangeOfTaste.LONGEST))
                        .toList());
        assertTrue(justAfter + 0.05 < before, before + ", " + justAfter);
        assertTrue(justAfter + 0.05 < later, justAfter + ", " + later);
    }

    @Test
    void whoNeverChangesIsOtherwiseTheSamePerson() {
        SimulatedPerson person = WORLD.person(3, 30);
        assertEquals(person.interest(0), person.unchanging().interest(29));
        assertEquals(person.interest(0), person.changingAt(10).interest(9));
        assertNotEquals(person.interest(0), person.changingAt(10).interest(10));
        Population one = new Population(1, 0.4, 6, 1, 0.45, 0.5, 8, 0, 0.15, 0.85);
        SimulatedPerson alone = World.of(1, one).person(1, 10);
        assertThrows(IllegalArgumentException.class, () -> alone.changingAt(5));
        assertThrows(IllegalArgumentException.class, () -> CHANGES.getFirst().after(3));
    }

    private static double accuracy(IdealObserver ideal, List<Trial> trials) {
        int all = ChangeOfTaste.CHOICES_BEFORE + ChangeOfTaste.LONGEST;
        return ideal.observe(trials, new int[] {all}, 1).accuracy(all);
    }

    private static int lower(Choice choice) {
        return Math.min(choice.chosen(), choice.rejected());
    }

    private static double probabilityOfLower(Choice choice) {
        return choice.chosen() < choice.rejected() ? choice.probability() : 1 - choice.probability();
    }
}
