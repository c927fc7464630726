package dev.konomi.train.network.sequence;

import static org.bytedeco.pytorch.global.torch.clip_grad_norm_;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import dev.konomi.history.HistoryItem;
import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// Trains the model in sequence in two stages: decoder and connector, then, with these frozen, preference tokens alone
/// (Mo et al., arXiv 2508.08220).
///
/// Unlike the published code every point of a history is supervised, against observations after it and never
/// before: the target alone teaches a model from scratch nothing. Runs on one thread; a seed decides everything.
public final class SequenceTraining {
    private static final double CLIP = 1;
    private static final double WARM_UP = 0.04;

    private final Dataset data;
    private final SequencePlan plan;
    private final Steps steps;
    private final SplittableRandom random;
    private final List<Person> people;

    /// Hears of every step.
    @FunctionalInterface
    public interface Steps {
        /// @param stage 1 or 2
        /// @param step from 1
        /// @param of how many steps the stage has
        /// @param loss of this step
        void done(int stage, int step, int of, double loss);
    }

    private SequenceTraining(Dataset data, SequencePlan plan, Steps steps) {
        this.data = data;
        this.plan = plan;
        this.steps = steps;
        random = new SplittableRandom(plan.seed());
        people = data.people().stream()
                .filter(person -> person.observations().size() > 1)
                .toList();
        if (people.isEmpty()) {
            throw new IllegalArgumentException("None of " + data.people().size()
                    + " people has two observations or more: there is nothing to predict from anything.");
        }
    }

    /// @param data the training people's observations
    /// @param plan what to do
    /// @param steps hears of every step
    /// @return the trained model
    /// @throws IllegalArgumentException when nobody has two observations, or the widths differ
    public static TrainedSequence run(Dataset data, SequencePlan plan, Steps steps) {
        if (data.width() != plan.config().encodingWidth()) {
            throw new IllegalArgumentException("The plan is for encodings of width "
                    + plan.config().encodingWidth() + ", the data set has " + data.width() + ".");
        }
        return new SequenceTraining(data, plan, steps).run();
    }

    private TrainedSequence run() {
        set_num_threads(1);
        try (var scope = new PointerScope()) {
            var network = new SequenceNetwork(plan.config(), plan.seed());
            Tensor encodings = PrincipalComponents.matrix(data.items(), data.width());
            whiten(network, encodings);
            Tensor whitened = network.whitened(encodings);
            SortedMap<String, Double> metrics = new TreeMap<>();
            metrics.put("loss.decoder", stage(1, network, whitened));
            if (plan.tokenSteps() > 0 && plan.config().selected() > 0) {
                metrics.put("loss.tokens", stage(2, network, whitened));
            }
            return new TrainedSequence(trainedConfig(), network.weights(), metrics);
        }
    }

    /// Tokens that never learnt would only be in the way.
    private SequenceConfig trainedConfig() {
        SequenceConfig config = plan.config();
        return plan.tokenSteps() > 0
                ? config
                : new SequenceConfig(
                        config.decoder(),
                        config.encodingWidth(),
                        config.whitened(),
                        config.tokens(),
                        0,
                        config.keyWidth(),
                        config.placement());
    }

    private void whiten(SequenceNetwork network, Tensor encodings) {
        var used = new BitSet();
        for (Person person : people) {
            for (HistoryItem item : items(person.observations())) {
                used.set(item.item());
            }
        }
        for (int modality = 0; modality < 2; modality++) {
            int here = modality;
            long[] rows = used.stream()
                    .filter(item -> token(data.items().get(item), here))
                    .mapToLong(item -> item)
                    .toArray();
            if (rows.length > 1) {
                var components = PrincipalComponents.of(
                        encodings.select(1, modality), rows, plan.config().whitened());
                network.whiten(modality, components.mean(), components.map());
            }
        }
    }

    private static boolean token(Encoding encoding, int modality) {
        return (modality == 0 ? encoding.image() : encoding.text()) != null;
    }

    private static List<HistoryItem> items(List<Observation> observations) {
        List<HistoryItem> items = new ArrayList<>();
        for (Observation observation : observations) {
            items.addAll(HistoryItem.of(List.of(observation)));
        }
        return items;
    }

    /// @return mean loss of the last tenth of the stage
    private double stage(int stage, SequenceNetwork network, Tensor whitened) {
        int count = stage == 1 ? plan.decoderSteps() : plan.tokenSteps();
        double peak = stage == 1 ? plan.learningRate() : plan.tokenLearningRate();
        TensorVector learning = stage == 1 ? network.trainDecoder() : network.trainTokens();
        var options = new AdamWOptions(peak);
        options.weight_decay().put(plan.weightDecay());
        var optimizer = new AdamW(learning, options);
        double tail = 0;
        int tailSteps = Math.max(1, count / 10);
        for (int step = 1; step <= count; step++) {
            optimizer.param_groups().get(0).options().set_lr(peak * schedule(step, count));
            double loss = step(stage == 2, network, whitened, learning, optimizer);
            if (step > count - tailSteps) {
                tail += loss / tailSteps;
            }
            steps.done(stage, step, count, loss);
        }
        network.freeze();
        return tail;
    }

