package dev.konomi.item;

import java.util.List;

/// Turns items into encodings. Frozen: the same content and the same digest always give the same encoding.
public interface ItemEncoder extends AutoCloseable {
    /// @return SHA-256 of the encoder's files in hexadecimal; part of every cached encoding's key
    String digest();

    /// @return `d_e`, the width of a token
    int width();

    /// @return how many of the last columns are statistics of the picture, which mean something
    ///     one by one and of which a text says nothing; 0 where all columns are an embedding's
    default int statistics() {
        return 0;
    }

    /// Encodes items in one batch.
    ///
    /// @param items any number of items
    /// @return one encoding an item, in the same order
    /// @throws ImageRefused when an image is unreadable, too large or of another format
    List<Encoding> encode(List<ItemContent> items);

    @Override
    void close();
}
