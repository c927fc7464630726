package dev.konomi.train.stage;

import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.network.Parameters;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// Preference tokens as latent classes: a latent-class logit over item vectors with general appeal and individual
/// deviation, fitted by the gradient of the tempered marginal likelihood of people,
///
/// `log P(S) = T log Σ_m π_m exp(1/T · log P(S | m))`, `P(S | m) = E_δ Π_i σ((w₀ + w_m + δ)·d_i)`, `δ ~ N(0, diag σ²)`.
///
/// The temperature falls from 8 to 1 over the first part: without it the classes collapse.
final class TokenFit {
    static final String STAGE = "token-fit";
    private static final int PEOPLE = 250;
    private static final int OBSERVATIONS = 40;
    private static final int SAMPLES = 8;
    private static final double HOTTEST = 8;
    private static final double COOLING = 0.4;
    private static final double RATE = 0.03;
    private static final double SHRINKAGE = 2e-5;

    /// Of `s` in log-odds: the contrastive preference loss reads `σ(s/2)`, the logits being `±s/2`.
    static final float SCALE = 2;

    private final Parameters parameters;
    private final Tensor appeal;
    private final Tensor classes;
    private final Tensor prior;
    private final Tensor deviation;
    private final int dimension;
    private final int tokens;

    private TokenFit(PreferenceNetwork network, Seeds seeds) {
        dimension = network.settings().dimension();
        tokens = network.settings().tokens();
        SplittableRandom random = new SplittableRandom(seeds.initial() ^ STAGE.hashCode());
        parameters = new Parameters(network.parameters().device());
        appeal = parameters.addFilled("appeal", Part.APPEAL, 0, dimension);
        classes = parameters.addGaussian("classes", Part.TOKENS, 0.3, random, tokens, dimension);
        prior = parameters.addFilled("prior", Part.TOKENS, 0, tokens);
        deviation = parameters.addFilled("deviation", Part.OWN, -1, dimension);
    }

    /// Fits the classes and puts them in the network as its tokens: with tokens alone it is a latent-class logit.
    static void run(
            PreferenceNetwork network,
            ItemTable items,
            Drawing drawing,
            TrainingPlan plan,
            double baseRate,
            Loop.Folder folder) {
        TokenFit fit = new TokenFit(network, plan.seeds());
        int steps = plan.tokenSteps();
        Tensor vectors = vectors(network, items);
        var rate = new Adam.Rate(RATE, 0);
        var optimizer = new Adam(fit.parameters.all(), Map.of(Part.APPEAL, rate, Part.TOKENS, rate, Part.OWN, rate));
        new Loop(STAGE, steps, 0, 0, folder).run(fit.parameters, optimizer, (step, random) -> {
            Batch batch = drawing.draw(random, PEOPLE, OBSERVATIONS, 0, new int[] {0});
            double temperature = Math.max(1, HOTTEST * (1 - step / (steps * COOLING)));
            return fit.loss(vectors, batch, baseRate, temperature, random);
        });
        fit.handOver(network);
        network.center(items);
    }

    /// @return `x` of all items as the network starts with it, `[N + 1, D]`
    private static Tensor vectors(PreferenceNetwork network, ItemTable items) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            Tensor presence =
                    Tensors.on(network.parameters().device(), Tensors.of(items.presence(), items.meanItem() + 1L, 3));
            Tensor vectors = network.features(items.image(), items.text(), presence)
                    .narrow(1, 0, network.settings().dimension())
                    .contiguous();
            vectors.retainReference();
            return vectors;
        }
    }

    private Tensor loss(Tensor vectors, Batch batch, double baseRate, double temperature, SplittableRandom random) {
        var device = parameters.device();
        Tensor preferred = vectors.index_select(0, index(batch.preferred()));
        Tensor difference = preferred.sub_(vectors.index_select(0, index(batch.other())));
        Tensor weight = Tensors.on(device, Tensors.of(batch.weight(), batch.people(), batch.length()));
        Tensor noise = Tensors.on(device, Tensors.of(noise(random), SAMPLES, dimension));
        Tensor mean = difference.matmul(classes.add(appeal).t()); // [B·n, M]
        if (baseRate != 0) {
            Tensor liked = Tensors.on(device, Tensors.of(batch.liked(), batch.liked().length, 1));
            mean = mean.add(liked.mul(Tensors.scalar(baseRate)));
        }
        Tensor own = difference.matmul(noise.mul(deviation.exp()).t()); // [B·n, S]
        Tensor share = prior.log_softmax(0);
        Tensor sum = new Marginal(mean, own, share, weight, temperature).sum();
        double observations = 0;
        for (float each : batch.weight()) {
            observations += each;
        }
        return sum.neg()
                .div(Tensors.scalar(observations))
                .add(classes.square().sum().mul(Tensors.scalar(SHRINKAGE)));
    }

    private Tensor index(long[] indices) {
        return Tensors.on(parameters.device(), Tensors.of(indices, indices.length));
    }

    private float[] noise(SplittableRandom random) {
        float[] noise = new float[SAMPLES * dimension];
        for (int i = 0; i < noise.length / 2; i++) {
            noise[i] = (float) random.nextGaussian();
            noise[noise.length - 1 - i] = -noise[i];
        }
        return noise;
    }

    private void handOver(PreferenceNetwork network) {
        int width = network.settings().width();
        network.parameters().set("tower.appeal", Arrays.copyOf(scaled("appeal"), width));
        if (network.settings().activation() == ActivationKind.NONE) {
            return;
        }
        float[] vectors = new float[tokens * width];
        float[] fitted = scaled("classes");
        for (int token = 0; token < tokens; token++) {
            System.arraycopy(fitted, token * dimension, vectors, token * width, dimension);
        }
        network.parameters().set("tokens.vectors", vectors);
        network.parameters().set("tokens.prior", parameters.values("prior"));
        network.startOwnTaste(parameters.values("deviation"), SCALE);
    }

    private float[] scaled(String name) {
        float[] values = parameters.values(name);
        for (int i = 0; i < values.length; i++) {
            values[i] *= SCALE;
        }
        return values;
    }
}
