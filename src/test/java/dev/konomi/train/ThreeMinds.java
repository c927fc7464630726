package dev.konomi.train;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.DatabaseDataset;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What a database would tell of people of three minds, without one.
final class ThreeMinds {
    private ThreeMinds() {}

    /// People of three minds, who choose between points.
    static DatabaseDataset town(int people, int choices, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int items = 40;
        List<Encoding> encodings = new ArrayList<>();
        List<String> digests = new ArrayList<>();
        List<DatabaseDataset.Words> words = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            float[] point = new float[SmallTown.WIDTH];
            for (int k = 0; k < point.length; k++) {
                point[k] = (float) random.nextGaussian();
            }
            encodings.add(new Encoding(i % 3 == 0 ? null : point, point));
            digests.add("%064x".formatted(i));
            words.add(new DatabaseDataset.Words("picture " + i, List.of()));
        }
        List<Person> all = new ArrayList<>();
        for (int p = 0; p < people; p++) {
            int axis = 1 + 2 * (p % 3);
            List<Observation> observations = new ArrayList<>();
            for (int c = 0; c < choices; c++) {
                int a = random.nextInt(items);
                int b = (a + 1 + random.nextInt(items - 1)) % items;
                double margin = 3 * (score(encodings.get(a), axis) - score(encodings.get(b), axis));
                boolean first = random.nextDouble() < 1 / (1 + Math.exp(-margin));
                observations.add(new Choice(first ? a : b, first ? b : a, 1, c * 3_600_000L));
            }
            all.add(new Person(p, observations));
        }
        Dataset dataset = new Dataset("points", SmallTown.WIDTH, encodings, all);
        return new DatabaseDataset(dataset, digests, words, (long) people * choices, "town-" + seed + people, 0);
    }

    private static double score(Encoding encoding, int axis) {
        float[] point = encoding.text();
        return point == null ? 0 : point[axis] - point[axis + 1];
    }
}
