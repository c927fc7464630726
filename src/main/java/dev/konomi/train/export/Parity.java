package dev.konomi.train.export;

import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.SequenceItems;
import dev.konomi.taste.SequenceModel;
import dev.konomi.taste.TasteModel;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.evaluate.Ranker;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.stage.TrainedModel;
import dev.konomi.train.stage.TrainedSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Whether what is served computes what was trained.
public final class Parity {
    /// The largest difference of scores that a release may have; the project aims at a tenth of it.
    public static final double TOLERANCE = 1e-4;

    private static final int PEOPLE = 24;
    /// The trainer reads one history at a time in sequence, which takes longer.
    private static final int PEOPLE_IN_SEQUENCE = 6;

    private static final int OBSERVATIONS = 40;

    /// Items of the catalogue that are scored besides those of histories.
    private static final int CANDIDATES = 32;

    /// A person's items in three versions: as they are, without text, without image.
    private static final int VERSIONS = 3;

    /// Candidates of each history that the head in sequence scores.
    private static final int IN_SEQUENCE = 8;

    /// When candidates are asked about, in milliseconds since the last event; −1 does not say.
    private static final long[] SINCE_LAST = {-1, 60_000, 86_400_000};

    private final Dataset data;
    private final Map<Integer, Integer> places = new LinkedHashMap<>();
    private final List<Encoding> items = new ArrayList<>();

    private Parity(Dataset data) {
        this.data = data;
    }

    /// Compares scores of a sample of people, each after the first 0, 1, 2, 3, 4, 8, 16, … of their observations, as
    /// choices, as opinions and mixed, of and among items with both modalities and with one of them missing.
    ///
    /// @param trained a trained model
    /// @param served the same model, exported and loaded
    /// @param sample people over items that the model's encoder has encoded; up to 24 of them are looked at
    /// @return the largest absolute difference of two scores; not a number when a score is none
    public static double difference(TrainedModel trained, TasteModel served, Dataset sample) {
        var parity = new Parity(sample);
        List<List<Observation>> histories = parity.histories(PEOPLE);
        int catalogue = sample.items().size();
        for (int i = 0; i < catalogue; i += 1 + catalogue / CANDIDATES) {
            parity.place(i, 0);
        }
        return parity.difference(trained, served, histories);
    }

    /// Compares both logits of the head in sequence, after the same histories, once from a person's kept state and
    /// once in one pass.
    ///
    /// @param trained a trained head in sequence
    /// @param served the same head, exported and loaded
    /// @param sample people over items that the head's encoder has encoded; up to 6 of them are looked at
    /// @return the largest absolute difference of two logits; not a number when a logit is none
    public static double difference(TrainedSequence trained, SequenceModel served, Dataset sample) {
        var parity = new Parity(sample);
        List<List<Observation>> histories = parity.histories(PEOPLE_IN_SEQUENCE);
        SequenceItems tokens = served.items(parity.items);
        double largest = 0;
        for (int h = 0; h < histories.size(); h++) {
            List<Observation> history = histories.get(h);
            int[] candidates = parity.candidates(h);
            long sinceLast = SINCE_LAST[h % SINCE_LAST.length];
            float[][] expected = trained.logits(parity.items, history, sinceLast, candidates);
            largest = Math.max(largest, difference(expected, served.logits(1, tokens, history, sinceLast, candidates)));
            largest = Math.max(
                    largest, difference(expected, served.logitsInOnePass(tokens, history, sinceLast, candidates)));
        }
        return largest;
    }

    private static double difference(float[][] expected, SequenceModel.Logits found) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(found.disliked()[i] - expected[i][SequenceNetwork.DISLIKED]));
            largest = Math.max(largest, Math.abs(found.liked()[i] - expected[i][SequenceNetwork.LIKED]));
        }
        return largest;
    }

    /// @return a few of the sample's items, others for each history
    private int[] candidates(int history) {
        return IntStream.range(0, Math.min(IN_SEQUENCE, items.size()))
                .map(i -> (history + i * (1 + items.size() / IN_SEQUENCE)) % items.size())
                .toArray();
    }

    private double difference(TrainedModel trained, TasteModel served, List<List<Observation>> histories) {
        int[] candidates = IntStream.range(0, items.size()).toArray();
        float[] offsets = new float[items.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (i % 7 - 3) / 10f;
        }
        Ranker reference = trained.ranker(new Dataset(data.encoderDigest(), data.width(), items, List.of()), offsets);
        ItemVectors vectors = served.items(items);
        ItemVectors known = vectors.with(offsets);
        double largest = 0;
        for (List<Observation> history : histories) {
            double[] expected = reference.score(history, candidates);
            float[] found = served.scores(served.taste(known, history), vectors, offsets);
            for (int i = 0; i < found.length; i++) {
                largest = Math.max(largest, Math.abs(found[i] - expected[i]));
            }
        }
        return largest;
    }

    private List<List<Observation>> histories(int most) {
        List<Person> people = data.people();
        List<List<Observation>> histories = new ArrayList<>();
        histories.add(List.of());
        int step = Math.max(1, people.size() / most);
        for (int p = 0; p < people.size() && p / step < most; p += step) {
            List<Observation> all = people.get(p).observations();
            List<Observation> varied = new ArrayList<>();
            for (int i = 0; i < Math.min(OBSERVATIONS, all.size()); i++) {
                varied.add(varied(all.get(i), p / step, i));
            }
            for (int length = 1; length < varied.size(); length = length < 4 ? length + 1 : 2 * length) {
                histories.add(List.copyOf(varied.subList(0, length)));
            }
            histories.add(List.copyOf(varied));
        }
        return histories;
    }

    /// One person keeps what was observed, the next has opinions for choices, the third some of both.
    private Observation varied(Observation observation, int person, int i) {
        boolean turned = person % 3 == 1 || (person % 3 == 2 && i % 2 == 1);
        return switch (observation) {
            case Choice choice
            when turned ->
                new Opinion(
                        place(i % 4 < 2 ? choice.chosen() : choice.rejected(), i),
                        i % 4 < 2,
                        choice.weight(),
                        choice.at());
            case Choice choice ->
                new Choice(place(choice.chosen(), i), place(choice.rejected(), i + 1), choice.weight(), choice.at());
            case Opinion one -> new Opinion(place(one.item(), i), one.liked(), one.weight(), one.at());
        };
    }

    /// @return where an item stands in the sample, in the version that is due
    private int place(int item, int i) {
        int first = places.computeIfAbsent(item, added -> {
            Encoding encoding = data.items().get(added);
            float[] image = encoding.image();
            float[] text = encoding.text();
            items.add(encoding);
            items.add(image == null ? encoding : new Encoding(image, null));
            items.add(text == null ? encoding : new Encoding(null, text));
            return items.size() - VERSIONS;
        });
        return first + i % VERSIONS;
    }
}
