package dev.konomi.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContrastsTest {
    private static final Catalogue BASE = Catalogue.of(5, 50, true);
    private static final Contrasts CONTRASTS = Contrasts.beside(BASE, 5, 40);

    @Test
    void twinsDifferInOneAttributeAndInNothingElse() {
        for (Attribute tested : Contrasts.ATTRIBUTES) {
            List<Contrasts.Pair> pairs =
                    Objects.requireNonNull(CONTRASTS.pairs().get(tested));
            assertEquals(40, pairs.size());
            for (Contrasts.Pair pair : pairs) {
                Picture one = CONTRASTS.catalogue().picture(pair.one());
                Picture other = CONTRASTS.catalogue().picture(pair.other());
                for (Attribute attribute : Attribute.values()) {
                    assertEquals(
                            attribute != tested,
                            one.scene().value(attribute) == other.scene().value(attribute),
                            tested + " and " + attribute);
                }
                assertEquals(one.paintSeed(), other.paintSeed());
                assertEquals(one.language(), other.language());
                assertEquals(named(one), named(other));
            }
        }
    }

    @Test
    void noTrainingPictureShowsThem() {
        for (Picture picture : CONTRASTS.catalogue().pictures()) {
            assertTrue(picture.scene().heldOut());
        }
    }

    @Test
    void thePicturesOfTheCatalogueKeepTheirNumbers() {
        assertEquals(50, CONTRASTS.first());
        assertEquals(BASE.pictures(), CONTRASTS.catalogue().pictures().subList(0, 50));
        assertEquals(50 + 40 * 5, CONTRASTS.catalogue().size());
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertEquals(CONTRASTS, Contrasts.beside(BASE, 5, 40));
        assertNotEquals(CONTRASTS, Contrasts.beside(BASE, 6, 40));
    }

    @Test
    void asksTheSamePersonAboutEachAttribute() {
        World world = World.of(5, Population.BROAD);
        SimulatedPerson person = world.person(9, 24);
        Trial trial = Trial.of(person, BASE, 8);
        Trial asked = CONTRASTS.ask(person, trial, 9, 4);
        assertEquals(trial.history(), asked.history());
        assertEquals(16, asked.targets().size());
        for (int t = 0; t < 16; t++) {
            Choice target = asked.targets().get(t);
            Attribute tested = Contrasts.ATTRIBUTES.get(t / 4);
            assertNotEquals(
                    target.chosenScene().value(tested), target.rejectedScene().value(tested));
            assertEquals(
                    person.chooses(target.chosenScene(), target.rejectedScene(), target.position()),
                    target.probability(),
                    1e-12);
        }
    }

    @Test
    void theCarrierIsTheAttributeWhoseLossCostsMost() {
        World world = World.of(5, Population.BROAD);
        for (int seed = 0; seed < 50; seed++) {
            SimulatedPerson person = world.person(seed, 1);
            Scene scene = BASE.scene(seed % 50);
            Attribute carrier = person.carrier(scene, 0);
            double best = loss(person, scene, carrier);
            for (Attribute attribute : Attribute.values()) {
                assertFalse(loss(person, scene, attribute) > best + 1e-9);
            }
        }
    }

    private static double loss(SimulatedPerson person, Scene scene, Attribute attribute) {
        double sum = 0;
        for (int value = 0; value < attribute.size(); value++) {
            sum += person.utility(scene, 0) - person.utility(scene.with(attribute, value), 0);
        }
        return sum / attribute.size();
    }

    @Test
    void panelsHoldPeopleWhoDoNotChange() {
        World world = World.of(5, Population.BROAD);
        Panel panel = Panel.of(world, BASE, 1_000, 30, 10, 12);
        assertEquals(30, panel.one().size());
        assertEquals(10, panel.two().size());
        for (Panel.Member member : panel.one()) {
            assertTrue(member.interest().single());
            assertFalse(member.person().drifts());
            assertEquals(12, member.trial().history().size());
        }
        assertTrue(panel.two().stream().noneMatch(member -> member.interest().single()));
    }

    private static List<Attribute> named(Picture picture) {
        PartialScene named = Prompt.read(picture.prompt());
        return Arrays.stream(Attribute.values())
                .filter(attribute -> named.value(attribute).isPresent())
                .toList();
    }
}
