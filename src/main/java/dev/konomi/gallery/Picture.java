package dev.konomi.gallery;

import java.awt.image.BufferedImage;

/// One item of a gallery: an image and the prompt that it is offered under, which names part of it.
///
/// @param number position in its catalogue
/// @param scene what is painted; for the simulator and for tests, never given to a model
/// @param paintSeed seed of everything that the scene leaves open
/// @param prompt the words that go with the image
/// @param language the prompt's language
public record Picture(int number, Scene scene, long paintSeed, String prompt, Language language) {
    /// The image, 256 × 256, painted anew at each call.
    public BufferedImage image() {
        return Painter.paint(scene, paintSeed);
    }

    /// The image as a JPEG file.
    public byte[] jpeg() {
        return Painter.jpeg(image());
    }
}
