package dev.konomi.train.network;

import org.bytedeco.pytorch.Tensor;

/// `s(u, z) = h_u·g(z) + b(z)`: a person's taste is a vector, a candidate costs one dot product, and a score splits
/// exactly into own taste, tokens and general appeal. The logits of {+, −} are `±s/2`.
public final class LateHead {
    private LateHead() {}

    /// @param taste `h_u`, `[B, Q, G]`
    /// @param features `[B, n, G]`
    /// @param appeal `[B, n]`
    /// @return `s`, `[B, Q, n]`
    public static Tensor scores(Tensor taste, Tensor features, Tensor appeal) {
        return taste.matmul(features.transpose(1, 2)).add(appeal.unsqueeze(1));
    }
}
