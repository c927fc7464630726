package dev.konomi.gallery.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// A comic's print: a regular screen of dots, the darker a place the larger, and bold outlines around the subject.
final class Halftone implements Manner {
    private static final int SIDE = Sketch.SIDE;
    private static final double CELL = 6.4;
    private static final double COS = Math.cos(Math.toRadians(30));
    private static final double SIN = Math.sin(Math.toRadians(30));

    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        int[] flat = Canvas.flat(sketch, colours).pixels();
        int paper = Colours.mix(0xFFFFFF, colours.of(Tone.LIGHT), 0.3);
        Canvas canvas = new Canvas();
        int[] out = canvas.pixels();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double u = (COS * x + SIN * y) / CELL;
                double v = (COS * y - SIN * x) / CELL;
                double cellU = Math.floor(u) + 0.5;
                double cellV = Math.floor(v) + 0.5;
                int centreX = Math.clamp(Math.round((COS * cellU - SIN * cellV) * CELL), 0, SIDE - 1);
                int centreY = Math.clamp(Math.round((SIN * cellU + COS * cellV) * CELL), 0, SIDE - 1);
                int colour = flat[centreY * SIDE + centreX];
                double radius = CELL * (0.3 + 0.34 * Math.sqrt(1 - Colours.luminance(colour)));
                double distance = CELL * Math.hypot(u - cellU, v - cellV);
                double cover = Math.clamp(radius + 0.5 - distance, 0.0, 1.0);
                int under = Colours.mix(paper, flat[y * SIDE + x], 0.32);
                out[y * SIDE + x] = Colours.mix(under, Colours.mix(colour, 0x000000, 0.06), cover);
            }
        }
        outline(canvas, sketch, colours);
        return canvas.image();
    }

    private static void outline(Canvas canvas, Sketch sketch, Colours colours) {
        Graphics2D graphics = canvas.graphics(true);
        graphics.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (Patch patch : sketch.patches()) {
            if (patch.plane() != Patch.Plane.SUBJECT) {
                continue;
            }
            graphics.setClip(patch.clip());
            Rectangle2D bounds = patch.shape().getBounds2D();
            boolean small = Math.min(bounds.getWidth(), bounds.getHeight()) < 12;
            if (small || patch.line() || patch.tone() == Tone.INK) {
                graphics.setColor(new Color(colours.of(patch.tone(), patch.shade())));
                graphics.fill(patch.shape());
            } else {
                graphics.setColor(new Color(colours.of(Tone.INK)));
                graphics.draw(patch.shape());
            }
        }
        graphics.dispose();
    }
}
