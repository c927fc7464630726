package dev.konomi.gallery.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// Coloured chalk on a slate: strokes across, and the slate shows through their grain.
final class Chalk implements Manner {
    private static final int SIDE = Sketch.SIDE;

    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        int[] flat = Canvas.flat(sketch, colours).pixels();
        boolean[] subject = Canvas.subject(sketch);
        int[] contour = contours(sketch, colours);
        int slate = Colours.mix(0x262A2B, colours.of(Tone.NEAR), 0.18);
        Noise grain = new Noise(random, 1.25);
        Noise coarse = new Noise(random, 2.6);
        Noise stroke = new Noise(random, 2.2, 90);
        Canvas canvas = new Canvas();
        int[] out = canvas.pixels();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int at = y * SIDE + x;
                double rough = 0.62 * grain.at(x, y) + 0.38 * coarse.at(x, y);
                double across = stroke.at((x + y) / 2, (y - x + SIDE) / 2);
                double dust = Math.clamp(1.7 * (rough + 0.34 * across - (subject[at] ? 0.14 : 0.27)), 0.16, 0.93);
                int chalk = Colours.mix(flat[at], 0xFFFFFF, 0.14);
                int drawn = Colours.mix(slate, chalk, dust);
                double line = Colours.luminance(contour[at]) > 0.02 ? Math.clamp(rough * 2.3 - 0.25, 0.0, 1.0) : 0;
                out[at] = Colours.mix(drawn, contour[at], line);
            }
        }
        return canvas.image();
    }

    private static int[] contours(Sketch sketch, Colours colours) {
        Canvas canvas = new Canvas();
        Graphics2D graphics = canvas.graphics(false);
        graphics.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (Patch patch : sketch.patches()) {
            graphics.setClip(patch.clip());
            graphics.setColor(Color.BLACK);
            graphics.fill(patch.shape());
            if (!patch.line() && patch.plane() != Patch.Plane.SKY) {
                graphics.setColor(new Color(Colours.mix(colours.of(patch.tone(), patch.shade()), 0xFFFFFF, 0.55)));
                graphics.draw(patch.shape());
            }
        }
        graphics.dispose();
        return canvas.pixels();
    }
}
