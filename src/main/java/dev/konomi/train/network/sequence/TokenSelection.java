package dev.konomi.train.network.sequence;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.one_hot;
import static org.bytedeco.pytorch.global.torch.softmax;

import dev.konomi.train.network.Parameters;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.Tensors;
import dev.konomi.train.network.sequence.SequenceConfig.Selection;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Preference tokens that a query selects, as published (Mo et al., arXiv 2508.08220):
/// `a = softmax(cos(q, K)/τ + log π)`, the k most active are used, scaled by activation.
///
/// The paper's query is an embedding of the history; here it is the liked minus the disliked
/// items, projected. An empty history has no direction, its cosines are 0, and the prior π
/// answers.
///
/// With [Selection#ALL] nothing is selected: the whole pool stands in every sequence at equal
/// activation, and neither query nor keys are trained.
public final class TokenSelection {
    /// τ. Cosines lie in −1 … 1; with .1 two tokens can differ by a factor of e²⁰.
    public static final float TEMPERATURE = 0.1f;

    /// Stands under the root of a norm: an empty history keeps the direction 0 and finite
    /// gradients.
    public static final float EPSILON = 1e-12f;

    private final int tokens;
    private final int selected;
    private final int width;
    private final Selection selection;
    private final Tensor query;
    private final Tensor keys;
    private final Tensor prior;
    private final Tensor vectors;
    private final Tensor place;

    TokenSelection(SequenceConfig config, Parameters parameters, SplittableRandom random) {
        tokens = config.tokens();
        selected = config.selected();
        width = config.decoder().width();
        selection = config.selection();
        int keyWidth = config.keyWidth();
        query = parameters.addGaussian("preference.query", Part.QUERY, 1 / Math.sqrt(width), random, keyWidth, width);
        keys = parameters.addGaussian("preference.keys", Part.QUERY, 1, random, tokens, keyWidth);
        // Slightly uneven, so that the k most active tokens of an empty history are the same ones everywhere.
        prior = parameters.addGaussian("preference.logPrior", Part.TOKENS, 0.01, random, tokens);
        vectors = parameters.addGaussian("preference.vectors", Part.TOKENS, 0.3, random, tokens, width);
        place = parameters.addGaussian("preference.place", Part.TOKENS, 0.3, random, width);
    }

    /// What a batch of histories activates.
    ///
    /// @param activations `a`, `[R, M]`, rows sum to 1
    /// @param positions `[R, k, d]`, the selected tokens as they stand in the sequence, most
    ///     active first
    /// @param pull mean cosine between a query and its selected keys; the loss subtracts it,
    ///     times μ
    /// @param balance `M Σ_m f_m ā_m` with `f_m` the share of selections that fall on token m and
    ///     `ā_m` its mean activation: 1 when the pool is used evenly, more when tokens die (Fedus
    ///     et al., arXiv 2101.03961)
    public record Activated(Tensor activations, Tensor positions, Tensor pull, Tensor balance) {}

    /// @param pooled `[R, d]`: what liked items carry minus what disliked ones do, of each
    ///     history
    Activated forward(Tensor pooled) {
        long rows = pooled.size(0);
        if (selection == Selection.ALL) {
            return new Activated(
                    pooled.new_full(new long[] {rows, tokens}, Tensors.scalar(1.0 / tokens)),
                    vectors.add(place).unsqueeze(0).expand(rows, tokens, width),
                    pooled.new_zeros(),
                    pooled.new_ones());
        }
        Tensor cosines = unit(linear(pooled, query)).matmul(unit(keys).t());
        Tensor activations = softmax(cosines.div(Tensors.scalar(TEMPERATURE)).add(prior), -1);
        var top = activations.topk(selected);
        Tensor activation = top.get0();
        Tensor chosen = top.get1();
        // A decoder's norm would undo a mere scale; beside a vector that all preference positions share it shows.
        Tensor positions = vectors.index_select(0, chosen.reshape(rows * selected))
                .view(rows, selected, width)
                .mul(activation.mul(Tensors.scalar(tokens)).unsqueeze(2))
                .add(place);
        Tensor pull = cosines.gather(1, chosen).mean();
        Tensor share = one_hot(chosen, tokens).to(ScalarType.Float).mean(0, 1);
        Tensor balance = share.mul(activations.mean(0)).sum().mul(Tensors.scalar(tokens));
        return new Activated(activations, positions, pull, balance);
    }

    private static Tensor unit(Tensor x) {
        Tensor square = x.mul(x).sum(new long[] {-1}, true, new ScalarTypeOptional());
        return x.div(square.add(Tensors.scalar(EPSILON)).sqrt());
    }
}
