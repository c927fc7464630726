package dev.konomi.train.network;

import dev.konomi.train.network.Parameters.Part;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/// What attributes do together, for each taste `k` (general appeal first, then the classes) a quadratic form of low
/// rank, `q_k(x) = Σ_r (u_kr·x)(v_kr·x)`: a taste that likes ink drawings in blue, but neither alone, is one product of
/// two directions. The squared norms of the factors are penalised, which is the nuclear norm of `Q_k` (Srebro et al.,
/// Maximum-Margin Matrix Factorization, 2005): full forms would have `D²/2` numbers to learn by heart.
public final class Interactions {
    /// Products a form has.
    public static final int RANK = 8;

    /// Small, so that a form starts as nothing; not zero, where products have no gradient.
    private static final double START = 0.1;

    /// Names of the parameters.
    public static final String LEFT = "tower.left";

    /// Names of the parameters.
    public static final String RIGHT = "tower.right";

    private final int forms;
    private final Tensor left;
    private final Tensor right;

    /// @param dimension `D`
    /// @param forms `K`, one more than classes
    public Interactions(Parameters parameters, SplittableRandom random, int dimension, int forms) {
        this.forms = forms;
        left = parameters.addGaussian(LEFT, Part.TOWER, START, random, dimension, (long) forms * RANK);
        right = parameters.addGaussian(RIGHT, Part.TOWER, START, random, dimension, (long) forms * RANK);
    }

    /// @param x `[R, D]`
    /// @return `q`, `[R, K]`
    public Tensor of(Tensor x) {
        return x.matmul(left).mul(x.matmul(right)).view(x.size(0), forms, RANK).sum(2);
    }

    /// @param second `E[x xᵀ]` over a catalogue, `[D, D]`
    /// @return mean of `q` over it, `[K]`
    public Tensor mean(Tensor second) {
        return second.matmul(left).mul(right).sum(0).view(forms, RANK).sum(1);
    }

    /// @return squared norms of each form's factors, `[K]`
    public Tensor squares() {
        return left.square().add(right.square()).sum(0).view(forms, RANK).sum(1);
    }
}
