package dev.konomi.cli.pilot;

import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Choice;
import dev.konomi.gallery.Population;
import dev.konomi.gallery.SimulatedPerson;
import dev.konomi.gallery.Trial;
import dev.konomi.gallery.World;
import java.util.List;
import java.util.stream.IntStream;

/// The simulated people of a pilot, the pictures they see and what they choose.
public final class Town {
    /// Seeds of unseen people lie far from those of the people that are learned from.
    private static final long UNSEEN = 1_000_000_000L;

    private final int choices;
    private final int unseenPeople;
    private final World world;
    private final Catalogue catalogue;
    private final Catalogue heldOut;

    /// @param seed of the world and of its pictures
    /// @param scale how many people and pictures
    Town(long seed, PilotScale scale) {
        this(seed, Population.BROAD, scale.choices(), scale.unseenPeople(), scale.images(), scale.heldOutImages());
    }

    /// @param seed of the world and of its pictures
    /// @param population what the world is drawn from
    /// @param choices of each person who is learned from
    /// @param unseenPeople who are asked
    /// @param images in the catalogue that people choose from
    /// @param heldOutImages of attribute combinations that none of these shows, for unseen people
    public Town(long seed, Population population, int choices, int unseenPeople, int images, int heldOutImages) {
        this.choices = choices;
        this.unseenPeople = unseenPeople;
        this.world = World.of(seed, population);
        this.catalogue = Catalogue.of(seed, images, false);
        this.heldOut = Catalogue.of(seed, heldOutImages, true);
    }

    /// @return the world that everybody lives in
    public World world() {
        return world;
    }

    /// @return the pictures that people who are learned from choose between
    public Catalogue catalogue() {
        return catalogue;
    }

    /// @return pictures of held-out combinations, for unseen people
    public Catalogue heldOut() {
        return heldOut;
    }

    /// @return the unseen person `number`
    public SimulatedPerson unseen(int number) {
        return world.person(UNSEEN + number, PilotScale.HISTORY + PilotScale.TARGETS);
    }

    /// @return the choices of person `number`, oldest first
    public List<Choice> choices(int number) {
        return world.person(number, choices).choose(catalogue);
    }

    /// @return what each unseen person chose before, and what they are asked about; all on
    ///   held-out combinations
    public List<Trial> trials() {
        return trials(PilotScale.HISTORY);
    }

    /// The same people with more of their past: targets and the latest [PilotScale#HISTORY] choices are those of
    /// [#trials()].
    ///
    /// @param history choices that are known of each, at least as many as that
    public List<Trial> trials(int history) {
        List<Trial> recent = Trial.of(world, heldOut, UNSEEN, unseenPeople, PilotScale.HISTORY, PilotScale.TARGETS);
        return IntStream.range(0, unseenPeople)
                .mapToObj(number ->
                        recent.get(number).after(unseen(number).before(heldOut, history - PilotScale.HISTORY)))
                .toList();
    }

    /// @param pictures of any catalogue
    /// @return what people think of each on average, by number, in log-odds
    public double[] appeal(Catalogue pictures) {
        return IntStream.range(0, pictures.size())
                .mapToDouble(number -> world.popularity(pictures.scene(number)))
                .toArray();
    }
}
