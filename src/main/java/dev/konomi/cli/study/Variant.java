package dev.konomi.cli.study;

import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.network.sequence.SequenceConfig.Placement;
import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.TrainingPlan;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One way to train, each a single change to the full recipe of its head; all of a head take the same number of steps
/// on the tenant's people.
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
    GLOBAL_TOKEN(
            "global-token",
            "tokens not selected: the mixture of all people for everybody, whatever the history",
            Inputs.BOTH,
            plan -> plan.withNetwork(plan.network().with(ActivationKind.PRIOR))),
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
    POOL_64("pool-64", "64 tokens", Inputs.BOTH, tokens(64)),
    SEQUENCE("sequence", "the head in sequence, tokens as suffix", plan -> plan, Start.NOTHING),
    SEQUENCE_PREFIX(
            "sequence-prefix",
            "in sequence, tokens as prefix",
            plan -> plan.with(plan.config().with(Placement.PREFIX)),
            Start.NOTHING),
    SEQUENCE_GLOBAL(
            "sequence-global",
            "in sequence, the whole pool as one prompt for everybody, as in the published code",
            plan -> plan.with(plan.config().withGlobalPrompt()),
            Start.NOTHING),
    SEQUENCE_WITHOUT_TOKENS(
            "sequence-without-tokens",
            "in sequence, no tokens; the decoder takes their steps",
            plan -> plan.with(plan.config().withSelected(0)).withSteps(plan.decoderSteps() + plan.tokenSteps(), 0),
            Start.NOTHING),
    SEQUENCE_PRIOR(
            "sequence-prior",
            "in sequence, from a decoder that was fitted on people of training worlds",
            plan -> plan.withLearningRate(Variant.AFTER_PRIOR),
            Start.PRIOR),
    SEQUENCE_PRIOR_ALONE(
            "sequence-prior-alone",
            "that decoder as it is, without a step on the tenant's people",
            plan -> plan.withSteps(0, 0),
            Start.PRIOR);

    /// Rate of a decoder that already knows something.
    private static final double AFTER_PRIOR = 1e-3;

    /// What a head in sequence starts from.
    enum Start {
        NOTHING,
        /// a decoder that was fitted beforehand, see [TrainingWorlds]
        PRIOR
    }

    /// These are made first in all worlds, then those of [#LATER], then the rest: few worlds of many variants would say
    /// less.
    private static final Set<Variant> FIRST = EnumSet.of(
            FULL,
            WITHOUT_INTERACTIONS,
            WITHOUT_OWN,
            TRUE_ATTRIBUTES,
            WITHOUT_TOKENS,
            GLOBAL_TOKEN,
            QUERY_ACTIVATION,
            WITHOUT_CONTRAST,
            SEQUENCE);

    private static final Set<Variant> LATER = EnumSet.of(
            WITHOUT_DENSE,
            WITHOUT_TOKEN_FIT,
            IMAGE_ONLY,
            TEXT_ONLY,
            SEQUENCE_PREFIX,
            SEQUENCE_GLOBAL,
            SEQUENCE_WITHOUT_TOKENS,
            SEQUENCE_PRIOR,
            SEQUENCE_PRIOR_ALONE);

    private final String id;
    private final String says;
    private final Inputs inputs;
    private final UnaryOperator<TrainingPlan> change;
    private final @Nullable UnaryOperator<SequencePlan> sequence;
    private final Start start;

    Variant(String id, String says, Inputs inputs, UnaryOperator<TrainingPlan> change) {
        this.id = id;
        this.says = says;
        this.inputs = inputs;
        this.change = change;
        this.sequence = null;
        this.start = Start.NOTHING;
    }

    Variant(String id, String says, UnaryOperator<SequencePlan> sequence, Start start) {
        this.id = id;
        this.says = says;
        this.inputs = Inputs.BOTH;
        this.change = plan -> plan;
        this.sequence = sequence;
        this.start = start;
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

    /// @return whether it is the head in sequence that is trained
    boolean inSequence() {
        return sequence != null;
    }

    Start start() {
        return start;
    }

    /// @return what it differs from in one thing: the full recipe, or the head in sequence as it is for the others in
    ///     sequence; nothing for the full recipe itself
    Optional<Variant> base() {
        return this == FULL ? Optional.empty() : Optional.of(inSequence() && this != SEQUENCE ? SEQUENCE : FULL);
    }

    /// @return whether its runs keep all of [Curve#LENGTHS]: the full recipe for the curve, and both for the cold start
    boolean keepsCurve() {
        return this == FULL || this == WITHOUT_TOKENS;
    }

    /// @return whether its runs ask the latent-class logit as well
    boolean besideLatentClass() {
        return this == FULL;
    }

    /// @return in which round it is made, from 0
    int turn() {
        return FIRST.contains(this) ? 0 : LATER.contains(this) ? 1 : 2;
    }

    /// @param full the full recipe of the head in sequence
    /// @return this variant's
    /// @throws IllegalStateException when it has the late head
    SequencePlan plan(SequencePlan full) {
        if (sequence == null) {
            throw new IllegalStateException(id + " trains the late head, not the one in sequence.");
        }
        return sequence.apply(full);
    }

    /// @param full the full recipe of the late head
    /// @return this variant's; the recipe itself where the head in sequence is trained
    TrainingPlan plan(TrainingPlan full) {
        return change.apply(full);
    }

    private static UnaryOperator<TrainingPlan> tokens(int count) {
        return plan -> plan.withNetwork(plan.network().withTokens(count));
    }
}
