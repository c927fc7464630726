package dev.konomi.train.stage;

import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.Whitening;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.stage.Adam.Rate;
import dev.konomi.train.stage.SequenceValidation.Judgement;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Trains the head in sequence in two stages: decoder and connector, then, with these frozen,
/// preference tokens alone (Mo et al., arXiv 2508.08220).
///
/// Unlike the published code every point of a history is supervised, against observations after
/// it and never before: the target alone teaches a model from scratch nothing. Runs on one
/// thread; a seed decides everything.
public final class SequenceTraining {
    /// The first stage's name in progress and checkpoints.
    public static final String DECODER = "sequence-decoder";

    /// The second stage's name in progress and checkpoints.
    public static final String TOKENS = "sequence-tokens";

    private static final double WARM_UP = 0.04;

    private SequenceTraining() {}

    /// @param people training people over the training catalogue; nobody and nothing that is
    ///     tested on
    /// @param plan what to train, how long
    /// @param checkpoints a folder; training goes on from what is in there
    /// @param progress told about each stage
    /// @return the trained head
    /// @throws IllegalArgumentException when fewer than two people have observations, or the
    ///     widths differ, or the checkpoints belong to other data or another plan
    public static TrainedSequence run(Dataset people, SequencePlan plan, Path checkpoints, Progress progress) {
        return run(people, plan, TrainingPlan.Device.CPU, checkpoints, progress);
    }

    /// The same on a device of one's choice, which is no part of the plan: checkpoints go on
    /// anywhere.
    public static TrainedSequence run(
            Dataset people, SequencePlan plan, TrainingPlan.Device device, Path checkpoints, Progress progress) {
        requireWidth(people, plan);
        try (var scope = new PointerScope()) {
            Split split = split(people, plan);
            Whitening whitening = Whitening.of(
                    split.seen(people),
                    people.width(),
                    people.statistics(),
                    plan.config().dimension());
            var folder = new Loop.Folder(checkpoints, Fingerprint.of(people, plan), plan.seeds(), progress);
            return train(network(plan, whitening, device), device, split, people, plan, folder);
        }
    }

    /// The same from weights that were fitted beforehand, preference tokens apart; their statistics of items stay.
    ///
    /// @param prior what [#beforehand] gave, of the plan's sizes
    /// @throws IllegalArgumentException as above, or when the prior has other sizes
    public static TrainedSequence run(
            Dataset people, SequencePlan plan, TrainedSequence prior, Path checkpoints, Progress progress) {
        requireWidth(people, plan);
        try (var scope = new PointerScope()) {
            var network = network(plan, prior.whitening(), TrainingPlan.Device.CPU);
            prior.weights().forEach((name, values) -> {
                if (!name.startsWith("preference.")) {
                    network.parameters().set(name, values);
                }
            });
            var folder =
                    new Loop.Folder(checkpoints, Fingerprint.of(people, plan, prior.weights()), plan.seeds(), progress);
            return train(network, TrainingPlan.Device.CPU, split(people, plan), people, plan, folder);
        }
    }

    /// Prior fitting: connector and decoder learn, from people who are made up as they are asked for, how a history
    /// tells what somebody likes. Preference tokens are a tenant's groups and not learnt here.
    ///
    /// @param items what people choose between; the data set's own people are not looked at
    /// @param crowd over the items
    /// @param plan its first stage alone is trained
    /// @param checkpoints a folder; what is finished in there is not trained again
    /// @param progress told about the stage
    /// @return a head to start from
    /// @throws IllegalArgumentException when the widths differ, or the checkpoints belong to another plan or items
    public static TrainedSequence beforehand(
            Dataset items, Crowd crowd, SequencePlan plan, Path checkpoints, Progress progress) {
        requireWidth(items, plan);
        torch.set_num_threads(1);
        try (var scope = new PointerScope()) {
            Whitening whitening = Whitening.of(
                    items.items(),
                    items.width(),
                    items.statistics(),
                    plan.config().dimension());
            var network = network(plan, whitening, TrainingPlan.Device.CPU);
            var folder = new Loop.Folder(checkpoints, Fingerprint.of(items, plan), plan.seeds(), progress);
            Tensor whitened = network.whitened(items.items());
            decoder(
                    new SequencePass(network, whitened, false),
                    new SequenceDrawing(crowd, items.items(), plan),
                    folder);
            return TrainedSequence.of(network, plan.config().withSelected(0), 1, new TreeMap<>());
        }
    }

