package dev.konomi.cli.measure;

import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Contrasts;
import dev.konomi.gallery.IdealObserver;
import dev.konomi.gallery.Panel;
import dev.konomi.gallery.Predictions;
import dev.konomi.gallery.SimulatedPerson;
import dev.konomi.gallery.Trial;
import dev.konomi.gallery.World;
import dev.konomi.train.evaluate.Reliability;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// All that a release is measured by, prepared before there is one: who is asked what, and what
/// the ideal observer says.
public final class Measurement {
    /// Panel people's seeds lie far from those of anybody else.
    public static final long PANEL = 2_000_000_000L;

    /// Pairs of each attribute that a person is asked about.
    private static final int EACH = 4;

    private final World world;
    private final Catalogue heldOut;
    private final Contrasts contrasts;
    private final Panel panel;
    private final List<Trial> trials;
    private final List<Trial> twins;
    private final int length;
    private final IntFunction<SimulatedPerson> people;

    /// How much is asked.
    ///
    /// @param scenes pictures that twins are painted of; five pictures each
    /// @param one people with one interest
    /// @param two people with two
    public record Scale(int scenes, int one, int two) {
        /// What figures are judged at.
        public static final Scale FULL = new Scale(60, 300, 150);

        /// Everything happens, no figure is judged.
        public static final Scale QUICK = new Scale(16, 100, 40);
    }

    /// What the ideal observer said.
    ///
    /// @param twins about twins, with no history and with the trials'
    /// @param one of panel people with one interest
    /// @param two of those with two
    public record Ideal(Predictions twins, Predictions one, Predictions two) {}

    /// @param world whose people are asked
    /// @param heldOut pictures that no training picture shows
    /// @param trials of unseen people over these pictures, all with as long a history
    /// @param people the same people, with 16 choices or more after the history
    /// @param seed of twins
    public Measurement(
            World world,
            Catalogue heldOut,
            List<Trial> trials,
            IntFunction<SimulatedPerson> people,
            long seed,
            Scale scale) {
        this.world = world;
        this.heldOut = heldOut;
        this.trials = List.copyOf(trials);
        this.length = trials.getFirst().history().size();
        this.people = people;
        this.contrasts = Contrasts.beside(heldOut, seed, scale.scenes());
        this.twins = IntStream.range(0, trials.size())
                .mapToObj(i -> contrasts.ask(people.apply(i), trials.get(i), i, EACH))
                .toList();
        this.panel = Panel.of(world, heldOut, PANEL, scale.one(), scale.two(), Groups.LONGEST);
    }

    /// @return held-out pictures, and after them those that are painted for this alone
    public Catalogue pictures() {
        return contrasts.catalogue();
    }

    /// Asks the ideal observer; takes seconds, and no release.
    public Ideal observe() {
        IdealObserver observer = new IdealObserver(world);
        int[] lengths = Groups.LENGTHS.stream().mapToInt(Integer::intValue).toArray();
        return new Ideal(
                observer.observe(twins, new int[] {0, length}, 1),
                observer.observe(panel.one().stream().map(Panel.Member::trial).toList(), lengths, 1),
                observer.observe(
                        panel.two().stream().map(Panel.Member::trial).toList(), new int[] {0, Groups.TWO_HISTORY}, 1));
    }

    /// @param subject a release over [#pictures()]
    /// @param ideal from [#observe()]
    /// @param last when everybody made their last choice
    public Measures measure(Subject subject, Ideal ideal, Instant last) {
        return new Measures(
                Reliability.of(TrialProtocol.of(trials, last).ask(subject.ranker(), length)),
                Groups.of(world, panel, subject, ideal.one(), ideal.two(), last),
                Differences.of(
                        twins, TrialProtocol.of(twins, last).ask(subject.ranker(), length), ideal.twins(), length),
                Reasons.of(panel.one(), heldOut, subject, last),
                Intervals.of(trials, people, contrasts.catalogue(), subject, last));
    }
}
