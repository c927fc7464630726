package dev.konomi.train.stage;

import dev.konomi.history.Observation;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.Interactions;
import dev.konomi.train.network.ItemTable;
import dev.konomi.train.network.Parameters;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.PreferenceNetwork;
import dev.konomi.train.network.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Preference tokens as latent classes: a latent-class logit over item vectors and their interactions, with general
/// appeal, fitted by the gradient of the tempered marginal likelihood of people,
///
/// `log P(S) = T log Σ_m π_m exp(1/T · Σ_i ω_i log σ(u_m(z_i⁺) − u_m(z_i⁻)))`,
/// `u_m(x) = (w₀ + w_m)·x + q₀(x) + q_m(x)`.
///
/// The temperature falls from 8 to 1 over the first part: without it the classes collapse. Interactions join when it
/// has fallen.
final class TokenFit {
    static final String STAGE = "token-fit";
    private static final int PEOPLE = 250;
    private static final int OBSERVATIONS = 40;
    private static final double HOTTEST = 8;
    private static final double COOLING = 0.4;
    private static final double RATE = 0.03;
    private static final double SHRINKAGE = 2e-5;

    /// Penalty of an interaction's factors for each √ of an observation: noise in a form's spectrum grows with the
    /// root.
    private static final double PENALTY = 0.08;

    /// General appeal has weaker interactions than a group: what groups do not share averages out.
    private static final double APPEAL_PENALTY = 0.24;

    private final Parameters parameters;
    private final Tensor appeal;
    private final Tensor classes;
    private final Tensor prior;
    private final Interactions interactions;
    private final double perObservation;
    private final int dimension;
    private final int tokens;

    private TokenFit(PreferenceNetwork network, Seeds seeds, double observations) {
        dimension = network.settings().dimension();
        tokens = network.settings().tokens();
        SplittableRandom random = new SplittableRandom(seeds.initial() ^ STAGE.hashCode());
        parameters = new Parameters(network.parameters().device());
        appeal = parameters.addFilled("appeal", Part.APPEAL, 0, dimension);
        classes = parameters.addGaussian("classes", Part.TOKENS, 0.3, random, tokens, dimension);
        prior = parameters.addFilled("prior", Part.TOKENS, 0, tokens);
        interactions = new Interactions(parameters, random, dimension, tokens + 1);
        perObservation = 1 / Math.sqrt(observations);
    }

    /// @param network whose vectors of items are used; nothing in it changes
    static LatentClasses run(
            PreferenceNetwork network,
            ItemTable items,
            Drawing drawing,
            TrainingPlan plan,
            double baseRate,
            Loop.Folder folder) {
        TokenFit fit = new TokenFit(network, plan.seeds(), weight(drawing));
        int steps = plan.tokenSteps();
        Tensor vectors = vectors(network, items);
        Tensor second = second(vectors);
        var rate = new Adam.Rate(RATE, 0);
        var optimizer = new Adam(fit.parameters.all(), Map.of(Part.APPEAL, rate, Part.TOKENS, rate, Part.TOWER, rate));
        new Loop(STAGE, steps, 0, 0, folder).run(fit.parameters, optimizer, (step, random) -> {
            Batch whole = drawing.draw(random, PEOPLE, OBSERVATIONS, 0, new int[] {0});
            Batch batch = folder.peers().share(whole);
            double cooled = step / (steps * COOLING);
            double temperature = Math.max(1, HOTTEST * (1 - cooled));
            ShownItems shown = ShownItems.of(batch, items.meanItem());
            if (cooled < 1 || !network.settings().products()) {
                Tensor utilities = fit.linear(fit.vectorsOf(vectors, shown));
                return fit.loss(fit.posterior(utilities, shown, batch, baseRate, temperature), whole, temperature)
                        .add(fit.shrinkage().mul(folder.peers().part()));
            }
            Tensor utilities = fit.withForms(fit.vectorsOf(vectors, shown), second, shown);
            return fit.loss(fit.posterior(utilities, shown, batch, baseRate, temperature), whole, temperature)
                    .add(fit.shrinkage().add(fit.penalty()).mul(folder.peers().part()));
        });
        return fit.classes(fit.people(
                vectors, second, items, drawing, baseRate, network.settings().products()));
    }

    private static double weight(Drawing drawing) {
        return drawing.people().stream()
                .flatMap(person -> person.observations().stream())
                .mapToDouble(Observation::weight)
                .sum();
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

    /// @return `E[x xᵀ]` over the catalogue, `[D, D]`
    private static Tensor second(Tensor vectors) {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            Tensor x = vectors.narrow(0, 0, vectors.size(0) - 1);
            Tensor second = x.t().matmul(x).div(Tensors.scalar(x.size(0)));
            second.retainReference();
            return second;
        }
    }

