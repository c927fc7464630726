package dev.konomi.train.network;

import dev.konomi.train.network.Parameters.Part;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Features `g(z) = [x ; MLP(x)] − ḡ` and general appeal `b(z) = w₀·g(z)`; `ḡ` is the training catalogue's mean.
public final class ItemTower {
    private final Tensor hiddenWeight;
    private final Tensor hiddenBias;
    private final Tensor outWeight;
    private final Tensor center;
    private final Tensor appeal;

    ItemTower(Parameters parameters, NetworkSettings settings, SplittableRandom random) {
        int dimension = settings.dimension();
        int hidden = settings.hidden();
        // x has norm about 0.3 √D: the first layer starts as if its components had unit variance.
        hiddenWeight = parameters.addGaussian(
                "tower.hidden.weight", Part.TOWER, 2 / Math.sqrt(dimension), random, hidden, dimension);
        hiddenBias = parameters.addGaussian("tower.hidden.bias", Part.TOWER, 0.3, random, hidden);
        outWeight = parameters.addGaussian(
                "tower.out.weight", Part.TOWER, 0.6 / Math.sqrt(hidden), random, settings.interactions(), hidden);
        center = parameters.addFilled("tower.center", Part.FIXED, 0, settings.width());
        appeal = parameters.addFilled("tower.appeal", Part.APPEAL, 0, settings.width());
    }

    /// @param x `[R, D]`
    /// @return `[R, G]`, not centred
    Tensor raw(Tensor x) {
        Tensor hidden = torch.silu(x.matmul(hiddenWeight.t()).add(hiddenBias));
        return torch.cat(new TensorVector(x, hidden.matmul(outWeight.t())), 1);
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
