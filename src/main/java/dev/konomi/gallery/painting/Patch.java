package dev.konomi.gallery.painting;

import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import org.jspecify.annotations.Nullable;

/// A shape of a sketch, in pixels.
///
/// @param shape what is filled
/// @param tone its colour
/// @param shade lighter or darker than the tone, −1 to 1
/// @param fadesTo the tone at the shape's lower edge, where it has a gradient
/// @param clip where the shape may be seen, if not everywhere
/// @param plane how near it is
/// @param line true if the shape is a line that was drawn, not an area
record Patch(
        Shape shape,
        Tone tone,
        double shade,
        @Nullable Tone fadesTo,
        @Nullable Rectangle2D clip,
        Plane plane,
        boolean line) {
    /// From far to near.
    enum Plane {
        SKY,
        GROUND,
        SUBJECT,
        FRAME
    }

    Patch clipped(Rectangle2D to) {
        return new Patch(shape, tone, shade, fadesTo, to, plane, line);
    }
}
