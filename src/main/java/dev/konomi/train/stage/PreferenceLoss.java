package dev.konomi.train.stage;

import dev.konomi.train.network.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// `L = L_base + λ L_CP` (Mo et al., arXiv 2508.08220) for logits `±s/2`:
///
/// - `L_base = ½ [CE(logits(z⁺), +) + CE(logits(z⁻), −)] = ½ [softplus(−s⁺) + softplus(s⁻)]`
/// - `L_CP = −log σ(logit₊(z⁺) − logit₊(z⁻)) − log σ(logit₋(z⁻) − logit₋(z⁺)) = 2 softplus(−(s⁺ − s⁻)/2)`
///
/// A single opinion has one item only: `CE` of that item, with the base rate of likes as an offset that is no part of
/// `s`.
final class PreferenceLoss {
    private PreferenceLoss() {}

    /// @param batch what is predicted
    /// @param base weight of `L_base`
    /// @param contrast `λ`
    /// @param dense whether each prefix predicts all later observations
    /// @param baseRate log-odds of a like among the training opinions
    /// @return a scalar, the mean over prefixes
    static Tensor of(Forward forward, Batch batch, double base, double contrast, boolean dense, double baseRate) {
        long people = batch.people();
        long length = batch.length();
        var device = forward.preferred().device();
        Tensor targets = Tensors.on(device, Tensors.of(batch.targets(dense), people, batch.prefixes().length, length));
        Tensor opinion = Tensors.on(device, Tensors.of(batch.opinion(), people, 1, length));
        Tensor offset =
                Tensors.on(device, Tensors.of(batch.liked(), people, 1, length)).mul(Tensors.scalar(baseRate));
        Tensor margin = forward.margin();
        Tensor choices = torch.softplus(forward.preferred().neg())
                .add(torch.softplus(forward.other()))
                .mul(Tensors.scalar(base / 2))
                .add(torch.softplus(margin.mul(Tensors.scalar(-0.5))).mul(Tensors.scalar(2 * contrast)));
        Tensor opinions = torch.softplus(margin.add(offset).neg()).mul(Tensors.scalar(base + contrast));
        Tensor each = opinion.mul(opinions.sub(choices)).add(choices);
        return each.mul(targets).sum();
    }
}
