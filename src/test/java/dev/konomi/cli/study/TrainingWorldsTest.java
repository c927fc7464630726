package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.gallery.Catalogue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingWorldsTest {
    private static final long LAST_OF_DEVELOPMENT = 5_099;

    @Test
    void noTrainingWorldIsAPilotsADevelopmentOrAStudysWorld() {
        int many = 3_000_000;
        long least = IntStream.iterate(0, step -> step < many, step -> step + 997)
                .mapToLong(step -> TrainingWorlds.seed(step, step % TrainingWorlds.AT_ONCE))
                .min()
                .orElseThrow();
        assertTrue(least > LAST_OF_DEVELOPMENT && least > Study.WORLDS + 1_000, "world " + least);
    }

    @Test
    void everyStepHasOneWorldThatNoStepBeforeItHad() {
        assertEquals(TrainingWorlds.seed(0, 1), TrainingWorlds.seed(1, 0));
        assertEquals(
                TrainingWorlds.FIRST + 7 + TrainingWorlds.AT_ONCE - 1,
                TrainingWorlds.seed(7, TrainingWorlds.AT_ONCE - 1));
    }

    @Test
    void aStepAndItsRandomnessDecideWhoSomebodyIs() {
        Catalogue catalogue = Catalogue.of(TrainingWorlds.FIRST, 60, false);
        var worlds = new TrainingWorlds(catalogue, 6);
        var person = worlds.person(3, new SplittableRandom(1));
        assertEquals(6, person.observations().size());
        assertNotEquals(person, worlds.person(3, new SplittableRandom(2)));
        assertEquals(person, new TrainingWorlds(catalogue, 6).person(3, new SplittableRandom(1)));
    }
}
