package dev.konomi.train.network;

import dev.konomi.train.network.Parameters.Part;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The paper's activation (Mo et al., arXiv 2508.08220): `a = softmax(cos(q, K) / τ)` over the k nearest keys, where
/// the query `q` is the projected mean of the history, liked minus disliked. An empty history takes the prior.
public final class QueryActivation implements Activation {
    private static final int KEY_WIDTH = 32;
    private static final double EPSILON = 1e-6;

    private final Tensor prior;
    private final Tensor keys;
    private final Tensor query;
    private final Tensor temperature;
    private final Change change;
    private final int selected;

    QueryActivation(Parameters parameters, NetworkSettings settings, SplittableRandom random, Change change) {
        this.change = change;
        selected = Math.min(settings.selected(), settings.tokens());
        prior = parameters.addFilled("tokens.prior", Part.TOKENS, 0, settings.tokens());
        keys = parameters.addGaussian("query.keys", Part.QUERY, 1, random, settings.tokens(), KEY_WIDTH);
        query = parameters.addGaussian(
                "query.projection", Part.QUERY, 1 / Math.sqrt(settings.width()), random, KEY_WIDTH, settings.width());
        temperature = parameters.addFilled("query.temperature", Part.QUERY, Math.log(0.2), 1);
    }

    @Override
    public Activated activate(Evidence history, Tensor explained) {
        Tensor weight = weight(history);
        Tensor similarity = similarity(history, weight);
        Tensor threshold = torch.topk(similarity.detach(), selected).get0().narrow(-1, selected - 1, 1);
        Tensor kept = torch.where(similarity.ge(threshold), similarity.div(temperature.exp()), Tensors.scalar(-1e9));
        Tensor empty = weight.sum(-1).unsqueeze(-1).le(Tensors.scalar(0));
        return new Activated(torch.where(empty, torch.softmax(prior, -1), torch.softmax(kept, -1)), weight);
    }

    /// @return `ω = weight · exp(−λ · age)`, `[B, Q, n]`
    private Tensor weight(Evidence history) {
        return history.weight().mul(change.survival(history));
    }

    /// @return `cos(q, K)`, `[B, Q, M]`
    private Tensor similarity(Evidence history, Tensor weight) {
        Tensor mass = weight.sum(-1).unsqueeze(-1).clamp_min(Tensors.scalar(EPSILON));
        Tensor pooled = weight.matmul(history.difference()).div(mass).matmul(query.t());
        return unit(pooled).matmul(unit(keys).t());
    }

    private static Tensor unit(Tensor rows) {
        return rows.div(rows.mul(rows)
                .sum(-1)
                .unsqueeze(-1)
                .add(Tensors.scalar(EPSILON))
                .sqrt());
    }

    /// The pull term that brings keys to the people who use them, and the balance term that keeps tokens alive.
    ///
    /// @param activations what [#activate] gave for this history
    /// @param pull `μ`
    /// @param balance its factor
    /// @return `−μ mean Σ_selected cos(q, K) + balance · M Σ_m ā_m²`, a scalar
    public Tensor auxiliary(Evidence history, Tensor activations, double pull, double balance) {
        Tensor used = activations.detach().gt(Tensors.scalar(0)).to(torch.ScalarType.Float);
        Tensor near = similarity(history, weight(history)).mul(used).sum(-1).mean();
        Tensor mean = activations.mean(0, 1);
        Tensor load = mean.mul(mean).sum().mul(Tensors.scalar(balance * mean.size(0)));
        return load.sub(near.mul(Tensors.scalar(pull)));
    }
}
