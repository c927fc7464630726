package dev.konomi.train.stage;

import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/// Judges a network on people that it was not trained on, each after the first 0, 1, 2, 4, 8 and 16 observations.
///
/// @param people kept for validation
/// @param items the training catalogue
/// @param baseRate log-odds of a like among training opinions
record Validation(List<Person> people, ItemTable items, double baseRate) {
    private static final int[] PREFIXES = {0, 1, 2, 4, 8, 16};
    private static final int HISTORY = 16;
    private static final int LONGEST = 48;
    private static final int AT_ONCE = 200;

    /// What a network did on validation people.
    ///
    /// @param loss calibrated negative log-likelihood of a prediction, in nats, mean over the history lengths
    /// @param accuracy share of observations predicted right, mean over the history lengths
    /// @param byLength accuracy after 0, 1, 2, 4, 8 and 16 observations
    /// @param temperature that makes the probabilities honest
    /// @param byPerson the loss of each person of whom there is something to predict
    record Judgement(double loss, double accuracy, double[] byLength, double temperature, double[] byPerson) {
        /// Likelihood decides: it tells two networks apart with far fewer people than accuracy.
        boolean betterThan(Judgement other) {
            return loss < other.loss;
        }

        /// By two standard errors of the paired difference over people: of two models, the simpler
        /// one stands until the other one's people show more than chance.
        ///
        /// @param other what the same people came to
        boolean clearlyBetterThan(Judgement other) {
            double[] gains = new double[byPerson.length];
            Arrays.setAll(gains, person -> other.byPerson[person] - byPerson[person]);
            double mean = Arrays.stream(gains).average().orElse(0);
            double squares = Arrays.stream(gains)
                    .map(gain -> (gain - mean) * (gain - mean))
                    .sum();
            return gains.length > 1 && mean > 2 * Math.sqrt(squares / (gains.length - 1) / gains.length);
        }
    }

    /// @param offsets `o_z` of every item
    Judgement judge(PreferenceNetwork network, float[] offsets) {
        List<Double> margins = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        List<Integer> asked = new ArrayList<>();
        double[] right = new double[PREFIXES.length];
        double[] mass = new double[PREFIXES.length];
        for (int from = 0; from < people.size(); from += AT_ONCE) {
            List<Person> some = people.subList(from, Math.min(people.size(), from + AT_ONCE));
            Batch batch = Batch.ofPeople(some, LONGEST, HISTORY, PREFIXES, items.meanItem());
            float[] margin = margins(network, offsets, batch);
            float[] target = batch.targets(true);
            for (int i = 0; i < target.length; i++) {
                if (target[i] > 0) {
                    int at = i / (PREFIXES.length * LONGEST) * LONGEST + i % LONGEST;
                    int q = i / LONGEST % PREFIXES.length;
                    double value = margin[i] + batch.liked()[at] * baseRate;
                    margins.add(value);
                    asked.add(from + at / LONGEST);
                    weights.add((double) target[i] * some.size());
                    right[q] += target[i] * some.size() * (value > 0 ? 1 : value < 0 ? 0 : 0.5);
                    mass[q] += target[i] * some.size();
                }
            }
        }
        if (margins.isEmpty()) {
            throw new IllegalStateException("No validation person has an observation to predict.");
        }
        Calibration calibration = Calibration.of(array(margins), array(weights));
        double accuracy = 0;
        int lengths = 0;
        for (int q = 0; q < PREFIXES.length; q++) {
            if (mass[q] > 0) {
                right[q] /= mass[q];
                accuracy += right[q];
                lengths++;
            }
        }
        return new Judgement(
                calibration.loss(),
                accuracy / lengths,
                right,
                calibration.temperature(),
                byPerson(asked, margins, weights, calibration.temperature()));
    }

    private double[] byPerson(List<Integer> asked, List<Double> margins, List<Double> weights, double temperature) {
        double[] loss = new double[people.size()];
        double[] mass = new double[people.size()];
        for (int i = 0; i < margins.size(); i++) {
            int person = asked.get(i);
            loss[person] += weights.get(i) * Calibration.loss(margins.get(i) / temperature);
            mass[person] += weights.get(i);
        }
        return IntStream.range(0, loss.length)
                .filter(person -> mass[person] > 0)
                .mapToDouble(person -> loss[person] / mass[person])
                .toArray();
    }

    private float[] margins(PreferenceNetwork network, float[] offsets, Batch batch) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            return Tensors.floats(
                    Forward.of(network, items, offsets, batch, 0, null).margin());
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
