package dev.konomi.train.network.sequence;

/// The model in sequence: what goes into the decoder, and where preference tokens stand.
///
/// @param decoder the decoder's size
/// @param encodingWidth `d_e`, the encodings' width
/// @param whitened how many principal components of an encoding the connector reads, at most `d_e`
/// @param tokens M, the pool of preference tokens
/// @param selected k, how many of them stand in a sequence; 0 for none at all
/// @param keyWidth `d_k`, of queries and keys
/// @param placement where they stand
public record SequenceConfig(
        DecoderConfig decoder,
        int encodingWidth,
        int whitened,
        int tokens,
        int selected,
        int keyWidth,
        Placement placement) {
    /// Where activated preference tokens stand.
    public enum Placement {
        /// Before the history, as published: every event changes them, hence every cached key.
        PREFIX,
        /// Between history and target: the history's cache does not depend on them, an event only appends.
        SUFFIX
    }

    public SequenceConfig {
        if (whitened < 1 || whitened > encodingWidth) {
            throw new IllegalArgumentException("The connector reads between 1 and " + encodingWidth
                    + " principal components (the encodings' width), got " + whitened + ".");
        }
        if (selected < 0 || selected > tokens) {
            throw new IllegalArgumentException(
                    "Between 0 and " + tokens + " preference tokens (the pool) can be selected, got " + selected + ".");
        }
    }

    /// @param encodingWidth `d_e`
    /// @return what `atelier` uses
    public static SequenceConfig small(int encodingWidth) {
        return new SequenceConfig(
                DecoderConfig.SMALL, encodingWidth, Math.min(64, encodingWidth), 16, 4, 32, Placement.SUFFIX);
    }

    /// @return the same with tokens elsewhere
    public SequenceConfig with(Placement elsewhere) {
        return new SequenceConfig(decoder, encodingWidth, whitened, tokens, selected, keyWidth, elsewhere);
    }
}
