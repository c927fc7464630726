package dev.konomi.train.network;

import dev.konomi.train.network.NetworkSettings.ActivationKind;
import dev.konomi.train.network.Parameters.Part;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/// A pool of M preference tokens, each a group's taste `p_m` in feature space on top of general appeal, and how a
/// history activates them.
public final class TokenPool {
    private final Tensor vectors;
    private final Activation activation;

    TokenPool(Parameters parameters, NetworkSettings settings, SplittableRandom random, Change change) {
        int tokens = settings.activation() == ActivationKind.NONE ? 1 : settings.tokens();
        // Without tokens one stays that says nothing: everything downstream keeps its shape.
        Part part = settings.activation() == ActivationKind.NONE ? Part.FIXED : Part.TOKENS;
        vectors = settings.activation() == ActivationKind.QUERY
                ? parameters.addGaussian("tokens.vectors", part, 0.3, random, tokens, settings.width())
                : parameters.addFilled("tokens.vectors", part, 0, tokens, settings.width());
        activation = switch (settings.activation()) {
            case QUERY -> new QueryActivation(parameters, settings, random, change);
            case PRIOR -> new PriorActivation(parameters, tokens, change);
            case BAYES, NONE -> new BayesActivation(parameters, tokens, change);
        };
    }

    /// @return `p`, `[M, G]`
    public Tensor vectors() {
        return vectors;
    }

    Activation activation() {
        return activation;
    }

    /// @return the query activation, where that is what activates
    public Optional<QueryActivation> query() {
        return activation instanceof QueryActivation query ? Optional.of(query) : Optional.empty();
    }

    /// @return `p_m·d_i`, `[B, n, M]`
    Tensor explained(Evidence history) {
        return history.difference().matmul(vectors.t());
    }
}
