package dev.konomi.train.network;

import dev.konomi.train.network.Parameters.Part;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The posterior that a group's taste explains the history, and has since it last changed. Of
/// an observation of weight `w_i` a token makes `ℓ_im = w_i log σ(κ_kind (p_m·d_i + β_i))`; if
/// the person came to their present group just before observation `r`, the first one included,
/// the history has the likelihood
///
/// `P_r = odds_r · Σ_m π_m exp(Σ_{i<r} ℓ_im) · Σ_m π_m exp(Σ_{i≥r} ℓ_im)`
///
/// with the odds of [Change], and `a = Σ_r P(r) softmax_m(log π_m + Σ_{i≥r} ℓ_im)`: the moment of the change is summed
/// out, as in Bayesian online change-point detection (Adams and MacKay, arXiv 0710.3742) with at most one change. An
/// observation is still about the taste of now with the probability that the change came before it.
final class BayesActivation implements Activation {
    private final Tensor prior;
    private final Tensor evidence;
    private final Change change;

    BayesActivation(Parameters parameters, int tokens, Change change) {
        this.change = change;
        prior = parameters.addFilled("tokens.prior", Part.TOKENS, 0, tokens);
        // log κ for choices and for opinions
        evidence = parameters.addFilled("tokens.evidence", Part.OWN, 0, 2);
    }

    @Override
    public Activated activate(Evidence history, Tensor explained) {
        Tensor scale = scale(evidence, history.opinion()).unsqueeze(-1);
        Tensor likelihood =
                torch.log_sigmoid(explained.add(history.appeal().unsqueeze(-1)).mul(scale));
        Tensor weighted = history.weight().unsqueeze(-1).mul(likelihood.unsqueeze(1)); // ℓ, [B, Q, n, M]
        Tensor upTo = weighted.cumsum(2);
        Tensor all = upTo.narrow(2, upTo.size(2) - 1, 1);
        Tensor before = upTo.sub(weighted);
        Tensor groups = prior.log_softmax(0);
        Tensor since = all.sub(before).add(groups);
        Tensor moment = torch.softmax(
                before.add(groups).logsumexp(3).add(since.logsumexp(3)).add(change.odds(history)), -1); // [B, Q, n]
        Tensor tokens = moment.unsqueeze(2).matmul(torch.softmax(since, -1)).squeeze(2);
        return new Activated(tokens, history.weight().mul(moment.cumsum(2)));
    }

    /// @param logarithms `[2]`: for choices, for opinions
    /// @param opinion `[B, n]`
    /// @return `[B, n]`
    static Tensor scale(Tensor logarithms, Tensor opinion) {
        Tensor choice = logarithms.narrow(0, 0, 1);
        Tensor liked = logarithms.narrow(0, 1, 1);
        return opinion.mul(liked.sub(choice)).add(choice).exp();
    }
}
