package dev.konomi.train.network;

import org.bytedeco.pytorch.Tensor;

/// What a history says about which tokens are a person's.
sealed interface Activation permits BayesActivation, PriorActivation, QueryActivation {
    /// @param explained `p_m·d_i`, `[B, n, M]`: how well each token explains each observation
    /// @return `a`, `[B, Q, M]`, each row sums to 1
    Tensor activate(Evidence history, Tensor explained);
}
