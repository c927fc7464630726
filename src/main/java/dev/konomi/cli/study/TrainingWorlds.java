package dev.konomi.cli.study;

import dev.konomi.cli.measure.TrialProtocol;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Population;
import dev.konomi.gallery.World;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.stage.Crowd;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// Simulated people for prior fitting: each step has some of [#AT_ONCE] worlds, one of which is new. Segments,
/// interactions, general appeal and mixture are drawn anew for each world, from [Population#BROAD]; pictures are those
/// of one catalogue without held-out combinations.
///
/// Seeds lie in `[FIRST, END)`, where no pilot, no development world and no world of a study is.
final class TrainingWorlds implements Crowd {
    /// Seed of the first world, and of the catalogue.
    static final long FIRST = 100_000;

    /// No world has this seed or a larger one.
    static final long END = 1_000_000;

    /// Worlds that people of a step are from.
    static final int AT_ONCE = 16;

    private static final long PEOPLE = 1_000_000_000L;
    private static final Instant LAST = Instant.parse("2026-01-01T00:00:00Z");

    private final Catalogue catalogue;
    private final int choices;
    private final Map<Long, World> recent = new LinkedHashMap<>();

    /// @param catalogue what people choose from
    /// @param choices of a person
    TrainingWorlds(Catalogue catalogue, int choices) {
        this.catalogue = catalogue;
        this.choices = choices;
    }

    /// @return what fingerprints tell
    static String says() {
        return "worlds from " + FIRST + ", " + AT_ONCE + " at once";
    }

    /// @param step from 0
    /// @param place below [#AT_ONCE]
    /// @return seed of a world of this step
    static long seed(int step, int place) {
        return FIRST + (step + place) % (END - FIRST);
    }

    @Override
    public Person person(int step, SplittableRandom random) {
        long seed = seed(step, random.nextInt(AT_ONCE));
        recent.keySet().removeIf(known -> known < seed(step, 0));
        World world = recent.computeIfAbsent(seed, drawn -> World.of(drawn, Population.BROAD));
        var person = world.person(random.nextLong(PEOPLE), choices);
        return new Person(0, TrialProtocol.history(person.choose(catalogue), choices, LAST));
    }
}
