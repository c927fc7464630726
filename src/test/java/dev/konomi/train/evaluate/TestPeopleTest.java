package dev.konomi.train.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.train.dataset.Person;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestPeopleTest {
    @Test
    void aLikeAndADislikeMakeAPairAndTheLikedItemComesFirst() {
        Observation bad = new Opinion(4, false, 1, 10);
        Observation good = new Opinion(2, true, 1, 20);
        Observation worse = new Opinion(5, false, 1, 30);
        Observation better = new Opinion(3, true, 1, 40);
        Observation leftOver = new Opinion(9, true, 1, 50);

        TestPerson person = TestPeople.of(new Person(1, List.of(bad, good, worse, better, leftOver)), 1, 16)
                .orElseThrow();

        assertEquals(List.of(List.of(good, bad)), person.pairs());
        assertEquals(List.of(new Target(3, 5, 1)), person.targets());
    }

    @Test
    void choicesStayPairs() {
        Observation first = new Choice(0, 1, 1, 10);
        TestPerson person = TestPeople.of(
                        new Person(1, List.of(first, new Choice(2, 3, 1, 20), new Choice(4, 5, 1, 30))), 1, 1)
                .orElseThrow();

        assertEquals(List.of(List.of(first)), person.pairs());
        assertEquals(List.of(new Target(2, 3, 1)), person.targets());
    }

    @Test
    void whoHasFewPairsIsAskedAboutTheLaterHalf() {
        List<Observation> three = List.of(new Choice(0, 1, 1, 1), new Choice(2, 3, 1, 2), new Choice(4, 5, 1, 3));
        TestPerson person = TestPeople.of(new Person(1, three), 8, 16).orElseThrow();

        assertEquals(1, person.pairs().size());
        assertEquals(2, person.targets().size());
    }

    @Test
    void whoLikesEverythingCannotBeAsked() {
        assertTrue(TestPeople.of(new Person(1, List.of(new Opinion(1, true, 1, 1), new Opinion(2, true, 1, 2))), 8, 16)
                .isEmpty());
    }
}
