package dev.konomi.gallery.painting;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// Layers of coloured paper, each throwing a shadow on the next.
final class PaperCut implements Manner {
    private static final int SIDE = Sketch.SIDE;

    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        Canvas canvas = new Canvas();
        Graphics2D graphics = canvas.graphics(true);
        for (Patch patch : sketch.patches()) {
            graphics.setClip(patch.clip());
            sheet(graphics, patch.shape(), colours.of(patch.tone(), patch.shade()), patch.line() ? 1 : 3);
            if (patch.fadesTo() != null) {
                graphics.clip(patch.shape());
                layers(graphics, patch, patch.fadesTo(), colours, random);
            }
        }
        graphics.dispose();
        Noise fibre = new Noise(random, 1.6);
        Noise cloud = new Noise(random, 21);
        int[] out = canvas.pixels();
        for (int at = 0; at < out.length; at++) {
            double light =
                    0.13 * (fibre.at(at % SIDE, at / SIDE) - 0.5) + 0.05 * (cloud.at(at % SIDE, at / SIDE) - 0.5);
            out[at] = Colours.mix(out[at], light > 0 ? 0xFFFFFF : 0x000000, Math.abs(light));
        }
        return canvas.image();
    }

    private static void sheet(Graphics2D graphics, Shape shape, int colour, int thickness) {
        for (int i = 2 * thickness; i > 0; i--) {
            graphics.setColor(new Color(0, 0, 0, 22));
            double offset = 0.45 * i + 0.6;
            graphics.fill(
                    AffineTransform.getTranslateInstance(offset, 1.5 * offset).createTransformedShape(shape));
        }
        graphics.setColor(new Color(Colours.mix(colour, 0xFFFFFF, 0.3)));
        graphics.fill(AffineTransform.getTranslateInstance(-0.6, -0.8).createTransformedShape(shape));
        graphics.setColor(new Color(colour));
        graphics.fill(shape);
    }

    /// Wavy sheets in place of a gradient.
    private static void layers(Graphics2D graphics, Patch patch, Tone end, Colours colours, SplittableRandom random) {
        Rectangle2D visible = patch.shape().getBounds2D().createIntersection(new Rectangle2D.Double(0, 0, SIDE, SIDE));
        int count = 3;
        for (int i = 1; i <= count; i++) {
            double share = (double) i / (count + 1);
            double y = visible.getMinY() + visible.getHeight() * share;
            double swing = Math.min(12, visible.getHeight() * 0.08);
            double phase = random.nextDouble(2 * Math.PI);
            Path2D wave = new Path2D.Double();
            wave.moveTo(-10, SIDE + 10);
            for (int x = -10; x <= SIDE + 10; x += 12) {
                wave.lineTo(x, y + swing * Math.sin(phase + x / 34.0) + 0.4 * swing * Math.sin(phase + x / 13.0));
            }
            wave.lineTo(SIDE + 10, SIDE + 10);
            wave.closePath();
            int from = colours.of(patch.tone(), patch.shade());
            sheet(graphics, wave, Colours.mix(from, colours.of(end, patch.shade()), share + 0.2), 3);
        }
    }
}
