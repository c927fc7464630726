package dev.konomi.cli.study;

import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.stage.TrainingPlan;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// One way to train, each a single change to the full recipe; all take the same number of steps.
public enum Variant {
    FULL("full", "everything", Inputs.BOTH, plan -> plan),
    WITHOUT_INTERACTIONS(
            "without-interactions",
            "nothing of what attributes do together",
            Inputs.BOTH,
            plan -> plan.withNetwork(plan.network().withoutProducts())),
    WITHOUT_OWN(
            "without-own",
            "nothing of a person's own beside the groups",
            Inputs.BOTH,
            plan -> plan.withNetwork(plan.network().withMapSteps(0))),
    TRUE_ATTRIBUTES(
            "true-attributes",
            "what pictures really show instead of the encoder's tokens",
            Inputs.ATTRIBUTES,
            plan -> plan),
    WITHOUT_TOKENS(
            "without-tokens",
            "no groups at all",
            Inputs.BOTH,
            plan -> plan.withNetwork(plan.network().withTokens(1).with(ActivationKind.NONE))),
    QUERY_ACTIVATION(
            "query-activation",
            "tokens activated by the cosine of keys, as published",
            Inputs.BOTH,
            plan -> plan.withNetwork(plan.network().with(ActivationKind.QUERY))),
    WITHOUT_CONTRAST("without-contrast", "no contrastive preference loss", Inputs.BOTH, plan -> plan.withLoss(1, 0)),
    WITHOUT_DENSE(
            "without-dense",
            "only whole histories predict, not every prefix",
            Inputs.BOTH,
            TrainingPlan::withoutDenseSupervision),
    WITHOUT_TOKEN_FIT(
            "without-token-fit",
            "no latent classes beforehand; stage one takes their steps and trains everything",
            Inputs.BOTH,
            plan -> plan.withSteps(0, plan.tokenSteps() + plan.stageOneSteps(), plan.stageTwoSteps())),
    IMAGE_ONLY("image-only", "pictures without their prompts", Inputs.IMAGE, plan -> plan),
    TEXT_ONLY("text-only", "prompts without their pictures", Inputs.TEXT, plan -> plan),
    POOL_4("pool-4", "4 tokens", Inputs.BOTH, tokens(4)),
    POOL_8("pool-8", "8 tokens", Inputs.BOTH, tokens(8)),
    POOL_16("pool-16", "16 tokens", Inputs.BOTH, tokens(16)),
    POOL_32("pool-32", "32 tokens", Inputs.BOTH, tokens(32)),
    POOL_64("pool-64", "64 tokens", Inputs.BOTH, tokens(64));

    private final String id;
    private final String says;
    private final Inputs inputs;
    private final UnaryOperator<TrainingPlan> change;

    Variant(String id, String says, Inputs inputs, UnaryOperator<TrainingPlan> change) {
        this.id = id;
        this.says = says;
        this.inputs = inputs;
        this.change = change;
    }

    /// @param id e.g. `without-tokens`
    /// @throws IllegalArgumentException when there is no such variant
    public static Variant of(String id) {
        return Arrays.stream(values())
                .filter(variant -> variant.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no variant '" + id + "'; there are "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Variant::id).toList()) + "."));
    }

    /// @return its name in files and options, e.g. `without-tokens`
    public String id() {
        return id;
    }

    /// @return what it is, for people
    public String says() {
        return says;
    }

    Inputs inputs() {
        return inputs;
    }

    /// @param full the full recipe
    /// @return this variant's
    TrainingPlan plan(TrainingPlan full) {
        return change.apply(full);
    }

    private static UnaryOperator<TrainingPlan> tokens(int count) {
        return plan -> plan.withNetwork(plan.network().withTokens(count));
    }
}
