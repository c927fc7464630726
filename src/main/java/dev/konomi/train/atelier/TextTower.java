package dev.konomi.train.atelier;

import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.softmax;

import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Reads a text as a bag of hashed pieces: each piece has a vector and a say, the text is their weighted mean, and two
/// layers turn it into the space of the pictures.
final class TextTower extends Module {
    /// Stands in for minus infinity where an id is 0, so that a text without any piece gives numbers.
    static final float NOTHING = -1e4f;

    final TowerShape shape;
    final EmbeddingImpl pieces;
    final EmbeddingImpl says;
    final LayerNormImpl norm;
    final LinearImpl up;
    final LinearImpl middle;
    final LinearImpl project;

    TextTower(TowerShape shape) {
        super("TextTower");
        this.shape = shape;
        pieces = register_module("pieces", new EmbeddingImpl(shape.buckets(), shape.word()));
        says = register_module("says", new EmbeddingImpl(shape.buckets(), 1));
        norm = register_module("norm", ImageTower.norm(shape.word()));
        up = register_module("up", new LinearImpl(shape.word(), shape.reading()));
        middle = register_module("middle", new LinearImpl(shape.reading(), shape.reading()));
        project = register_module("project", new LinearImpl(shape.reading(), shape.embedding()));
        try (var still = new org.bytedeco.pytorch.NoGradGuard()) {
            pieces.weight().mul_(new Scalar(0.3));
            says.weight().mul_(new Scalar(0.1));
        }
    }

    /// @param ids `[B, ids]`, int64, filled up with 0
    /// @return embeddings `[B, d_e]`
    Tensor forward(Tensor ids) {
        Tensor absent = ids.eq(new Scalar(0)).to(org.bytedeco.pytorch.global.torch.ScalarType.Float);
        Tensor say = says.forward(ids).squeeze(2).add(absent.mul(new Scalar(NOTHING)));
        Tensor mean = softmax(say, 1).unsqueeze(1).matmul(pieces.forward(ids)).squeeze(1);
        Tensor x = gelu(up.forward(norm.forward(mean)), "none");
        x = x.add(gelu(middle.forward(x), "none"));
        return project.forward(x);
    }
}
