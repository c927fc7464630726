package dev.konomi.train.stage;

import static org.bytedeco.pytorch.global.torch.log_sigmoid;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.network.sequence.TokenSelection;
import dev.konomi.train.stage.SequenceDrawing.Target;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Device;
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

    /// Targets as arrays.
    ///
    /// @param right weight of each logit's cross entropy, `[Q, 2]`
    /// @param chosen questions about what was preferred in a pair, `[P]`
    /// @param rejected questions about the other, `[P]`
    /// @param weights of the pairs, `[P]`
    /// @param total weight of all targets
    record Wanted(float[] right, long[] chosen, long[] rejected, float[] weights, double total) {
        /// @param questions Q
        static Wanted of(List<Target> targets, int questions) {
            float[] right = new float[2 * questions];
            long[] chosen = new long[targets.size()];
            long[] rejected = new long[targets.size()];
            float[] weights = new float[targets.size()];
            int pairs = 0;
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
                if (pair) {
                    chosen[pairs] = target.chosen();
                    rejected[pairs] = target.rejected();
                    weights[pairs++] = target.weight();
                }
                total += target.weight();
            }
            return new Wanted(
                    right,
                    Arrays.copyOf(chosen, pairs),
                    Arrays.copyOf(rejected, pairs),
                    Arrays.copyOf(weights, pairs),
                    total);
        }
    }

    /// @param logits `[Q, 2]`
    /// @param targets what the questions should have been answered
    /// @param contrastive λ
    static Tensor of(Tensor logits, List<Target> targets, double contrastive) {
        int questions = Math.toIntExact(logits.size(0));
        Device device = logits.device();
        Wanted wanted = Wanted.of(targets, questions);
        Tensor loss = log_softmax(logits, -1)
                .mul(Tensors.on(device, Tensors.of(wanted.right, questions, 2)))
                .sum()
                .mul(Tensors.scalar(-1 / wanted.total));
        int pairs = wanted.weights.length;
        if (pairs == 0 || contrastive == 0) {
            return loss;
        }
        Tensor lead = rows(logits, wanted.chosen).sub(rows(logits, wanted.rejected));
        Tensor contrast = log_sigmoid(lead.select(1, SequenceNetwork.LIKED))
                .add(log_sigmoid(lead.select(1, SequenceNetwork.DISLIKED).neg()));
        Tensor weights = Tensors.on(device, Tensors.of(wanted.weights, pairs));
        return loss.sub(contrast.mul(weights).sum().mul(Tensors.scalar(contrastive / wanted.total)));
    }

    private static Tensor rows(Tensor logits, long[] questions) {
        return logits.index_select(0, Tensors.on(logits.device(), Tensors.of(questions, questions.length)));
    }

    /// @return `loss − μ pull + balance`, the pool's own terms
    static Tensor withPool(Tensor loss, TokenSelection.Activated activated, double pull, double balance) {
        return loss.sub(activated.pull().mul(Tensors.scalar(pull)))
                .add(activated.balance().mul(Tensors.scalar(balance)));
    }
}
