package dev.konomi.gallery.painting;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// A way to render a sketch.
interface Manner {
    BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random);
}
