package dev.konomi.cli.study;

import dev.konomi.cli.measure.TrialProtocol;
import dev.konomi.cli.pilot.Town;
import dev.konomi.gallery.Trial;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// A world whose people can be learned from and asked: everything that its runs have in common.
///
/// @param key which world
/// @param town the people
/// @param trials what unseen people chose and are asked, all among `unseen` pictures
/// @param seen pictures that people who are learned from chose between
/// @param unseen pictures of combinations that none of the seen ones shows
record PreparedWorld(WorldKey key, Town town, List<Trial> trials, EncodedCatalogue seen, EncodedCatalogue unseen) {
    /// Choices of each person who is learned from.
    static final int CHOICES = 40;

    /// Pictures that they choose between.
    static final int PICTURES = 3_000;

    /// When everybody made their last choice.
    static final Instant LAST = Instant.parse("2026-01-01T00:00:00Z");

    /// Samples of the ideal observer.
    static final int IDEAL_SAMPLES = 1_024;

    private static final int UNSEEN_PEOPLE = 1_000;

    /// Of so many a tenth chooses weights, see [dev.konomi.train.evaluate.baseline.Baselines].
    private static final int OTHERS = 4_000;

    private static final int UNSEEN_PICTURES = 1_000;

    /// @param pictures paints and encodes what is not kept yet
    static PreparedWorld of(WorldKey key, PictureEncodings pictures) {
        Town town = new Town(key.seed(), key.society().population(), CHOICES, UNSEEN_PEOPLE, PICTURES, UNSEEN_PICTURES);
        List<EncodedCatalogue> encoded = pictures.of(key.seed(), List.of(town.catalogue(), town.heldOut()));
        return new PreparedWorld(key, town, town.trials(Curve.LONGEST), encoded.getFirst(), encoded.getLast());
    }

    /// @param inputs what is told of pictures
    /// @param people how many are learned from
    /// @return their choices
    Dataset training(Inputs inputs, int people) {
        return choices(inputs, IntStream.range(0, people));
    }

    /// @param inputs what is told of pictures
    /// @param people how many are learned from
    /// @return others from the same population, whom nothing is fitted to
    Dataset others(Inputs inputs, int people) {
        return choices(inputs, IntStream.range(people, people + OTHERS));
    }

    private Dataset choices(Inputs inputs, IntStream numbers) {
        return seen.dataset(
                inputs,
                numbers.mapToObj(i -> new Person(i, TrialProtocol.history(town.choices(i), CHOICES, LAST)))
                        .toList());
    }

    /// @param inputs what is told of pictures
    /// @return pictures that trials are about, without people
    Dataset asked(Inputs inputs) {
        return unseen.dataset(inputs, List.of());
    }
}
