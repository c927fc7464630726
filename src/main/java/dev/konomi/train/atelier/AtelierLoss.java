package dev.konomi.train.atelier;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.smooth_l1_loss;

import dev.konomi.gallery.Attribute;
import dev.konomi.train.atelier.procedural.Kind;
import dev.konomi.train.atelier.procedural.Trait;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// What the towers are taught by.
///
/// @param picture cross entropy of the five attributes, summed, from pictures
/// @param text the same from texts, for the attributes that a prompt names
/// @param contrast of pictures and prompts (Radford et al., arXiv 2103.00020), where a prompt has every picture that
///     shows what it names for its partner
/// @param statistics smooth L1 of the picture's statistics
/// @param procedural cross entropy of what procedural pictures are made as, and smooth L1 of what they are made from
record AtelierLoss(Tensor picture, Tensor text, Tensor contrast, Tensor statistics, Tensor procedural) {
    private static final double CONTRAST = 0.3;
    private static final double STATISTICS = 0.5;
    private static final double PROCEDURAL = 0.25;

    /// Traits weigh as much as kinds.
    private static final double TRAITS = 4;

    /// One over the temperature of the contrast.
    private static final double SHARPNESS = 12;

    static AtelierLoss of(Atelier network, AtelierBatch batch, int size, int procedural, TowerShape shape) {
        Tensor all = network.image.forward(
                Tensor.create(batch.pixels(), (long) size + procedural, shape.edge(), shape.edge(), 3));
        Tensor pictures = all.narrow(0, 0, size);
        Tensor texts = network.text.forward(Tensor.create(batch.ids(), 2L * size, shape.ids()));
        Tensor fromPictures =
                attributes(network, pictures, Tensor.create(batch.pictureTargets(), size, Attribute.VALUES));
        Tensor fromTexts = attributes(network, texts, Tensor.create(batch.textTargets(), 2L * size, Attribute.VALUES));
        Tensor alike = unit(pictures)
                .matmul(unit(texts.narrow(0, 0, size)).transpose(0, 1))
                .mul(new Scalar(SHARPNESS));
        Tensor matches = Tensor.create(batch.matches(), size, size);
        Tensor contrast = aligned(alike, matches).add(aligned(alike.transpose(0, 1), matches.transpose(0, 1)));
        Tensor statistics = smooth_l1_loss(
                network.statistics.forward(all),
                Tensor.create(batch.statistics(), (long) size + procedural, PictureStatistics.COUNT));
        return new AtelierLoss(
                fromPictures,
                fromTexts,
                contrast,
                statistics,
                procedural(network, all.narrow(0, size, procedural), batch));
    }

    Tensor total() {
        return picture.add(text)
                .add(contrast.mul(new Scalar(CONTRAST)))
                .add(statistics.mul(new Scalar(STATISTICS)))
                .add(procedural.mul(new Scalar(PROCEDURAL)));
    }

    static Tensor unit(Tensor x) {
        return x.div(x.norm(new org.bytedeco.pytorch.ScalarOptional(new Scalar(2.0)), new long[] {1}, true)
                .add(new Scalar(1e-6)));
    }

    private static Tensor attributes(Atelier network, Tensor embeddings, Tensor targets) {
        Tensor logits = network.attributes.forward(embeddings);
        TensorVector logs = new TensorVector();
        for (Attribute attribute : Attribute.values()) {
            logs.push_back(log_softmax(network.logits(logits, attribute), 1));
        }
        return cat(logs, 1).mul(targets).sum().mul(new Scalar(-1.0 / embeddings.size(0)));
    }

    private static Tensor procedural(Atelier network, Tensor embeddings, AtelierBatch batch) {
        long count = embeddings.size(0);
        Tensor read = network.procedural.forward(embeddings);
        Tensor kinds = log_softmax(read.narrow(1, 0, Kind.COUNT), 1)
                .mul(Tensor.create(batch.kinds(), count, Kind.COUNT))
                .sum()
                .mul(new Scalar(-1.0 / count));
        Tensor known = Tensor.create(batch.traitsKnown(), count, Trait.COUNT);
        Tensor traits = smooth_l1_loss(
                read.narrow(1, Kind.COUNT, Trait.COUNT).mul(known), Tensor.create(batch.traits(), count, Trait.COUNT));
        return kinds.add(traits.mul(new Scalar(TRAITS)));
    }

    /// Cross entropy of each row's softmax against its matches, shared evenly among them.
    private static Tensor aligned(Tensor alike, Tensor matches) {
        Tensor shares = matches.div(matches.sum(new long[] {1}, true, new org.bytedeco.pytorch.ScalarTypeOptional())
                .clamp_min(new Scalar(1.0)));
        return log_softmax(alike, 1).mul(shares).sum().mul(new Scalar(-1.0 / alike.size(0)));
    }
}
