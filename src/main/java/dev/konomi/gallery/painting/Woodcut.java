package dev.konomi.gallery.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// Colour blocks under a block of black lines, the darker a place the thicker; the wood's grain shows.
final class Woodcut implements Manner {
    private static final int SIDE = Sketch.SIDE;

    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        int[] flat = Canvas.flat(sketch, colours).pixels();
        int paper = Colours.mix(0xF6ECD8, colours.of(Tone.LIGHT), 0.35);
        int ink = Colours.mix(colours.of(Tone.INK), 0x000000, 0.45);
        Noise sway = new Noise(random, 46);
        Noise grain = new Noise(random, 40, 1.7);
        Canvas canvas = new Canvas();
        int[] out = canvas.pixels();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int at = y * SIDE + x;
                double dark = 1 - Colours.luminance(flat[at]);
                double line = Math.abs((y + 15 * sway.at(x, y)) % 6 - 3) / 3;
                double carved = Math.clamp((dark * 1.02 - 0.12 - line) * 3.2 + 0.5, 0.0, 1.0);
                int block = Colours.mix(paper, flat[at], 0.68 + 0.24 * grain.at(x, y));
                out[at] = Colours.mix(block, ink, carved * (0.82 + 0.18 * grain.at(x, y)));
            }
        }
        contours(canvas, sketch, ink);
        return canvas.image();
    }

    private static void contours(Canvas canvas, Sketch sketch, int ink) {
        Canvas lines = new Canvas();
        Graphics2D graphics = lines.graphics(true);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.setStroke(new BasicStroke(2.3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (Patch patch : sketch.patches()) {
            graphics.setClip(patch.clip());
            if (!patch.line() && patch.plane() != Patch.Plane.SKY) {
                graphics.setColor(Color.WHITE);
                graphics.fill(patch.shape());
                graphics.setColor(Color.BLACK);
                graphics.draw(patch.shape());
            }
        }
        graphics.dispose();
        int[] drawn = lines.pixels();
        int[] out = canvas.pixels();
        for (int at = 0; at < out.length; at++) {
            out[at] = Colours.mix(out[at], ink, 1 - Colours.blue(drawn[at]) / 255.0);
        }
    }
}
