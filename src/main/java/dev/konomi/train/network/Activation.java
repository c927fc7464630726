package dev.konomi.train.network;

import org.bytedeco.pytorch.Tensor;

/// What a history says about which tokens are a person's.
sealed interface Activation permits BayesActivation, PriorActivation, QueryActivation {
    /// @param explained `p_m·d_i`, `[B, n, M]`: how well each token explains each observation
    Activated activate(Evidence history, Tensor explained);

    /// What a history says.
    ///
    /// @param tokens `a`, `[B, Q, M]`, each row sums to 1
    /// @param weight `ω`, how much of each observation is still about the taste of now, `[B, Q, n]`
    record Activated(Tensor tokens, Tensor weight) {}
}
