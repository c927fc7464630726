package dev.konomi.train.atelier;

/// The sizes of the two towers.
///
/// @param edge of the picture in pixels, a multiple of 16
/// @param fine channels after the first stage of the stem, one position for 4 × 4 pixels
/// @param middle channels after the second, one for 8 × 8
/// @param width of the transformer, one token for 16 × 16 pixels
/// @param blocks of the transformer
/// @param heads of its attention
/// @param hidden width of its feed-forward layers
/// @param embedding `d_e`, the width of the space that both towers share
/// @param buckets ids of the tokenizer, 0 included
/// @param ids how many ids a text gets
/// @param word width of an id's embedding
/// @param reading hidden width of the text tower
public record TowerShape(
        int edge,
        int fine,
        int middle,
        int width,
        int blocks,
        int heads,
        int hidden,
        int embedding,
        int buckets,
        int ids,
        int word,
        int reading) {
    /// The encoder that ships.
    public static final TowerShape SHIPPED = new TowerShape(128, 48, 96, 128, 3, 4, 384, 96, 8192, 128, 48, 192);

    /// @throws IllegalArgumentException unless the picture divides into tokens and the width into heads
    public TowerShape {
        if (edge < 16 || edge % 16 != 0) {
            throw new IllegalArgumentException("an edge of " + edge + " pixels: give a multiple of 16");
        }
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException("a width of " + width + " does not divide into " + heads + " heads");
        }
    }

    /// Tokens of one picture.
    public int tokens() {
        return (edge / 16) * (edge / 16);
    }
}
