package dev.konomi.train.stage;

import dev.konomi.train.network.sequence.SequenceBatch;
import dev.konomi.train.network.sequence.SequenceNetwork;
import dev.konomi.train.network.sequence.SequenceNetwork.Answers;
import dev.konomi.train.stage.SequenceDrawing.Drawn;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The head in sequence over a data set's items, as training passes batches through it.
///
/// @param network the head
/// @param whitened `[items, 2, D]`
/// @param mixed whether its products of matrices are computed in bf16
record SequencePass(SequenceNetwork network, Tensor whitened, boolean mixed) {
    /// @return answers whose logits are f32 in any case: the loss adds up many of them
    Answers answers(SequenceBatch batch, boolean withTokens) {
        if (!mixed) {
            return network.forward(whitened, batch, withTokens);
        }
        Answers answers;
        try (var precision = MixedPrecision.on(whitened.device().type())) {
            answers = network.forward(whitened, batch, withTokens);
        }
        return new Answers(answers.logits().to(ScalarType.Float), answers.activated());
    }

    /// @return the first stage's loss
    Tensor loss(Drawn drawn, SequencePlan plan) {
        return SequenceLoss.of(answers(drawn.batch(), false).logits(), drawn.targets(), plan.contrast());
    }
}
