package dev.konomi.gallery.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// Glowing tubes before a dark wall.
final class Neon implements Manner {
    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        int near = colours.of(Tone.NEAR);
        int wall = Colours.mix(0x06060C, near, 0.06 / Math.max(0.2, Colours.luminance(near)));
        Canvas tubes = new Canvas();
        Graphics2D graphics = tubes.graphics(true);
        for (Patch patch : sketch.patches()) {
            graphics.setClip(patch.clip());
            Color tube = new Color(bright(colours.of(patch.tone() == Tone.INK ? Tone.SKY : patch.tone(), 0)));
            if (patch.line()) {
                graphics.setColor(tube);
                graphics.fill(patch.shape());
                continue;
            }
            graphics.setColor(new Color(Colours.mix(0, colours.of(patch.tone(), 0), 0.1)));
            graphics.fill(patch.shape());
            graphics.setStroke(new BasicStroke(
                    patch.plane() == Patch.Plane.SUBJECT ? 2.4f : 1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.setColor(tube);
            graphics.draw(patch.shape());
        }
        graphics.dispose();
        int[] sharp = tubes.pixels();
        int[] halo = Blur.of(sharp, 1);
        int[] far = Blur.of(sharp, 6);
        Canvas canvas = new Canvas();
        int[] out = canvas.pixels();
        for (int at = 0; at < out.length; at++) {
            double core = Math.pow(Colours.luminance(sharp[at]), 2) * 60;
            out[at] = Colours.rgb(
                    light(Colours.red(wall), Colours.red(sharp[at]), Colours.red(halo[at]), Colours.red(far[at]), core),
                    light(
                            Colours.green(wall),
                            Colours.green(sharp[at]),
                            Colours.green(halo[at]),
                            Colours.green(far[at]),
                            core),
                    light(
                            Colours.blue(wall),
                            Colours.blue(sharp[at]),
                            Colours.blue(halo[at]),
                            Colours.blue(far[at]),
                            core));
        }
        return canvas.image();
    }

    private static int light(int wall, int sharp, int halo, int far, double core) {
        return (int) (wall + 0.85 * sharp + 0.4 * halo + 0.95 * far + core);
    }

    /// The hue at full brightness.
    private static int bright(int colour) {
        int most = Math.max(Colours.red(colour), Math.max(Colours.green(colour), Colours.blue(colour)));
        double factor = 245.0 / Math.max(most, 1);
        return Colours.rgb((int) (factor * Colours.red(colour)), (int) (factor * Colours.green(colour)), (int)
                (factor * Colours.blue(colour)));
    }
}
