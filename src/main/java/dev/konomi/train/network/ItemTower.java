package dev.konomi.train.network;

import dev.konomi.train.network.Parameters.Part;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Features `g(z) = [x ; q(x)] − ḡ` with quadratic forms `q` ([Interactions]) and general appeal `b(z) = w₀·g(z)`; `ḡ`
/// is the training catalogue's mean.
public final class ItemTower {
    private final Interactions interactions;
    private final Tensor center;
    private final Tensor appeal;

    ItemTower(Parameters parameters, NetworkSettings settings, SplittableRandom random) {
        interactions = new Interactions(parameters, random, settings.dimension(), settings.interactions());
        center = parameters.addFilled("tower.center", Part.FIXED, 0, settings.width());
        appeal = parameters.addFilled("tower.appeal", Part.APPEAL, 0, settings.width());
    }

    /// @param x `[R, D]`
    /// @return `[R, G]`, not centred
    Tensor raw(Tensor x) {
        return torch.cat(new TensorVector(x, interactions.of(x)), 1);
    }

    /// @param x `[R, D]`
    /// @param present `[R, 1]`, 0 for the mean item, else 1
    /// @return `g`, `[R, G]`
    Tensor features(Tensor x, Tensor present) {
        return raw(x).sub(center).mul(present);
    }

    /// @param features `[…, G]`
    /// @return `b`, `[…]`
    Tensor appeal(Tensor features) {
        return features.matmul(appeal);
    }

    /// @param mean `[G]`, of [#raw] over the training catalogue
    void center(Tensor mean) {
        center.copy_(mean);
    }
}
