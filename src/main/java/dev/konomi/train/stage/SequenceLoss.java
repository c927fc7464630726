package dev.konomi.train.stage;

import static org.bytedeco.pytorch.global.torch.log_sigmoid;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.network.sequence.TokenSelection;
import dev.konomi.train.stage.SequenceDrawing.Target;
import java.util.List;
import java.util.function.ToLongFunction;
import org.bytedeco.pytorch.Tensor;

/// The losses of the model in sequence (Mo et al., arXiv 2508.08220):
///
/// ```
/// L_base = ½ [CE(logits(z⁺), +) + CE(logits(z⁻), −)]
/// L_CP   = −log σ(logit₊(z⁺) − logit₊(z⁻)) − log σ(logit₋(z⁻) − logit₋(z⁺))
/// L      = L_base + λ L_CP
/// ```
///
/// each observation counting by its weight. An item liked or disliked alone has a base loss only.
final class SequenceLoss {
    private SequenceLoss() {}

    /// @param logits `[Q, 2]`
    /// @param targets what the questions should have been answered
    /// @param contrastive λ
    static Tensor of(Tensor logits, List<Target> targets, double contrastive) {
        List<Target> pairs = targets.stream()
                .filter(target -> target.chosen() >= 0 && target.rejected() >= 0)
                .toList();
        int questions = Math.toIntExact(logits.size(0));
        float[] right = new float[2 * questions];
        double total = 0;
        for (Target target : targets) {
            boolean pair = target.chosen() >= 0 && target.rejected() >= 0;
            float share = pair ? target.weight() / 2 : target.weight();
            if (target.chosen() >= 0) {
                right[2 * target.chosen() + SequenceNetwork.LIKED] = share;
            }
            if (target.rejected() >= 0) {
                right[2 * target.rejected() + SequenceNetwork.DISLIKED] = share;
            }
            total += target.weight();
        }
        Tensor loss = log_softmax(logits, -1)
                .mul(Tensors.of(right, questions, 2))
                .sum()
                .mul(Tensors.scalar(-1 / total));
        if (pairs.isEmpty() || contrastive == 0) {
            return loss;
        }
        Tensor chosen = rows(logits, pairs, Target::chosen);
        Tensor rejected = rows(logits, pairs, Target::rejected);
        float[] weights = new float[pairs.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = pairs.get(i).weight();
        }
        Tensor lead = chosen.sub(rejected);
        Tensor contrast = log_sigmoid(lead.select(1, SequenceNetwork.LIKED))
                .add(log_sigmoid(lead.select(1, SequenceNetwork.DISLIKED).neg()));
        return loss.sub(
                contrast.mul(Tensors.of(weights, weights.length)).sum().mul(Tensors.scalar(contrastive / total)));
    }

    private static Tensor rows(Tensor logits, List<Target> targets, ToLongFunction<Target> question) {
        return logits.index_select(
                0, Tensors.of(targets.stream().mapToLong(question).toArray(), targets.size()));
    }

    /// @return `loss − μ pull + balance`, the pool's own terms
    static Tensor withPool(Tensor loss, TokenSelection.Activated activated, double pull, double balance) {
        return loss.sub(activated.pull().mul(Tensors.scalar(pull)))
                .add(activated.balance().mul(Tensors.scalar(balance)));
    }
}
