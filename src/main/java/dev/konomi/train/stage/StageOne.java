package dev.konomi.train.stage;

import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.stage.Adam.Rate;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/// Stage one: connector, the person's own taste, scales of evidence and how often tastes
/// change, by `L = L_base + λ L_CP`, every prefix of a history against every later observation.
/// What the token fit has found in items and groups stays: trained on in this stage too, it
/// learns the training catalogue by heart and loses what it knew about unseen items.
final class StageOne {
    static final String STAGE = "stage-one";
    static final int PEOPLE = 64;
    static final int OBSERVATIONS = 24;
    static final int HISTORY = 16;
    private static final int CENTER_EVERY = 100;

    private static final Map<Part, Rate> RATES =
            Map.of(Part.CONNECTOR, new Rate(3e-4, 0), Part.QUERY, new Rate(3e-3, 0), Part.OWN, new Rate(2e-2, 0));

    /// Without a token fit nothing has been found yet that could be lost.
    private static final Map<Part, Rate> RATES_FROM_NOTHING = Map.of(
            Part.CONNECTOR,
            new Rate(3e-4, 0),
            Part.QUERY,
            new Rate(3e-3, 0),
            Part.OWN,
            new Rate(2e-2, 0),
            Part.APPEAL,
            new Rate(1e-2, 0),
            Part.TOKENS,
            new Rate(1e-2, 0),
            Part.TOWER,
            new Rate(3e-3, 0));

    /// Time constant of the running average of weights, in steps.
    static final double AVERAGING = 50;

    private StageOne() {}

    static void run(
            PreferenceNetwork network,
            ItemTable items,
            Drawing drawing,
            TrainingPlan plan,
            double baseRate,
            Loop.Folder folder) {
        int[] prefixes = prefixes(plan);
        new Loop(STAGE, plan.stageOneSteps(), 0.04, AVERAGING, folder)
                .run(network.parameters(), optimizer(network, plan), (step, random) -> {
                    if (step % CENTER_EVERY == 0) {
                        network.center(items);
                    }
                    Batch whole = drawing.draw(random, PEOPLE, OBSERVATIONS, HISTORY, prefixes);
                    Batch batch = folder.peers().share(whole);
                    return loss(network, items, batch, plan, random, baseRate)
                            .mul(folder.peers().part(batch, whole, plan.dense()));
                });
        network.center(items);
    }

    static int[] prefixes(TrainingPlan plan) {
        return plan.dense() ? Drawing.prefixes(HISTORY) : new int[] {HISTORY};
    }

    static Adam optimizer(PreferenceNetwork network, TrainingPlan plan) {
        return new Adam(network.parameters().all(), plan.tokenSteps() == 0 ? RATES_FROM_NOTHING : RATES);
    }

    static Tensor loss(
            PreferenceNetwork network,
            ItemTable items,
            Batch batch,
            TrainingPlan plan,
            SplittableRandom random,
            double baseRate) {
        Forward forward = Forward.of(network, items, batch, plan.modalityDropout(), random);
        return PreferenceLoss.of(forward, batch, plan.base(), plan.contrast(), plan.dense(), baseRate);
    }
}
