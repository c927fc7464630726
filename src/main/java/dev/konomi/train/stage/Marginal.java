package dev.konomi.train.stage;

import dev.konomi.train.network.Tensors;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// The tempered marginal likelihood of B people with its gradient in closed form: `B·n·M·S` logistic terms are too many
/// to keep a tape of, and everything that a gradient needs of them is two sums.
///
/// `Σ_b T log Σ_m Σ_s π_m/S exp(ℓ_bms / T)`, `ℓ_bms = Σ_i ω_bi log σ(x_bim + y_bis)`; with the responsibilities
/// `r_bms ∝ π_m exp(ℓ_bms / T)` its derivatives are `∂x_bim = ω_bi Σ_s r_bms σ(−x−y)`,
/// `∂y_bis = ω_bi Σ_m r_bms σ(−x−y)` and `∂log π_m = T Σ_b Σ_s r_bms`.
///
/// @param mean `x`, `[B·n, M]`
/// @param own `y`, `[B·n, S]`
/// @param share `log π`, `[M]`
/// @param weight `ω`, `[B, n]`
/// @param temperature `T`
record Marginal(Tensor mean, Tensor own, Tensor share, Tensor weight, double temperature) {
    /// Keeps `log σ` finite in f32; no sensible utility comes near.
    private static final double MOST = 30;

    /// @return a scalar whose gradient reaches [#mean], [#own] and [#share]
    Tensor sum() {
        long people = weight.size(0);
        long length = weight.size(1);
        long classes = mean.size(1);
        long samples = own.size(1);
        Tensor byMean;
        Tensor byOwn;
        Tensor byShare;
        Tensor value;
        try (var guard = new NoGradGuard()) {
            Tensor likely =
                    bounded(mean).unsqueeze(2).add(bounded(own).unsqueeze(1)).sigmoid_(); // [B·n, M, S]
            Tensor joint = weight.unsqueeze(1)
                    .bmm(likely.log().view(people, length, classes * samples))
                    .view(people, classes, samples)
                    .div_(Tensors.scalar(temperature))
                    .add_(share.sub(Tensors.scalar(Math.log(samples))).unsqueeze(1))
                    .view(people, classes * samples);
            value = joint.logsumexp(1).sum().mul(Tensors.scalar(temperature));
            Tensor responsibility = joint.softmax(1);
            byShare =
                    responsibility.view(people, classes, samples).sum(2).sum(0).mul(Tensors.scalar(temperature));
            Tensor surprise = likely.neg_()
                    .add_(Tensors.scalar(1))
                    .view(people, length, classes * samples)
                    .mul_(responsibility.unsqueeze(1))
                    .mul_(weight.unsqueeze(2))
                    .view(people * length, classes, samples);
            byMean = surprise.sum(2);
            byOwn = surprise.sum(1);
        }
        Tensor tangent = mean.mul(byMean)
                .sum()
                .add(own.mul(byOwn).sum())
                .add(share.mul(byShare).sum());
        return tangent.sub(tangent.detach()).add(value);
    }

    private static Tensor bounded(Tensor utilities) {
        return utilities.clamp_max(Tensors.scalar(MOST)).clamp_min_(Tensors.scalar(-MOST));
    }
}
