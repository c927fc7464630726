package dev.konomi.gallery.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// Contours in ink on paper, with a breath of colour.
final class LineDrawing implements Manner {
    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        int paper = Colours.mix(0xFFFFFF, colours.of(Tone.HORIZON), 0.3);
        int ink = Colours.mix(colours.of(Tone.INK), colours.of(Tone.TRIM), 0.5);
        Canvas canvas = new Canvas();
        Graphics2D graphics = canvas.graphics(true);
        for (Patch patch : sketch.patches()) {
            graphics.setClip(patch.clip());
            int colour = colours.of(patch.tone(), patch.shade());
            boolean distant = patch.plane() != Patch.Plane.SUBJECT;
            if (patch.line()) {
                graphics.setColor(new Color(Colours.mix(ink, colour, distant ? 0.5 : 0.25)));
                graphics.fill(patch.shape());
                continue;
            }
            double tint = patch.tone() == Tone.INK ? 0.9 : distant ? 0.26 : 0.42;
            graphics.setColor(new Color(Colours.mix(paper, colour, tint)));
            graphics.fill(patch.shape());
            graphics.setStroke(new BasicStroke(distant ? 1.1f : 1.7f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.setColor(new Color(Colours.mix(ink, distant ? colour : ink, 0.4)));
            graphics.draw(patch.shape());
        }
        graphics.dispose();
        return canvas.image();
    }
}
