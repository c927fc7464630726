package dev.konomi.train.atelier;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.softmax;

import dev.konomi.gallery.Attribute;
import dev.konomi.train.atelier.procedural.Kind;
import dev.konomi.train.atelier.procedural.Trait;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// The whole network in training: both towers, and what is read off an embedding to teach them.
final class Atelier extends Module {
    /// Length of the direction in an encoding: its components vary less than concepts do, so that a
    /// connector that keeps the directions of most variance keeps the concepts.
    static final float DIRECTION = 0.5f;

    final ImageTower image;
    final TextTower text;

    /// All attributes' values, linear in the embedding of either tower, so that both towers use the same directions.
    final LinearImpl attributes;

    /// Colour and edge statistics of the picture, linear in its embedding: what holds for any picture, not only for
    /// this gallery's.
    final LinearImpl statistics;

    /// What a procedural picture is made as and from, linear in its embedding: so that the direction keeps what
    /// pictures of other kinds than the gallery's differ by.
    final LinearImpl procedural;

    Atelier(TowerShape shape) {
        super("Atelier");
        image = register_module("image", new ImageTower(shape));
        text = register_module("text", new TextTower(shape));
        attributes = register_module("attributes", new LinearImpl(shape.embedding(), Attribute.VALUES));
        statistics = register_module("statistics", new LinearImpl(shape.embedding(), PictureStatistics.COUNT));
        procedural = register_module("procedural", new LinearImpl(shape.embedding(), Kind.COUNT + Trait.COUNT));
    }

    /// What the encoder gives for an embedding: the probability of each concept, attribute by
    /// attribute, then the embedding's direction. Concepts make tastes linear, which a person's few
    /// choices can find; the direction keeps what no concept of this gallery names.
    ///
    /// @param embedding `[B, d]` of either tower
    /// @return `[B, values + d]`
    Tensor encoding(Tensor embedding) {
        Tensor all = attributes.forward(embedding);
        TensorVector parts = new TensorVector();
        for (Attribute attribute : Attribute.values()) {
            parts.push_back(softmax(logits(all, attribute), 1));
        }
        parts.push_back(AtelierLoss.unit(embedding).mul(new Scalar(DIRECTION)));
        return cat(parts, 1);
    }

    /// Width of an [#encoding].
    static int width(TowerShape shape) {
        return Attribute.VALUES + shape.embedding();
    }

    /// Logits of one attribute's values, `[B, values]`.
    Tensor logits(Tensor all, Attribute attribute) {
        return all.narrow(1, attribute.offset(), attribute.size());
    }
}
