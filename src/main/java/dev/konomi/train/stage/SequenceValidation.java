package dev.konomi.train.stage;

import dev.konomi.history.HistoryItem;
import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.sequence.SequenceBatch;
import dev.konomi.train.network.sequence.SequenceBatch.Block;
import dev.konomi.train.network.sequence.SequenceBatch.Question;
import dev.konomi.train.network.sequence.SequenceBatch.Sequence;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.stage.SequenceDrawing.Asking;
import dev.konomi.train.stage.SequenceDrawing.Target;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// Judges the head in sequence on people that it was not trained on: their observations after the
/// eighth, predicted from the last 0, 1, 2, 4 and 8 before.
///
/// @param people kept for validation
/// @param items the data set's
/// @param whitened `[items, 2, D]`
record SequenceValidation(List<Person> people, List<Encoding> items, Tensor whitened) {
    static final List<Integer> LENGTHS = List.of(0, 1, 2, 4, 8);
    private static final int HISTORY = 8;
    private static final int MOST_TARGETS = 8;
    private static final int AT_ONCE = 40;

    /// What a network did on validation people.
    ///
    /// @param loss calibrated negative log-likelihood of a prediction, in nats, mean over history
    ///     lengths
    /// @param temperature that makes the probabilities honest
    /// @param accuracy share of observations predicted right, by history length
    record Judgement(double loss, double temperature, double[] accuracy) {}

    /// @param withTokens whether preference tokens stand in the sequences
    Judgement judge(SequenceNetwork network, boolean withTokens) {
        List<Double> margins = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        double[] accuracy = new double[LENGTHS.size()];
        for (int q = 0; q < accuracy.length; q++) {
            double right = 0;
            double mass = 0;
            for (int from = 0; from < people.size(); from += AT_ONCE) {
                List<Person> some = people.subList(from, Math.min(people.size(), from + AT_ONCE));
                Asking asking = new Asking();
                float[] logits = logits(network, some, LENGTHS.get(q), withTokens, asking);
                for (Target target : asking.targets) {
                    double margin = score(logits, target.chosen()) - score(logits, target.rejected());
                    margins.add(margin);
                    weights.add((double) target.weight());
                    right += target.weight() * (margin > 0 ? 1 : margin < 0 ? 0 : 0.5);
                    mass += target.weight();
                }
            }
            accuracy[q] = mass == 0 ? Double.NaN : right / mass;
        }
        if (margins.isEmpty()) {
            return new Judgement(Double.NaN, 1, accuracy);
        }
        Calibration calibration = Calibration.of(array(margins), array(weights));
        return new Judgement(calibration.loss(), calibration.temperature(), accuracy);
    }

    private float[] logits(SequenceNetwork network, List<Person> some, int length, boolean withTokens, Asking asking) {
        List<Sequence> sequences = new ArrayList<>();
        for (Person person : some) {
            List<Observation> all = person.observations();
            int end = Math.min(HISTORY, all.size() / 2);
            List<Question> questions = new ArrayList<>();
            for (Observation target : all.subList(end, Math.min(all.size(), end + MOST_TARGETS))) {
                asking.ask(target, 0, questions);
            }
            List<HistoryItem> history = HistoryItem.of(all.subList(Math.max(0, end - length), end));
            sequences.add(new Sequence(history, List.of(new Block(history.size(), questions))));
        }
        var config = network.config();
        SequenceBatch batch = SequenceBatch.of(
                sequences,
                withTokens ? config.selected() : 0,
                config.placement(),
                item -> SequenceDrawing.presence(items.get(item)));
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            return Tensors.floats(network.forward(whitened, batch, withTokens).logits());
        }
    }

    /// @return `s = logit₊ − logit₋`; 0 for what is not there: an opinion is a choice against
    ///     nothing in particular
    private static double score(float[] logits, int question) {
        return question < 0
                ? 0
                : logits[2 * question + SequenceNetwork.LIKED] - logits[2 * question + SequenceNetwork.DISLIKED];
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
