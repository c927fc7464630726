package dev.konomi.train.network;

/// The network's shape and switches; the switches exist so that a study can tell what each part is worth.
///
/// @param dimension `D`, width of an item's whitened vector
/// @param tokens `M`, size of the token pool; without tokens it is 1 and the token is zero
/// @param mapSteps unrolled steps of the person's own taste; 0 leaves it out
/// @param activation how tokens are activated
/// @param selected tokens used at a time by the query activation
/// @param products whether the network learns what attributes do together; else quadratic forms stay zero
public record NetworkSettings(
        int dimension, int tokens, int mapSteps, ActivationKind activation, int selected, boolean products) {
    /// How tokens are activated by a history.
    public enum ActivationKind {
        /// the posterior that a token's taste explains the history
        BAYES,
        /// the paper's: cosine of a pooled history to learned keys, the top k
        QUERY,
        /// the mixture of all people, for everybody and whatever the history: nothing is selected
        PRIOR,
        /// no tokens at all
        NONE
    }

    /// The best recipe so far.
    public static final NetworkSettings DEFAULT = new NetworkSettings(64, 24, 3, ActivationKind.BAYES, 4);

    /// With products.
    public NetworkSettings(int dimension, int tokens, int mapSteps, ActivationKind activation, int selected) {
        this(dimension, tokens, mapSteps, activation, selected, true);
    }

    public NetworkSettings {
        if (dimension < 1 || tokens < 1 || mapSteps < 0 || selected < 1) {
            throw new IllegalArgumentException("Network sizes must be positive: dimension " + dimension + ", tokens "
                    + tokens + ", mapSteps " + mapSteps + ", selected " + selected + ".");
        }
    }

    /// @return `G`, width of features and tastes
    public int width() {
        return dimension + interactions();
    }

    /// @return quadratic forms among the features: one for each token and one for general appeal
    public int interactions() {
        return tokens + 1;
    }

    /// @return the same with another activation
    public NetworkSettings with(ActivationKind changed) {
        return new NetworkSettings(dimension, tokens, mapSteps, changed, selected, products);
    }

    /// @return the same with another number of tokens
    public NetworkSettings withTokens(int changed) {
        return new NetworkSettings(dimension, changed, mapSteps, activation, Math.min(selected, changed), products);
    }

    /// @return the same with another number of MAP steps; 0 leaves own taste out
    public NetworkSettings withMapSteps(int changed) {
        return new NetworkSettings(dimension, tokens, changed, activation, selected, products);
    }

    /// @return the same that learns nothing of what attributes do together
    public NetworkSettings withoutProducts() {
        return new NetworkSettings(dimension, tokens, mapSteps, activation, selected, false);
    }
}
