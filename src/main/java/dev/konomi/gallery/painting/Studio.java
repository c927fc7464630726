package dev.konomi.gallery.painting;

import dev.konomi.gallery.Composition;
import dev.konomi.gallery.Detail;
import dev.konomi.gallery.Palette;
import dev.konomi.gallery.Style;
import dev.konomi.gallery.Theme;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// Sketches, colours and manner put together.
public final class Studio {
    private Studio() {}

    /// A picture of 256 × 256 pixels; what the five attributes leave open is drawn from `random`.
    public static BufferedImage paint(
            Palette palette,
            Style style,
            Theme theme,
            Composition composition,
            Detail detail,
            SplittableRandom random) {
        Sketch sketch = Sketch.of(theme, composition, detail, random.split());
        Colours colours = new Colours(palette, random.split());
        return manner(style).render(sketch, colours, random.split());
    }

    private static Manner manner(Style style) {
        return (sketch, colours, random) -> Canvas.flat(sketch, colours).image();
    }
}
