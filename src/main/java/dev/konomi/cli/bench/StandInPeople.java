package dev.konomi.cli.bench;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// People who choose at random between items of random encodings: what training and serving cost
/// does not depend on what people like.
///
/// @param items how many there are; at least two
/// @param people how many choose
/// @param choices of each of them, an hour apart
record StandInPeople(int items, int people, int choices) {
    private static final long SEED = 1;
    private static final long HOUR = 3_600_000;

    /// @param encoder digest of the encoder that the encodings claim to come from
    /// @param width of the encodings
    Dataset dataset(String encoder, int width) {
        var random = new SplittableRandom(SEED);
        List<Encoding> encodings = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            encodings.add(new Encoding(gaussian(random, width), gaussian(random, width)));
        }
        List<Person> everybody = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            List<Observation> observations = new ArrayList<>();
            for (int i = 0; i < choices; i++) {
                int chosen = random.nextInt(items);
                int rejected = (chosen + 1 + random.nextInt(items - 1)) % items;
                observations.add(new Choice(chosen, rejected, 1, i * HOUR));
            }
            everybody.add(new Person(person, observations));
        }
        return new Dataset(encoder, width, encodings, everybody);
    }

    private static float[] gaussian(SplittableRandom random, int width) {
        float[] token = new float[width];
        for (int i = 0; i < width; i++) {
            token[i] = (float) random.nextGaussian();
        }
        return token;
    }
}
