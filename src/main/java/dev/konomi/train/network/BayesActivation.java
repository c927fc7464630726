package dev.konomi.train.network;

import dev.konomi.train.network.Parameters.Part;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The posterior that a group's taste explains the history:
/// `a = softmax_m(log π_m + Σ_i ω_i log σ(κ_kind (p_m·d_i + β_i)))`.
final class BayesActivation implements Activation {
    private final Tensor prior;
    private final Tensor evidence;

    BayesActivation(Parameters parameters, int tokens) {
        prior = parameters.addFilled("tokens.prior", Part.TOKENS, 0, tokens);
        // log κ for choices and for opinions
        evidence = parameters.addFilled("tokens.evidence", Part.OWN, 0, 2);
    }

    @Override
    public Tensor activate(Evidence history, Tensor explained) {
        Tensor scale = scale(evidence, history.opinion()).unsqueeze(-1);
        Tensor likelihood =
                torch.log_sigmoid(explained.add(history.appeal().unsqueeze(-1)).mul(scale));
        return torch.softmax(history.weight().matmul(likelihood).add(prior), -1);
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
