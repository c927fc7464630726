package dev.konomi.train.stage;

import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Whitening;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/// The recipe: split, whiten, fit tokens, keep those that are groups, stage one, stage two, choose.
public final class Training {
    private static final double BY_HEART = 0.002;

    /// What a class must explain of the people that it would if all classes explained as many: a
    /// smaller one is a handful of people who have been learned by heart. Such a token does not
    /// outlast a retraining, and nobody new is predicted better with it.
    private static final double LEAST_OF_EVEN_SHARE = 0.25;

    private Training() {}

    /// @param people training people over the training catalogue; nobody and nothing that is tested on
    /// @param plan what to train, how long
    /// @param checkpoints a folder; training goes on from what is in there
    /// @param progress told about each stage
    /// @return the best of the stages by validation people
    /// @throws IllegalArgumentException when there are fewer than two people with observations, or the checkpoints
    ///     belong to other data or another plan
    public static TrainedModel run(Dataset people, TrainingPlan plan, Path checkpoints, Progress progress) {
        return run(people, plan, checkpoints, progress, Peers.NONE);
    }

    /// The same in several processes at once, each with the same people and plan and a folder of its own. All of them
    /// end with the same model, which is that of one process: their number changes no more than the order in which
    /// gradients are added up.
    ///
    /// @param peers the processes
    public static TrainedModel run(
            Dataset people, TrainingPlan plan, Path checkpoints, Progress progress, Peers peers) {
        if (peers.count() > 1 && plan.network().activation() == ActivationKind.QUERY) {
            throw new IllegalArgumentException("Tokens that a query activates are balanced over a whole batch, which "
                    + "no process of " + peers.count() + " has: train in one process.");
        }
        torch.set_num_threads(plan.threads());
        Device device = plan.device().torch();
        Loop.Folder folder = new Loop.Folder(checkpoints, Fingerprint.of(people, plan), plan.seeds(), progress, peers);

        Split split = Split.of(people.people(), plan.validation(), plan.seeds().split());
        double baseRate = split.baseRate();
        Whitening whitening = Whitening.of(
                split.seen(people),
                people.width(),
                people.statistics(),
                plan.network().dimension());
        IntFunction<PreferenceNetwork> networks = tokens -> new PreferenceNetwork(
                plan.network().withTokens(tokens),
                whitening,
                people.width(),
                split.span(),
                plan.seeds().initial(),
                device);
        PreferenceNetwork pool = networks.apply(plan.network().tokens());
        ItemTable items = pool.connector().table(people.items(), device);
        Drawing drawing = new Drawing(split.training(), items.meanItem());

        LatentClasses found = TokenFit.run(pool, items, drawing, plan, baseRate, folder);
        double evenShare = (double) drawing.people().size() / found.size();
        LatentClasses classes = plan.tokenSteps() == 0 ? found : found.explaining(LEAST_OF_EVEN_SHARE * evenShare);
        PreferenceNetwork network = networks.apply(classes.size());
        classes.handOver(network);
        network.center(items);
        Candidates candidates = new Candidates(network, new Validation(split.validation(), items, baseRate));
        TrainedModel latentClasses = latentClasses(network, people, baseRate);
        boolean regressed = plan.tokenSteps() > 0
                && AppealRegression.suits(split.seen(people).size(), plan.network());
        if (regressed) {
            AppealRegression.run(network, people, split.training(), baseRate);
        }
        candidates.consider(TokenFit.STAGE, 0);

        StageOne.run(network, items, drawing, plan, baseRate, folder);
        candidates.consider(StageOne.STAGE, 0);

        StageTwo.run(network, items, drawing, plan, baseRate, folder);
        candidates.consider(StageTwo.STAGE, BY_HEART);

        return candidates.best(split.training(), people, latentClasses, baseRate, regressed);
    }

    /// The baseline of choice modelling: classes and their posterior, nothing of a person's own.
    private static TrainedModel latentClasses(PreferenceNetwork network, Dataset data, double baseRate) {
        PreferenceNetwork classes = network.withoutOwnTaste();
        return new TrainedModel(
                classes,
                new float[data.items().size()],
                LatentClasses.SCALE,
                null,
                baseRate,
                TokenFit.STAGE,
                Map.of(),
                null);
    }
}
