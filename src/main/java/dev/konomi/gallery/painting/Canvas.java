package dev.konomi.gallery.painting;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.function.Predicate;

/// An image of packed colours that shapes are painted on.
final class Canvas {
    private final BufferedImage image;

    Canvas() {
        this(Sketch.SIDE);
    }

    Canvas(int side) {
        image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    }

    BufferedImage image() {
        return image;
    }

    /// The pixels themselves, row by row.
    int[] pixels() {
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }

    Graphics2D graphics(boolean smooth) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING,
                smooth ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    /// All shapes in their plain colours.
    static Canvas flat(Sketch sketch, Colours colours) {
        Canvas canvas = new Canvas();
        canvas.paint(sketch, colours, true, 1, patch -> true);
        return canvas;
    }

    /// True where the subject or a frame is to be seen.
    static boolean[] subject(Sketch sketch) {
        Canvas canvas = new Canvas();
        Graphics2D graphics = canvas.graphics(false);
        graphics.setColor(Color.WHITE);
        for (Patch patch : sketch.patches()) {
            if (patch.plane() == Patch.Plane.SUBJECT || patch.plane() == Patch.Plane.FRAME) {
                graphics.setClip(patch.clip());
                graphics.fill(patch.shape());
            }
        }
        graphics.dispose();
        int[] pixels = canvas.pixels();
        boolean[] subject = new boolean[pixels.length];
        for (int at = 0; at < pixels.length; at++) {
            subject[at] = (pixels[at] & 255) != 0;
        }
        return subject;
    }

    void paint(Sketch sketch, Colours colours, boolean smooth, double scale, Predicate<Patch> which) {
        Graphics2D graphics = graphics(smooth);
        graphics.scale(scale, scale);
        for (Patch patch : sketch.patches()) {
            if (which.test(patch)) {
                graphics.setClip(patch.clip());
                graphics.setPaint(paint(patch, colours));
                graphics.fill(patch.shape());
            }
        }
        graphics.dispose();
    }

    static Paint paint(Patch patch, Colours colours) {
        Color colour = new Color(colours.of(patch.tone(), patch.shade()));
        if (patch.fadesTo() == null) {
            return colour;
        }
        Rectangle2D bounds = patch.shape().getBounds2D();
        Color end = new Color(colours.of(patch.fadesTo(), patch.shade()));
        return new GradientPaint(0, (float) bounds.getMinY(), colour, 0, (float) bounds.getMaxY(), end);
    }
}
