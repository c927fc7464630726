package dev.konomi.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final Catalogue CATALOGUE = Catalogue.of(3, 1500, true);

    @Test
    void whoKnowsThePersonIsRightInEightyFiveOfAHundred() {
        for (Population population : List.of(Population.BROAD, Population.SHARP)) {
            for (long seed = 101; seed <= 104; seed++) {
                List<Trial> trials = Trial.of(World.of(seed, population), CATALOGUE, seed, 1500, 0, 16);
                double oracle =
                        Arrays.stream(Predictions.oracle(trials)).average().orElseThrow();
                assertEquals(0.85, oracle, 0.01, "seed " + seed);
            }
        }
    }

    @Test
    void everythingIsDrawnAnewForAnotherSeedAndNothingForTheSame() {
        World one = World.of(1, Population.BROAD);
        World same = World.of(1, Population.BROAD);
        World other = World.of(2, Population.BROAD);
        Scene scene = Scene.of(777);
        assertEquals(one.scale(), same.scale());
        assertEquals(one.popularity(scene), same.popularity(scene));
        assertEquals(one.person(9, 20).choose(CATALOGUE), same.person(9, 20).choose(CATALOGUE));
        assertNotEquals(one.scale(), other.scale());
        assertNotEquals(one.popularity(scene), other.popularity(scene));
        assertNotEquals(one.share(0), other.share(0));
        assertNotEquals(one.person(9, 20).choose(CATALOGUE), one.person(10, 20).choose(CATALOGUE));
    }

    @Test
    void peopleFollowTheMixture() {
        World world = World.of(5, Population.BROAD);
        int count = 20_000;
        int[] segments = new int[12];
        int pairs = 0;
        int drifting = 0;
        for (int i = 0; i < count; i++) {
            SimulatedPerson person = world.person(i, 24);
            Interest interest = person.interest(0);
            pairs += interest.single() ? 0 : 1;
            segments[interest.first()] += interest.single() ? 1 : 0;
            drifting += person.drifts() ? 1 : 0;
        }
        assertEquals(0.2, pairs / (double) count, 0.01);
        assertEquals(0.15, drifting / (double) count, 0.01);
        for (int k = 0; k < segments.length; k++) {
            assertEquals(world.share(k), segments[k] / (double) count, 0.01);
        }
        assertEquals(
                1,
                IntStream.range(0, world.interests().size())
                        .mapToDouble(world::share)
                        .sum(),
                1e-9);
    }

    @Test
    void aDriftingPersonKeepsEverythingButTheInterest() {
        World world = World.of(6, Population.BROAD.withDrifting(1));
        int[] changes = new int[8];
        for (int i = 0; i < 4000; i++) {
            SimulatedPerson person = world.person(i, 8);
            for (int position = 1; position < 8; position++) {
                changes[position] += person.interest(position) == person.interest(position - 1) ? 0 : 1;
            }
        }
        for (int position = 1; position < 8; position++) {
            // One in ten draws the same interest again.
            assertEquals(4000 / 7.0 * 0.93, changes[position], 75, "position " + position);
        }
    }

    @Test
    void twoInterestsPleaseWhereEitherPleases() {
        World world = World.of(7, Population.BROAD);
        for (int scene = 0; scene < Scene.COUNT; scene += 997) {
            double one = world.unscaled(new Interest(0, Interest.NONE), scene);
            double other = world.unscaled(new Interest(1, Interest.NONE), scene);
            double both = world.unscaled(new Interest(0, 1), scene);
            assertTrue(both >= Math.max(one, other) && both <= Math.max(one, other) + Math.log(2) + 1e-5);
        }
    }

    @Test
    void choicesAreMadeWithTheirProbability() {
        World world = World.of(8, Population.BROAD);
        int lower = 0;
        int count = 0;
        double expected = 0;
        int sameTheme = 0;
        for (int i = 0; i < 400; i++) {
            SimulatedPerson person = world.person(i, 40);
            for (Choice choice : person.choose(CATALOGUE)) {
                double p = person.chooses(choice.chosenScene(), choice.rejectedScene(), choice.position());
                assertEquals(p, choice.probability(), 1e-12);
                boolean first = choice.chosen() < choice.rejected();
                assertNotEquals(choice.chosen(), choice.rejected());
                lower += first ? 1 : 0;
                expected += first ? p : 1 - p;
                sameTheme +=
                        choice.chosenScene().theme() == choice.rejectedScene().theme() ? 1 : 0;
                count++;
            }
        }
        assertEquals(expected / count, lower / (double) count, 0.015);
        assertEquals(0.7 + 0.3 / 24, sameTheme / (double) count, 0.015);
    }

    @Test
    void aCatalogueHoldsOnlyWhatItIsFor() {
        assertTrue(Catalogue.of(1, 300, true).pictures().stream()
                .allMatch(picture -> picture.scene().heldOut()));
        assertTrue(Catalogue.of(1, 300, false).pictures().stream()
                .noneMatch(picture -> picture.scene().heldOut()));
        assertEquals(Catalogue.of(1, 300, true), Catalogue.of(1, 300, true));
    }
}
