package dev.konomi.train.stage;

import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.QueryActivation;
import dev.konomi.train.stage.Adam.Rate;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Stage two: everything frozen but the tokens, as in the paper. Where they are activated by a query, a pull term
/// brings
/// keys to the people who use them and a balance term keeps tokens alive.
final class StageTwo {
    static final String STAGE = "stage-two";
    private static final double PULL = 0.01;
    private static final double BALANCE = 0.01;
    private static final Map<Part, Rate> RATES = Map.of(Part.TOKENS, new Rate(1e-3, 0), Part.QUERY, new Rate(1e-3, 0));

    private static final double AVERAGING = 50;

    private StageTwo() {}

    static void run(
            PreferenceNetwork network,
            ItemTable items,
            Drawing drawing,
            TrainingPlan plan,
            double baseRate,
            Loop.Folder folder) {
        var optimizer = new Adam(network.parameters().all(), RATES);
        int[] prefixes = plan.dense() ? Drawing.prefixes(StageOne.HISTORY) : new int[] {StageOne.HISTORY};
        new Loop(STAGE, plan.stageTwoSteps(), 0.04, AVERAGING, folder)
                .run(network.parameters(), optimizer, (step, random) -> {
                    Batch whole =
                            drawing.draw(random, StageOne.PEOPLE, StageOne.OBSERVATIONS, StageOne.HISTORY, prefixes);
                    Batch batch = folder.peers().share(whole);
                    Forward forward = Forward.of(network, items, batch, plan.modalityDropout(), random);
                    Tensor loss = PreferenceLoss.of(
                                    forward, batch, plan.base(), plan.contrast(), plan.dense(), baseRate)
                            .mul(folder.peers().part(batch, whole, plan.dense()));
                    return network.tokens().query().isPresent()
                            ? loss.add(auxiliary(network.tokens().query().get(), forward))
                            : loss;
                });
    }

    private static Tensor auxiliary(QueryActivation query, Forward forward) {
        return query.auxiliary(forward.evidence(), forward.inferred().activations(), PULL, BALANCE);
    }
}
