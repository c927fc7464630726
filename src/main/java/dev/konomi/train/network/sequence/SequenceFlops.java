package dev.konomi.train.network.sequence;

/// Floating-point operations of the head in sequence: those of its products of matrices, a
/// multiplication and an addition each. Everything else is linear in positions and goes at the
/// speed of memory.
final class SequenceFlops {
    private SequenceFlops() {}

    /// Of one pass, padding included: it is computed too. Scores are `T²` for every head, whoever
    /// may attend to whom.
    ///
    /// @param withTokens whether preference tokens stand in the sequences
    static double forward(SequenceConfig config, SequenceBatch batch, boolean withTokens) {
        DecoderConfig decoder = config.decoder();
        double width = decoder.width();
        double unique = batch.items().length;
        double blocks = batch.signed().length / unique;
        double items = product(2 * unique, config.dimension(), width) + product(unique, 2 * width, width);
        double history = product(blocks, unique, width) + 2 * product(blocks, width, width);
        double pool = withTokens && config.selection() == SequenceConfig.Selection.QUERY
                ? product(blocks, width, config.keyWidth()) + product(blocks, config.keyWidth(), config.tokens())
                : 0;
        double read = product(batch.reads().length, width, 2);
        return items + history + pool + read + decoder.layers() * layer(decoder, batch);
    }

    private static double layer(DecoderConfig decoder, SequenceBatch batch) {
        double width = decoder.width();
        double positions = (double) batch.sequences() * batch.length();
        double projections =
                product(positions, width, (decoder.heads() + 2.0 * decoder.kvHeads()) * decoder.headWidth())
                        + product(positions, width, width)
                        + 3 * product(positions, width, decoder.hidden());
        double attention = 2 * decoder.heads() * product(positions, decoder.headWidth(), batch.length());
        return projections + attention;
    }

    private static double product(double rows, double inner, double columns) {
        return 2 * rows * inner * columns;
    }
}
