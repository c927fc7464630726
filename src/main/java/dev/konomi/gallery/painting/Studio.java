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
        return switch (style) {
            case FLAT ->
                (sketch, colours, random) -> Canvas.flat(sketch, colours).image();
            case WATERCOLOR -> new Watercolor();
            case PIXEL -> new PixelArt();
            case LINE -> new LineDrawing();
            case POINTILLISM -> new Pointillism();
            case STAINED_GLASS -> new StainedGlass();
            case WOODCUT -> new Woodcut();
            case NEON -> new Neon();
            case PAPER -> new PaperCut();
            case LOW_POLY -> new LowPoly();
            case CHALK -> new Chalk();
            case HALFTONE -> new Halftone();
        };
    }
}
