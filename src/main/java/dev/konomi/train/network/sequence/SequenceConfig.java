package dev.konomi.train.network.sequence;

/// The model in sequence: what goes into the decoder, and where preference tokens stand.
///
/// @param decoder the decoder's size
/// @param encodingWidth `d_e`, the encodings' width
/// @param dimension `D`, of a whitened encoding
/// @param tokens M, the pool of preference tokens
/// @param selected k, how many of them stand in a sequence; 0 for none at all
/// @param keyWidth `d_k`, of queries and keys
/// @param placement where they stand
/// @param selection which of the pool stand in a sequence
public record SequenceConfig(
        DecoderConfig decoder,
        int encodingWidth,
        int dimension,
        int tokens,
        int selected,
        int keyWidth,
        Placement placement,
        Selection selection) {
    /// Where activated preference tokens stand.
    public enum Placement {
        /// Before the history, as published: every event changes them, hence every cached key.
        PREFIX,
        /// Between history and target: the history's cache does not depend on them, an event only
        /// appends.
        SUFFIX
    }

    /// Which preference tokens stand in a sequence.
    public enum Selection {
        /// The k most active by a query that the history gives, as the paper says.
        QUERY,
        /// The whole pool, the same for everybody: one global prompt, as the published code does.
        ALL
    }

    public SequenceConfig {
        if (encodingWidth < 1 || dimension < 1) {
            throw new IllegalArgumentException("Encodings need a width of 1 or more before and after whitening, got "
                    + encodingWidth + " and " + dimension + ".");
        }
        if (selected < 0 || selected > tokens) {
            throw new IllegalArgumentException(
                    "Between 0 and " + tokens + " preference tokens (the pool) can be selected, got " + selected + ".");
        }
        if (selection == Selection.ALL && selected > 0 && selected < tokens) {
            throw new IllegalArgumentException("One prompt for everybody is the whole pool of " + tokens
                    + " preference tokens, not " + selected + " of them.");
        }
    }

    /// Tokens are selected by a query.
    public SequenceConfig(
            DecoderConfig decoder,
            int encodingWidth,
            int dimension,
            int tokens,
            int selected,
            int keyWidth,
            Placement placement) {
        this(decoder, encodingWidth, dimension, tokens, selected, keyWidth, placement, Selection.QUERY);
    }

    /// @param encodingWidth `d_e`
    /// @return what `atelier` uses
    public static SequenceConfig small(int encodingWidth) {
        return new SequenceConfig(DecoderConfig.SMALL, encodingWidth, 64, 16, 4, 32, Placement.SUFFIX);
    }

    /// @return the same with tokens elsewhere
    public SequenceConfig with(Placement elsewhere) {
        return new SequenceConfig(decoder, encodingWidth, dimension, tokens, selected, keyWidth, elsewhere, selection);
    }

    /// @return the same with k preference tokens in a sequence
    public SequenceConfig withSelected(int k) {
        return new SequenceConfig(decoder, encodingWidth, dimension, tokens, k, keyWidth, placement, selection);
    }

    /// @return the same with the whole pool in every sequence, the same for everybody
    public SequenceConfig withGlobalPrompt() {
        return new SequenceConfig(
                decoder, encodingWidth, dimension, tokens, tokens, keyWidth, placement, Selection.ALL);
    }
}
