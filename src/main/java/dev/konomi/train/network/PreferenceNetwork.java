package dev.konomi.train.network;

import dev.konomi.train.network.Activation.Activated;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The preference model with the late head: connector, item tower, token pool, own taste.
public final class PreferenceNetwork {
    /// log η of a step that goes nowhere.
    private static final float NO_STEP = -30;

    private final NetworkSettings settings;
    private final int encoderWidth;
    private final Whitening whitening;
    private final Parameters parameters;
    private final Connector connector;
    private final ItemTower tower;
    private final TokenPool tokens;
    private final OwnTaste own;

    /// @param whitening statistics of the training items
    /// @param encoderWidth `d_e`
    /// @param span days between a typical person's first and last observation; tastes hardly change at first
    /// @param seed of the initial parameters
    public PreferenceNetwork(
            NetworkSettings settings, Whitening whitening, int encoderWidth, double span, long seed, Device device) {
        this.settings = settings;
        this.encoderWidth = encoderWidth;
        this.whitening = whitening;
        SplittableRandom random = new SplittableRandom(seed);
        parameters = new Parameters(device);
        connector = new Connector(parameters, whitening, encoderWidth, settings.dimension());
        tower = new ItemTower(parameters, settings, random);
        tokens = new TokenPool(parameters, settings, random, new Change(parameters, span));
        own = new OwnTaste(parameters, settings);
    }

    /// @return a network with copies of all parameters, on another device if need be
    public PreferenceNetwork copy(Device device) {
        var copy = new PreferenceNetwork(settings, whitening, encoderWidth, 1, 0, device);
        copy.parameters.set(parameters.copy());
        return copy;
    }

    /// @return a copy whose people have nothing but tokens
    public PreferenceNetwork withoutOwnTaste() {
        PreferenceNetwork copy = copy(parameters.device());
        float[] never = new float[settings.width()];
        Arrays.fill(never, NO_STEP);
        for (int step = 0; step < settings.mapSteps(); step++) {
            copy.parameters.set("own.step." + step, never);
        }
        return copy;
    }

    /// Scales what a history adds: token vectors are drawn to what they say on average, which a
    /// person without a history has, and the steps of own taste are shortened or lengthened. At 0
    /// and 0 a history says nothing.
    ///
    /// @param byTokens factor of what tells tokens apart
    /// @param byOwn factor of the step sizes of own taste
    public void scalePersonal(double byTokens, double byOwn) {
        int width = settings.width();
        float[] vectors = parameters.values("tokens.vectors");
        float[] mean = withoutHistory();
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) (mean[i % width] + byTokens * (vectors[i] - mean[i % width]));
        }
        parameters.set("tokens.vectors", vectors);
        for (int step = 0; step < settings.mapSteps(); step++) {
            float[] logarithms = parameters.values("own.step." + step);
            for (int k = 0; k < width; k++) {
                logarithms[k] = byOwn == 0 ? NO_STEP : (float) (logarithms[k] + Math.log(byOwn));
            }
            parameters.set("own.step." + step, logarithms);
        }
    }

    /// @return `Σ π_m p_m`, the taste of a person without a history, `[G]`
    public float[] withoutHistory() {
        float[] logits = parameters.values("tokens.prior");
        float[] vectors = parameters.values("tokens.vectors");
        int width = settings.width();
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        float[] mean = new float[width];
        for (int i = 0; i < vectors.length; i++) {
            mean[i % width] += (float) (Math.exp(logits[i / width]) / sum * vectors[i]);
        }
        return mean;
    }

    public NetworkSettings settings() {
        return settings;
    }

    /// @return `d_e`
    public int encoderWidth() {
        return encoderWidth;
    }

    public Parameters parameters() {
        return parameters;
    }

    public Connector connector() {
        return connector;
    }

    public TokenPool tokens() {
        return tokens;
    }

    /// @param image `[R, D]` rows of an [ItemTable]
    /// @param text `[R, D]`
    /// @param presence `[R, 3]`
    /// @return `g`, `[R, G]`
    public Tensor features(Tensor image, Tensor text, Tensor presence) {
        return tower.features(
                connector.fuse(image, text, presence), presence.sum(1).unsqueeze(1));
    }

    /// @param features `[…, G]`
    /// @return `b`, `[…]`
    public Tensor appeal(Tensor features) {
        return tower.appeal(features);
    }

    /// @return the taste of each of B people after each of Q histories
    public Inferred infer(Evidence history) {
        Tensor explained = tokens.explained(history);
        Activated active = tokens.activation().activate(history, explained);
        Tensor activations = active.tokens();
        Tensor byTokens = activations.matmul(tokens.vectors());
        Tensor baseline = activations
                .matmul(explained.transpose(1, 2))
                .add(history.appeal().unsqueeze(1));
        Tensor deviation = own.infer(history, active.weight(), baseline);
        return new Inferred(activations, deviation, byTokens.add(deviation));
    }

    /// What a history says.
    ///
    /// @param activations `a`, `[B, Q, M]`
    /// @param own `h_own`, `[B, Q, G]`
    /// @param taste `h_u`, `[B, Q, G]`
    public record Inferred(Tensor activations, Tensor own, Tensor taste) {}

    /// Takes the mean of these items as the one that features are relative to.
    public void center(ItemTable items) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            Tensor presence = Tensors.on(
                    parameters.device(), Tensors.of(items.presence(), items.meanItem() + 1L, Connector.CASES));
            Tensor raw = tower.raw(connector.fuse(items.image(), items.text(), presence));
            tower.center(raw.narrow(0, 0, items.meanItem()).mean(0));
        }
    }

    /// Starts the scales of evidence where `s` has these units.
    ///
    /// @param scale of `s` in log-odds
    public void startEvidence(double scale) {
        float logOdds = (float) -Math.log(scale);
        parameters.set("own.evidence", new float[] {logOdds, logOdds});
        if (settings.activation() == ActivationKind.BAYES) {
            parameters.set("tokens.evidence", new float[] {logOdds, logOdds});
        }
    }

    /// @return all parameters are finite
    public boolean finite() {
        try (var scope = new PointerScope()) {
            return parameters.all().stream()
                    .allMatch(parameter ->
                            torch.isfinite(parameter.tensor()).all().item_bool());
        }
    }
}