    private static void requireWidth(Dataset data, SequencePlan plan) {
        if (data.width() != plan.config().encodingWidth()) {
            throw new IllegalArgumentException("The plan is for encodings of width "
                    + plan.config().encodingWidth() + ", the data set has " + data.width() + ".");
        }
    }

    private static Split split(Dataset people, SequencePlan plan) {
        return Split.of(people.people(), plan.validation(), plan.seeds().split());
    }

    private static SequenceNetwork network(SequencePlan plan, Whitening whitening, TrainingPlan.Device device) {
        return new SequenceNetwork(plan.config(), whitening, plan.seeds().initial(), device.torch());
    }

    private static TrainedSequence train(
            SequenceNetwork network,
            TrainingPlan.Device device,
            Split split,
            Dataset people,
            SequencePlan plan,
            Loop.Folder folder) {
        torch.set_num_threads(1);
        try (var scope = new PointerScope()) {
            Tensor whitened = network.whitened(people.items());
            SequencePass pass = new SequencePass(network, whitened, device.mixed());
            SequenceDrawing drawing = new SequenceDrawing(Crowd.of(split.training()), people.items(), plan);
            var validation = new SequenceValidation(split.validation(), people.items(), whitened);
            SortedMap<String, Double> metrics = new TreeMap<>();

            decoder(pass, drawing, folder);
            Judgement judgement = judge(validation, network, false, DECODER, metrics);
            if (!learnsTokens(plan)) {
                return TrainedSequence.of(network, plan.config().withSelected(0), judgement.temperature(), metrics);
            }

            tokens(pass, drawing, folder);
            judgement = judge(validation, network, true, TOKENS, metrics);
            return TrainedSequence.of(network, plan.config(), judgement.temperature(), metrics);
        }
    }

    /// Tokens that never learnt would only be in the way.
    private static boolean learnsTokens(SequencePlan plan) {
        return plan.tokenSteps() > 0 && plan.config().selected() > 0;
    }

    private static void decoder(SequencePass pass, SequenceDrawing drawing, Loop.Folder folder) {
        SequencePlan plan = drawing.plan();
        new Loop(DECODER, plan.decoderSteps(), WARM_UP, 0, folder)
                .run(
                        pass.network().parameters(),
                        optimizer(pass.network(), plan),
                        (step, random) -> pass.loss(drawing.draw(step, random, false), plan));
    }

    /// @return what the first stage descends with
    static Adam optimizer(SequenceNetwork network, SequencePlan plan) {
        Rate rate = new Rate(plan.learningRate(), plan.weightDecay());
        return new Adam(network.parameters().all(), Map.of(Part.CONNECTOR, rate, Part.DECODER, rate));
    }

    private static void tokens(SequencePass pass, SequenceDrawing drawing, Loop.Folder folder) {
        SequencePlan plan = drawing.plan();
        Rate rate = new Rate(plan.tokenLearningRate(), 0);
        var parameters = pass.network().parameters();
        var optimizer = new Adam(parameters.all(), Map.of(Part.TOKENS, rate, Part.QUERY, rate));
        new Loop(TOKENS, plan.tokenSteps(), WARM_UP, 0, folder).run(parameters, optimizer, (step, random) -> {
            var drawn = drawing.draw(step, random, true);
            var answers = pass.answers(drawn.batch(), true);
            Tensor loss = SequenceLoss.of(answers.logits(), drawn.targets(), plan.contrast());
            var activated = answers.activated();
            return activated == null ? loss : SequenceLoss.withPool(loss, activated, plan.pull(), plan.balance());
        });
    }

    private static Judgement judge(
            SequenceValidation validation,
            SequenceNetwork network,
            boolean withTokens,
            String stage,
            SortedMap<String, Double> metrics) {
        Judgement judgement = validation.judge(network, withTokens);
        metrics.put("validation." + stage + ".loss", judgement.loss());
        for (int q = 0; q < SequenceValidation.LENGTHS.size(); q++) {
            metrics.put(
                    "validation." + stage + ".accuracy." + SequenceValidation.LENGTHS.get(q),
                    judgement.accuracy()[q]);
        }
        return judgement;
    }
}
