package dev.konomi.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History(
            List.of(new Choice(0, 1, 1, 10), new Opinion(2, true, 1, 20), new Opinion(1, false, 1, 30)),
            List.of("a", "b", "c"),
            List.of("sea", "hill", "cat"));

    @Test
    void withinKnownItemsNothingChanges() {
        assertSame(history, history.within(Set.of("cat", "hill", "sea", "dog")));
    }

    @Test
    void observationsAboutOtherItemsAreLeftOut() {
        History within = history.within(Set.of("hill", "cat"));
        assertEquals(List.of("cat", "hill"), within.items());
        assertEquals(List.of(new Opinion(0, true, 1, 20), new Opinion(1, false, 1, 30)), within.observations());
        assertEquals(List.of("b", "c"), within.events());
        assertTrue(history.within(Set.of()).isEmpty());
    }
}
