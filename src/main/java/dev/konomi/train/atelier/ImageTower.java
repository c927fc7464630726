package dev.konomi.train.atelier;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.constant_pad_nd;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.softmax;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// A small vision transformer (Dosovitskiy et al., arXiv 2010.11929) behind a convolutional stem, which lets it learn
/// from few pictures (Xiao et al., arXiv 2106.14881).
///
/// Each of the stem's three stages looks through windows twice as wide as its stride and is written as reshape and
/// matrix product: the trainer's library has no fast convolution on the CPU, and a matrix product is exported as is.
final class ImageTower extends Module {
    final TowerShape shape;
    final LinearImpl stem1;
    final LinearImpl stem2;
    final LinearImpl stem3;
    final LayerNormImpl norm1;
    final LayerNormImpl norm2;
    final LayerNormImpl norm3;
    final Tensor position;
    final List<Block> blocks = new ArrayList<>();
    final LayerNormImpl last;
    final LinearImpl project;

    ImageTower(TowerShape shape) {
        super("ImageTower");
        this.shape = shape;
        stem1 = register_module("stem1", new LinearImpl(4 * 48, shape.fine()));
        stem2 = register_module("stem2", new LinearImpl(16L * shape.fine(), shape.middle()));
        stem3 = register_module("stem3", new LinearImpl(16L * shape.middle(), shape.width()));
        norm1 = register_module("norm1", norm(shape.fine()));
        norm2 = register_module("norm2", norm(shape.middle()));
        norm3 = register_module("norm3", norm(shape.width()));
        // What register_parameter returns points into a growing vector; only the tensor passed in stays valid.
        position = randn(shape.tokens(), shape.width()).mul(new Scalar(0.02)).detach();
        register_parameter("position", position);
        for (int k = 0; k < shape.blocks(); k++) {
            blocks.add(register_module("block" + k, new Block(shape)));
        }
        last = register_module("last", norm(shape.width()));
        project = register_module("project", new LinearImpl(shape.width(), shape.embedding()));
    }

    static LayerNormImpl norm(long width) {
        return new LayerNormImpl(new LongVector(new long[] {width}));
    }

    /// @param pixels `[B, edge, edge, 3]`, normalised
    /// @return embeddings `[B, d_e]`
    Tensor forward(Tensor pixels) {
        long batch = pixels.size(0);
        Tensor x = gelu(norm1.forward(stem1.forward(windows(merge(pixels, 4)))), "none");
        x = gelu(norm2.forward(stem2.forward(windows(merge(x, 2)))), "none");
        x = norm3.forward(stem3.forward(windows(merge(x, 2))));
        x = x.view(batch, shape.tokens(), shape.width()).add(position);
        for (Block block : blocks) {
            x = block.forward(x);
        }
        return project.forward(
                last.forward(x).mean(new long[] {1}, false, new org.bytedeco.pytorch.ScalarTypeOptional()));
    }

    /// `[B, h, w, c]` to `[B, h/size, w/size, size·size·c]`.
    private static Tensor merge(Tensor x, int size) {
        long h = x.size(1) / size;
        long w = x.size(2) / size;
        long c = x.size(3);
        return x.reshape(x.size(0), h, size, w, size * c)
                .permute(0, 1, 3, 2, 4)
                .reshape(x.size(0), h, w, size * size * c);
    }

    /// Each position with its neighbours to the right, below, and below to the right: `[B, h, w, c]` to
    /// `[B, h, w, 4c]`, zeros outside.
    private static Tensor windows(Tensor x) {
        long h = x.size(1);
        long w = x.size(2);
        Tensor wide = constant_pad_nd(x, 0, 0, 0, 1, 0, 1);
        return cat(
                new TensorVector(
                        x,
                        wide.narrow(1, 0, h).narrow(2, 1, w),
                        wide.narrow(1, 1, h).narrow(2, 0, w),
                        wide.narrow(1, 1, h).narrow(2, 1, w)),
                3);
    }

    /// Attention and a feed-forward layer, each normalised before and added to what came in.
    static final class Block extends Module {
        final int heads;
        final LayerNormImpl norm1;
        final LayerNormImpl norm2;
        final LinearImpl qkv;
        final LinearImpl out;
        final LinearImpl up;
        final LinearImpl down;

        Block(TowerShape shape) {
            super("Block");
            heads = shape.heads();
            norm1 = register_module("norm1", norm(shape.width()));
            norm2 = register_module("norm2", norm(shape.width()));
            qkv = register_module("qkv", new LinearImpl(shape.width(), 3L * shape.width()));
            out = register_module("out", new LinearImpl(shape.width(), shape.width()));
            up = register_module("up", new LinearImpl(shape.width(), shape.hidden()));
            down = register_module("down", new LinearImpl(shape.hidden(), shape.width()));
        }

        /// `[B, t, d]` to `[B, t, d]`.
        Tensor forward(Tensor x) {
            long b = x.size(0);
            long t = x.size(1);
            long d = x.size(2);
            Tensor split = qkv.forward(norm1.forward(x))
                    .view(b, t, 3, heads, d / heads)
                    .permute(2, 0, 3, 1, 4)
                    .contiguous();
            Tensor weights = softmax(
                    split.select(0, 0)
                            .matmul(split.select(0, 1).transpose(-2, -1))
                            .mul(new Scalar(1 / Math.sqrt((double) d / heads))),
                    -1);
            Tensor seen = weights.matmul(split.select(0, 2)).transpose(1, 2).reshape(b, t, d);
            Tensor attended = x.add(out.forward(seen));
            return attended.add(down.forward(gelu(up.forward(norm2.forward(attended)), "none")));
        }
    }
}
