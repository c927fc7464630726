package dev.konomi.train.network.sequence;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.rms_norm;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.silu;

import dev.konomi.train.network.Parameters;
import dev.konomi.train.network.Parameters.Part;
import dev.konomi.train.network.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;

/// A Llama-style decoder: RMSNorm (arXiv 1910.07467), rotary positions (2104.09864),
/// grouped-query attention (2305.13245), SwiGLU (2002.05202). The last norm is applied by
/// [#forward] too.
///
/// Query, key and value projections are one weight `[(H + 2 H_kv) d_h, d]`, gate and up
/// projections another one `[2 hidden, d]`. Who may attend to whom is the caller's mask, so that
/// one sequence can hold many targets that do not see each other.
public final class Decoder {
    /// ε of every norm.
    public static final float EPSILON = 1e-5f;

    /// θ of rotary positions: pair i turns by `position · θ^(−2i/d_h)`.
    public static final double ROTARY_BASE = 10_000;

    private final DecoderConfig config;
    private final List<Block> blocks = new ArrayList<>();
    private final Tensor norm;
    private final Tensor frequencies;

    private record Block(Tensor attentionNorm, Tensor qkv, Tensor out, Tensor mlpNorm, Tensor gateUp, Tensor down) {}

    Decoder(DecoderConfig config, Parameters parameters, SplittableRandom random) {
        this.config = config;
        int width = config.width();
        int heads = config.heads() + 2 * config.kvHeads();
        // Residual branches start small, so that depth does not blow up the first steps.
        double branch = 1 / Math.sqrt(2.0 * config.layers());
        for (int layer = 0; layer < config.layers(); layer++) {
            String name = "decoder." + layer + ".";
            blocks.add(new Block(
                    parameters.addFilled(name + "attentionNorm", Part.DECODER, 1, width),
                    weight(parameters, random, name + "qkv", 1, heads * config.headWidth(), width),
                    weight(parameters, random, name + "out", branch, width, width),
                    parameters.addFilled(name + "mlpNorm", Part.DECODER, 1, width),
                    weight(parameters, random, name + "gateUp", 1, 2 * config.hidden(), width),
                    weight(parameters, random, name + "down", branch, width, config.hidden())));
        }
        norm = parameters.addFilled("decoder.norm", Part.DECODER, 1, width);
        frequencies =
                Tensors.on(parameters.device(), Tensors.of(frequencies(config.headWidth()), config.headWidth() / 2));
    }

    /// A layer that keeps the variance of its input times `gain²`.
    private static Tensor weight(
            Parameters parameters, SplittableRandom random, String name, double gain, int out, int in) {
        return parameters.addGaussian(name, Part.DECODER, gain / Math.sqrt(in), random, out, in);
    }

    /// @return `θ^(−2i/d_h)` for each pair i, `[d_h/2]`
    public static float[] frequencies(int headWidth) {
        float[] frequencies = new float[headWidth / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) Math.pow(ROTARY_BASE, -2.0 * i / headWidth);
        }
        return frequencies;
    }

    /// @param x `[B, T, d]`
    /// @param positions `[B, T]`, f32: where each token stands, which need not be its index
    /// @param mask `[B, T, T]`: 0 where the row may attend to the column, −∞ elsewhere
    /// @return `[B, T, d]`, normalised
    Tensor forward(Tensor x, Tensor positions, Tensor mask) {
        long batch = x.size(0);
        long length = x.size(1);
        Tensor angles = positions.view(batch, length, 1, 1).mul(frequencies);
        Tensor cos = angles.cos();
        Tensor sin = angles.sin();
        Tensor open = mask.view(batch, 1, length, length);
        Tensor state = x;
        for (Block block : blocks) {
            state = state.add(attention(block, norm(state, block.attentionNorm), cos, sin, open));
            // Chunks, not narrowed views: their gradients are joined once, not padded and added.
            TensorVector gateUp =
                    linear(norm(state, block.mlpNorm), block.gateUp).chunk(2, 2);
            Tensor hidden = silu(gateUp.get(0)).mul(gateUp.get(1));
            state = state.add(linear(hidden, block.down));
        }
        return norm(state, norm);
    }

    private Tensor attention(Block block, Tensor x, Tensor cos, Tensor sin, Tensor mask) {
        long batch = x.size(0);
        long length = x.size(1);
        int heads = config.heads();
        int kvHeads = config.kvHeads();
        int width = config.headWidth();
        TensorVector qkv = linear(x, block.qkv)
                .view(batch, length, heads + 2L * kvHeads, width)
                .split(new long[] {heads + kvHeads, kvHeads}, 2);
        TensorVector turned = turn(qkv.get(0), cos, sin).split(new long[] {heads, kvHeads}, 2);
        // Scaled by 1/√d_h; query heads share key heads in groups.
        Tensor mixed = scaled_dot_product_attention(
                turned.get(0).transpose(1, 2),
                turned.get(1).transpose(1, 2),
                qkv.get(1).transpose(1, 2),
                new TensorOptional(mask),
                0,
                false,
                new DoubleOptional(),
                kvHeads < heads);
        return linear(mixed.transpose(1, 2).reshape(batch, length, (long) heads * width), block.out);
    }

    /// Turns the pairs (i, i + d_h/2) of each head.
    private static Tensor turn(Tensor heads, Tensor cos, Tensor sin) {
        TensorVector halves = heads.chunk(2, 3);
        Tensor first = halves.get(0);
        Tensor second = halves.get(1);
        return cat(
                new TensorVector(
                        first.mul(cos).sub(second.mul(sin)), second.mul(cos).add(first.mul(sin))),
                3);
    }

    private static Tensor norm(Tensor x, Tensor weight) {
        return rms_norm(x, new long[] {x.size(2)}, new TensorOptional(weight), new DoubleOptional(EPSILON));
    }
}
