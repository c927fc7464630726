package dev.konomi.cli.study;

import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Picture;
import dev.konomi.item.Encoding;

/// What a model is told of a picture.
enum Inputs {
    /// the encoder's tokens of image and prompt
    BOTH,
    /// that of the image
    IMAGE,
    /// that of the prompt
    TEXT,
    /// what the picture really shows, which no encoder knows
    ATTRIBUTES;

    /// @param encoding what the encoder sees in the picture
    /// @return what the model is told of it; attributes as `[Attribute.VALUES]` zeros and ones in place of an image
    Encoding of(Picture picture, Encoding encoding) {
        return switch (this) {
            case BOTH -> encoding;
            case IMAGE -> new Encoding(encoding.image(), null);
            case TEXT -> new Encoding(null, encoding.text());
            case ATTRIBUTES -> {
                float[] shown = new float[Attribute.VALUES];
                for (Attribute attribute : Attribute.values()) {
                    shown[attribute.offset() + picture.scene().value(attribute)] = 1;
                }
                yield new Encoding(shown, null);
            }
        };
    }
}
