package dev.konomi.cli.pilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.konomi.gallery.Choice;
import dev.konomi.gallery.Population;
import dev.konomi.gallery.Trial;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TownTest {
    private static final Town TOWN = new Town(5_001, Population.BROAD, 8, 12, 120, 80);

    @Test
    void whoIsKnownLongerIsAskedTheSameAndChoseTheSameOfLate() {
        List<Trial> recent = TOWN.trials();
        List<Trial> longer = TOWN.trials(16);
        assertEquals(recent.size(), longer.size());
        for (int i = 0; i < recent.size(); i++) {
            List<Choice> history = longer.get(i).history();
            assertEquals(recent.get(i).targets(), longer.get(i).targets());
            assertEquals(recent.get(i).history(), history.subList(8, 16));
            assertEquals(recent.get(i).choices(), longer.get(i).choices());
            assertEquals(
                    IntStream.range(-8, 8).boxed().toList(),
                    history.stream().map(Choice::position).toList());
        }
    }

    @Test
    void earlierChoicesAreByTheInterestThatThePersonBeganWith() {
        for (int i = 0; i < 12; i++) {
            var person = TOWN.unseen(i);
            for (Choice choice : person.before(TOWN.heldOut(), 5)) {
                double known = person.chooses(choice.chosenScene(), choice.rejectedScene(), 0);
                assertEquals(known, choice.probability(), 1e-12);
            }
        }
    }

    @Test
    void anotherPopulationsPeopleChooseOtherwiseAmongTheSamePictures() {
        Town sharp = new Town(5_001, Population.SHARP, 8, 12, 120, 80);
        assertEquals(
                TOWN.catalogue().pictures().getFirst().scene(),
                sharp.catalogue().pictures().getFirst().scene());
        assertNotEquals(TOWN.choices(3), sharp.choices(3));
    }
}
