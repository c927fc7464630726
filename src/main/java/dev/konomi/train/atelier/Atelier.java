package dev.konomi.train.atelier;

import dev.konomi.gallery.Attribute;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/// The whole network in training: both towers, and what is read off an embedding to teach them.
final class Atelier extends Module {
    final ImageTower image;
    final TextTower text;

    /// All attributes' values, linear in the embedding of either tower, so that both towers use the same directions.
    final LinearImpl attributes;

    /// Colour and edge statistics of the picture, linear in its embedding: what holds for any picture, not only for
    /// this gallery's.
    final LinearImpl statistics;

    Atelier(TowerShape shape) {
        super("Atelier");
        image = register_module("image", new ImageTower(shape));
        text = register_module("text", new TextTower(shape));
        attributes = register_module("attributes", new LinearImpl(shape.embedding(), Attribute.VALUES));
        statistics = register_module("statistics", new LinearImpl(shape.embedding(), PictureStatistics.COUNT));
    }

    /// Logits of one attribute's values, `[B, values]`.
    Tensor logits(Tensor all, Attribute attribute) {
        return all.narrow(1, attribute.offset(), attribute.size());
    }
}