    /// @return `(w₀ + w_m)·x`, `[R, M]`
    private Tensor linear(Tensor x) {
        return x.matmul(classes.add(appeal).t());
    }

    /// @return `q₀ + q_m` against the catalogue's mean, `[R, M]`; 0 for the mean item
    private Tensor together(Tensor x, Tensor second, Tensor present) {
        Tensor forms = interactions.of(x).sub(interactions.mean(second)).mul(present);
        return forms.narrow(1, 1, tokens).add(forms.narrow(1, 0, 1));
    }

    private Tensor penalty() {
        Tensor squares = interactions.squares();
        Tensor general = squares.narrow(0, 0, 1).sum().mul(Tensors.scalar(APPEAL_PENALTY / 2 * perObservation));
        return general.add(squares.narrow(0, 1, tokens).sum().mul(Tensors.scalar(PENALTY / 2 * perObservation)));
    }

    /// @param utilities `u`, `[R, M]`
    /// @return `log π_m + 1/T · Σ_i ω_i log σ(…)`, `[B, M]`
    private Tensor posterior(Tensor utilities, ShownItems shown, Batch batch, double baseRate, double temperature) {
        Tensor margin = utilities
                .index_select(0, tensor(shown.preferred()))
                .sub(utilities.index_select(0, tensor(shown.other()))); // [B·n, M]
        if (baseRate != 0) {
            Tensor liked = Tensors.on(parameters.device(), Tensors.of(batch.liked(), batch.liked().length, 1));
            margin = margin.add(liked.mul(Tensors.scalar(baseRate)));
        }
        Tensor weight = Tensors.on(parameters.device(), Tensors.of(batch.weight(), batch.people(), 1, batch.length()));
        Tensor likelihood = weight.matmul(torch.log_sigmoid(margin).view(batch.people(), batch.length(), tokens))
                .squeeze(1);
        return likelihood.div(Tensors.scalar(temperature)).add(prior.log_softmax(0));
    }

    /// @param whole the batch that all peers share
    private Tensor loss(Tensor posterior, Batch whole, double temperature) {
        Tensor marginal = posterior.logsumexp(1).sum().mul(Tensors.scalar(temperature));
        return marginal.neg().div(Tensors.scalar(whole.observations()));
    }

    private Tensor shrinkage() {
        return classes.square().sum().mul(Tensors.scalar(SHRINKAGE));
    }

    /// @return how many people each class explains, `[M]`
    private double[] people(
            Tensor vectors, Tensor second, ItemTable items, Drawing drawing, double baseRate, boolean products) {
        double[] people = new double[tokens];
        List<Person> all = drawing.people();
        for (int from = 0; from < all.size(); from += PEOPLE) {
            try (var scope = new PointerScope();
                    var guard = new NoGradGuard()) {
                List<List<Observation>> newest = all.subList(from, Math.min(all.size(), from + PEOPLE)).stream()
                        .map(Person::observations)
                        .map(each -> each.subList(Math.max(0, each.size() - OBSERVATIONS), each.size()))
                        .toList();
                Batch batch = Batch.of(newest, OBSERVATIONS, 0, new int[] {0}, items.meanItem());
                ShownItems shown = ShownItems.of(batch, items.meanItem());
                Tensor x = vectorsOf(vectors, shown);
                Tensor utilities = products ? withForms(x, second, shown) : linear(x);
                float[] added = Tensors.floats(posterior(utilities, shown, batch, baseRate, 1)
                        .softmax(1)
                        .sum(0));
                for (int m = 0; m < tokens; m++) {
                    people[m] += added[m];
                }
            }
        }
        return people;
    }

    private Tensor vectorsOf(Tensor vectors, ShownItems shown) {
        return vectors.index_select(0, tensor(shown.items()));
    }

    private Tensor withForms(Tensor x, Tensor second, ShownItems shown) {
        Tensor present = Tensors.on(x.device(), Tensors.of(shown.present(), shown.items().length, 1));
        return linear(x).add(together(x, second, present));
    }

    private Tensor tensor(long[] indices) {
        return Tensors.on(parameters.device(), Tensors.of(indices, indices.length));
    }

    private LatentClasses classes(double[] people) {
        float[] fitted = parameters.values("classes");
        float[][] rows = new float[tokens][];
        for (int m = 0; m < tokens; m++) {
            rows[m] = Arrays.copyOfRange(fitted, m * dimension, (m + 1) * dimension);
        }
        return new LatentClasses(
                parameters.values("appeal"),
                rows,
                parameters.values("prior"),
                parameters.values(Interactions.LEFT),
                parameters.values(Interactions.RIGHT),
                people);
    }
}
