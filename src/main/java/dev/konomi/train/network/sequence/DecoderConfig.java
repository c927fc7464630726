package dev.konomi.train.network.sequence;

/// The size of a Llama-style decoder.
///
/// @param width `d`, of every position
/// @param layers L
/// @param heads H, query heads
/// @param kvHeads H_kv, key and value heads; H is a multiple of it
/// @param hidden width between gate and down projection
public record DecoderConfig(int width, int layers, int heads, int kvHeads, int hidden) {
    /// What `atelier` uses.
    public static final DecoderConfig SMALL = new DecoderConfig(64, 2, 4, 2, 176);

    public DecoderConfig {
        if (width < 1 || layers < 1 || heads < 1 || kvHeads < 1 || hidden < 1) {
            throw new IllegalArgumentException("Every size of a decoder is at least 1, got width " + width + ", layers "
                    + layers + ", heads " + heads + ", kvHeads " + kvHeads + ", hidden " + hidden + ".");
        }
        if (width % (2 * heads) != 0) {
            throw new IllegalArgumentException("A width of " + width + " does not divide into " + heads
                    + " heads of even width: rotary positions turn pairs of values.");
        }
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(
                    heads + " query heads cannot share " + kvHeads + " key heads evenly: choose a divisor.");
        }
    }

    /// @return `d_h`, the width of a head
    public int headWidth() {
        return width / heads;
    }

    /// @return how many query heads share a key head
    public int group() {
        return heads / kvHeads;
    }
}