    private static double schedule(int step, int of) {
        double done = (double) step / of;
        return done < WARM_UP ? done / WARM_UP : 0.5 + 0.5 * Math.cos(Math.PI * (done - WARM_UP) / (1 - WARM_UP));
    }

    private double step(
            boolean withTokens, SequenceNetwork network, Tensor whitened, TensorVector learning, AdamW optimizer) {
        List<Target> targets = new ArrayList<>();
        SequenceBatch batch = draw(withTokens, targets);
        try (var scope = new PointerScope()) {
            optimizer.zero_grad();
            SequenceNetwork.Answers answers = network.forward(whitened, batch, withTokens);
            Tensor loss = SequenceLoss.of(answers.logits(), targets, plan.contrastive());
            var activated = answers.activated();
            if (activated != null) {
                loss = SequenceLoss.withPool(loss, activated, plan.pull(), plan.balance());
            }
            loss.backward();
            clip_grad_norm_(learning, CLIP);
            optimizer.step();
            return loss.item_float();
        }
    }

    /// What a question's answer should have been.
    ///
    /// @param chosen index of the question about the item that was liked, or −1
    /// @param rejected index of the question about the item that was not, or −1
    /// @param weight of the observation
    record Target(int chosen, int rejected, float weight) {}

    private SequenceBatch draw(boolean withTokens, List<Target> targets) {
        SequenceConfig config = plan.config();
        boolean prefixed = withTokens && config.placement() == SequenceConfig.Placement.PREFIX;
        List<SequenceBatch.Sequence> sequences = new ArrayList<>();
        int questions = 0;
        for (int i = 0; i < plan.people(); i++) {
            List<Observation> observations = sample(people.get(random.nextInt(people.size())));
            int longest = Math.min(plan.observations(), observations.size() - 1);
            // Tokens before the history make one point of it a sequence of its own.
            int from = prefixed ? random.nextInt(longest + 1) : 0;
            int to = prefixed ? from : longest;
            List<HistoryItem> history = HistoryItem.of(observations.subList(0, to));
            List<SequenceBatch.Block> blocks = new ArrayList<>();
            int items = HistoryItem.of(observations.subList(0, from)).size();
            for (int prefix = from; prefix <= to; prefix++) {
                List<SequenceBatch.Question> asked = new ArrayList<>();
                for (int target = 0; target < plan.targets(); target++) {
                    Observation later = observations.get(random.nextInt(prefix, observations.size()));
                    targets.add(ask(later, now(observations, prefix, later), asked, questions));
                }
                questions += asked.size();
                blocks.add(new SequenceBatch.Block(items, asked));
                items += HistoryItem.count(observations.get(prefix));
            }
            sequences.add(new SequenceBatch.Sequence(history, blocks));
        }
        return SequenceBatch.of(sequences, withTokens ? config.selected() : 0, config.placement(), this::presence);
    }

    private static Target ask(Observation target, int now, List<SequenceBatch.Question> asked, int before) {
        int next = before + asked.size();
        return switch (target) {
            case Observation.Choice choice -> {
                asked.add(new SequenceBatch.Question(choice.chosen(), now));
                asked.add(new SequenceBatch.Question(choice.rejected(), now));
                yield new Target(next, next + 1, choice.weight());
            }
            case Observation.Opinion opinion -> {
                asked.add(new SequenceBatch.Question(opinion.item(), now));
                yield opinion.liked() ? new Target(next, -1, opinion.weight()) : new Target(-1, next, opinion.weight());
            }
        };
    }

    /// Half of the questions do not say when they are asked: not everyone who asks will.
    private int now(List<Observation> observations, int prefix, Observation target) {
        return prefix == 0 || random.nextBoolean()
                ? 0
                : HistoryItem.bucket(target.at() - observations.get(prefix - 1).at());
    }

    /// Some of a person's observations, in order: a history's points differ from step to step, time never runs back.
    private List<Observation> sample(Person person) {
        List<Observation> all = person.observations();
        int wanted = Math.min(all.size(), 2 * plan.observations());
        List<Observation> chosen = new ArrayList<>(wanted);
        for (int i = 0; i < all.size(); i++) {
            if (random.nextInt(all.size() - i) < wanted - chosen.size()) {
                chosen.add(all.get(i));
            }
        }
        return chosen;
    }

    private float[] presence(int item) {
        Encoding encoding = data.items().get(item);
        float[] present = {token(encoding, 0) ? 1 : 0, token(encoding, 1) ? 1 : 0};
        double draw = random.nextDouble();
        if (present[0] + present[1] == 2 && draw < 2 * plan.drop()) {
            present[draw < plan.drop() ? 0 : 1] = 0;
        }
        return present;
    }
}
