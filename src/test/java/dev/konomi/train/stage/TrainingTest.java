package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.network.Interactions;
import dev.konomi.train.network.NetworkSettings;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final Dataset PEOPLE = TwoGroups.people(1, 60, 24);

    @TempDir
    Path folder;

    @Test
    void theSameSeedsGiveTheSameParametersToTheLastBit() {
        TrainingPlan plan = TwoGroups.plan(5, 20, 15, 5);
        TrainedModel one = run(PEOPLE, plan, "one");
        TrainedModel two = run(PEOPLE, plan, "two");

        assertSame(one.values(), two.values());
        assertArrayEquals(one.offsets(), two.offsets());
        assertEquals(one.temperature(), two.temperature());
        TrainedModel other = run(PEOPLE, plan.withSeeds(Seeds.of(6)), "other");
        assertFalse(Arrays.equals(one.values("tokens.vectors"), other.values("tokens.vectors")));
    }

    @Test
    void trainingThatWasInterruptedGoesOnAsIfItHadNotBeen() {
        TrainingPlan plan = TwoGroups.plan(5, 20, 270, 5);
        TrainedModel whole = run(PEOPLE, plan, "whole");
        // after the checkpoint at 250 and before the stage's last one
        assertThrows(Interruption.class, () -> interrupted(plan, StageOne.STAGE, 260));
        TrainedModel resumed = run(PEOPLE, plan, "interrupted");

        assertSame(whole.values(), resumed.values());
        assertEquals(whole.metrics(), resumed.metrics());
        assertEquals(whole.temperature(), resumed.temperature());
    }

    @Test
    void withoutProductsQuadraticFormsStayZero() {
        TrainingPlan plan = TwoGroups.plan(5, 20, 15, 5);
        TrainedModel model = run(PEOPLE, plan.withNetwork(plan.network().withoutProducts()), "sums");

        assertTrue(allZero(model.values(Interactions.LEFT)) && allZero(model.values(Interactions.RIGHT)));
        assertFalse(allZero(run(PEOPLE, plan, "products").values(Interactions.LEFT)));
    }

    @Test
    void withoutTokensEverybodyLikesWhatGroupsLikeOnAverage() {
        TrainingPlan plan = TwoGroups.plan(5, 20, 0, 0);
        TrainedModel model = run(PEOPLE, plan.withNetwork(plan.network().with(ActivationKind.NONE)), "none");

        float[] appeal = model.values("tower.appeal");
        double shares = 0;
        for (int form = TwoGroups.WIDTH + 1; form < appeal.length; form++) {
            shares += appeal[form] / LatentClasses.SCALE;
        }
        assertEquals(1, shares, 1e-5);
    }

    @Test
    void ofAPoolOnlyTokensThatAreGroupsStay() {
        TrainingPlan plan = TwoGroups.plan(5, 200, 15, 5);
        TrainedModel model = run(PEOPLE, plan.withNetwork(plan.network().withTokens(8)), "pool");

        int kept = model.prior().length;
        assertTrue(kept >= 2 && kept < 8, kept + " tokens for two groups");
        assertEquals(kept, model.tokens().length);
        assertEquals(kept, model.settings().tokens());
        assertEquals(TwoGroups.WIDTH + 1 + kept, model.tokens()[0].length);
    }

    @Test
    void ofASmallCatalogueTokensTellPeopleApartAndARegressionSaysWhatEverybodyLikes() {
        NetworkSettings few = new NetworkSettings(9, 3, 2, ActivationKind.BAYES, 2);
        TrainedModel model = run(PEOPLE, TwoGroups.plan(5, 20, 15, 5).withNetwork(few), "small");

        float[] appeal = model.values("tower.appeal");
        float[] prior = model.prior();
        float[][] tokens = model.tokens();
        for (int k = few.dimension(); k < appeal.length; k++) {
            double everybody = appeal[k];
            for (int token = 0; token < prior.length; token++) {
                everybody += prior[token] * tokens[token][k];
            }
            assertEquals(0, everybody, 1e-4, "form " + k);
        }
    }

    @Test
    void withoutATokenFitStageOneTrainsGroupsAndGeneralAppeal() {
        TrainedModel model = run(PEOPLE, TwoGroups.plan(5, 0, 100, 0), "unfitted");

        assertEquals(StageOne.STAGE, model.chosen());
        assertFalse(allZero(Arrays.copyOf(model.values("tower.appeal"), TwoGroups.WIDTH)));
    }

    @Test
    void checkpointsOfOtherPeopleOrAnotherPlanAreRefused() {
        TrainingPlan plan = TwoGroups.plan(5, 2, 2, 1);
        run(PEOPLE, plan, "same");

        var otherPlan =
                assertThrows(IllegalArgumentException.class, () -> run(PEOPLE, plan.withModalityDropout(0.2), "same"));
        assertTrue(
                Objects.requireNonNull(otherPlan.getMessage()).contains("another plan"),
                Objects.requireNonNull(otherPlan.getMessage()));
        assertThrows(IllegalArgumentException.class, () -> run(TwoGroups.people(2, 60, 24), plan, "same"));
    }

    @Test
    void groupsAreFound() {
        TrainedModel model = run(PEOPLE, TwoGroups.plan(5, 150, 60, 10), "groups");

        double cold = metric(model, ".accuracy.0");
        double warm = metric(model, ".accuracy.16");
        assertTrue(
                warm > 0.75 && warm > cold + 0.15, "accuracy " + cold + " before, " + warm + " after 16 observations");
    }

    /// What is random cannot be predicted: an advantage would mean that answers leak.
    @Test
    void coinTossersCannotBePredicted() {
        TrainedModel model = run(TwoGroups.coinTossers(3, 300, 24), TwoGroups.plan(5, 100, 60, 10), "coins");

        // 45 people × 16 predictions or so: one standard error is about .02
        for (int length : new int[] {0, 4, 8}) {
            assertEquals(0.5, metric(model, ".accuracy." + length), 0.07, "after " + length + " observations");
        }
        assertTrue(Objects.requireNonNull(model.metrics().get("validation.loss")) > 0.68, "loss " + model.metrics());
    }

    @Test
    void ofAFewPeopleWhoDifferAHistorySaysMuchAndOfCoinTossersHardlyAnything() {
        TrainedModel groups = run(TwoGroups.people(4, 40, 24), TwoGroups.plan(5, 150, 60, 10), "few");
        TrainedModel coins = run(TwoGroups.coinTossers(3, 40, 24), TwoGroups.plan(5, 150, 60, 10), "tossers");

        assertTrue(historySays(groups, TwoGroups.people(4, 40, 24)) > 0.5, "" + groups.metrics());
        assertEquals(0, historySays(coins, TwoGroups.coinTossers(3, 40, 24)), 0.01, "" + coins.metrics());
    }

    /// @return how far the tastes of two people with all their observations are from that of one
    ///     without any
    private static double historySays(TrainedModel model, Dataset data) {
        TrainedModel.Items items = model.items(data.items());
        float[] without = model.person(items, List.of()).taste();
        return distance(
                        without,
                        model.person(items, data.people().get(0).observations()).taste())
                + distance(
                        without,
                        model.person(items, data.people().get(1).observations()).taste());
    }

    @Test
    void tokensActivatedByAQueryLearnWhoUsesThem() {
        TrainingPlan plan = TwoGroups.plan(5, 0, 250, 100)
                .withNetwork(TwoGroups.NETWORK.with(ActivationKind.QUERY).withMapSteps(0));
        TrainedModel model = run(PEOPLE, plan, "query");

        assertTrue(metric(model, ".accuracy.16") > metric(model, ".accuracy.0") + 0.1, "" + model.metrics());
        TrainedModel.Items items = model.items(PEOPLE.items());
        float[] one = model.person(items, PEOPLE.people().get(0).observations()).activations();
        float[] other =
                model.person(items, PEOPLE.people().get(1).observations()).activations();
        assertTrue(distance(one, other) > 0.2, Arrays.toString(one) + " and " + Arrays.toString(other));
    }

    @Test
    void withoutTokensAndOwnTasteNothingIsPersonal() {
        TrainingPlan plan = TwoGroups.plan(5, 10, 20, 2)
                .withNetwork(TwoGroups.NETWORK.with(ActivationKind.NONE).withMapSteps(0));
        TrainedModel model = run(PEOPLE, plan, "nothing");
        TrainedModel.Items items = model.items(PEOPLE.items());

        assertArrayEquals(
                new float[TwoGroups.NETWORK.width()],
                model.person(items, PEOPLE.people().getFirst().observations()).taste());
    }

    private TrainedModel run(Dataset people, TrainingPlan plan, String name) {
        return Training.run(people, plan, folder.resolve(name), Progress.SILENT);
    }

    private void interrupted(TrainingPlan plan, String stage, int step) {
        Training.run(PEOPLE, plan, folder.resolve("interrupted"), (now, done, total, loss) -> {
            if (now.equals(stage) && done >= step) {
                throw new Interruption();
            }
        });
    }

    /// The metric of the stage that was chosen.
    private static double metric(TrainedModel model, String name) {
        return Objects.requireNonNull(model.metrics().get("validation." + model.chosen() + name));
    }

    private static double distance(float[] one, float[] other) {
        double distance = 0;
        for (int i = 0; i < one.length; i++) {
            distance += Math.abs(one[i] - other[i]) / 2;
        }
        return distance;
    }

    private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
    }

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static boolean allZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
