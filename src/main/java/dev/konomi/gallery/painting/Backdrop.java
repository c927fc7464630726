package dev.konomi.gallery.painting;

import dev.konomi.gallery.Detail;
import dev.konomi.gallery.Theme;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/// Sky and ground, in shares of the picture's side; they reach beyond it, so that a tilted scene has no empty corners.
final class Backdrop {
    private static final double OUTSIDE = 0.3;

    private final Pen pen;
    private final Layout layout;
    private final Detail detail;
    private final Theme theme;

    Backdrop(Pen pen, Layout layout, Detail detail, Theme theme) {
        this.pen = pen;
        this.layout = layout;
        this.detail = detail;
        this.theme = theme;
    }

    void draw(AffineTransform picture) {
        pen.place(Patch.Plane.SKY, picture);
        double horizon = layout.horizon();
        pen.fill(
                Tone.SKY,
                0,
                Tone.HORIZON,
                new Rectangle2D.Double(-OUTSIDE, -OUTSIDE, 1 + 2 * OUTSIDE, horizon + OUTSIDE + 0.01));
        if (detail != Detail.SPARSE) {
            sky();
        }
        pen.place(Patch.Plane.GROUND, picture);
        if (detail == Detail.RICH) {
            hills(Tone.FAR, 0.12, horizon, 0.13);
        }
        if (detail != Detail.SPARSE) {
            hills(Tone.FAR, 0, horizon, 0.075);
        }
        pen.fill(
                Tone.MIDDLE,
                0,
                Tone.NEAR,
                new Rectangle2D.Double(-OUTSIDE, horizon, 1 + 2 * OUTSIDE, 1 + OUTSIDE - horizon));
        if (detail == Detail.RICH) {
            ground();
        }
    }

    private void sky() {
        double horizon = layout.horizon();
        if (theme != Theme.MOON) {
            double side = layout.x() > 0.6 ? -1 : layout.x() < 0.4 ? 1 : pen.chance(0.5) ? 1 : -1;
            double x = 0.5 + side * pen.between(0.22, 0.36);
            double y = Math.max(0.1, horizon - pen.between(0.3, 0.5));
            pen.ellipse(Tone.LIGHT, 0, x, y, 0.06, 0.06);
        }
        int clouds = detail == Detail.RICH ? pen.count(4, 5) : pen.count(1, 2);
        for (int i = 0; i < clouds; i++) {
            double y = pen.between(0.06, Math.max(0.12, horizon - 0.28));
            pen.within(pen.between(0.05, 0.95), y, pen.between(0.5, 0.95), 0, this::cloud);
        }
        if (detail == Detail.RICH && horizon > 0.3) {
            double x = pen.between(0.15, 0.7);
            double y = pen.between(0.08, horizon - 0.2);
            for (int i = 0; i < 4; i++) {
                double bx = x + 0.05 * i;
                double by = y + 0.022 * ((i * 2) % 3);
                pen.line(Tone.INK, 0, 0.006, bx - 0.018, by - 0.01, bx, by, bx + 0.018, by - 0.01);
            }
        }
    }

    private void cloud() {
        pen.path(
                Tone.HORIZON,
                0.1,
                "M-0.13 0.022 C-0.16 -0.02 -0.09 -0.03 -0.075 -0.022 C-0.06 -0.062 0.005 -0.062 0.022 -0.03"
                        + " C0.05 -0.045 0.08 -0.03 0.078 -0.012 C0.14 -0.016 0.14 0.022 0.12 0.022 Z");
    }

    private void hills(Tone tone, double shade, double horizon, double height) {
        Path2D ridge = new Path2D.Double();
        ridge.moveTo(-OUTSIDE, horizon + 0.02);
        double step = 0.2;
        for (double x = -OUTSIDE; x < 1 + OUTSIDE; x += step) {
            double top = horizon - height * pen.between(0.5, 1.3);
            ridge.curveTo(x + step * 0.3, top, x + step * 0.7, top, x + step, horizon - height * 0.35);
        }
        ridge.lineTo(1 + OUTSIDE, horizon + 0.02);
        ridge.closePath();
        pen.fill(tone, shade, ridge);
    }

    private void ground() {
        double horizon = layout.horizon();
        for (int i = 0; i < 30; i++) {
            double depth = pen.between(0.05, 1);
            double y = horizon + (1 - horizon) * depth;
            double x = pen.between(-0.1, 1.1);
            double size = 0.012 + 0.022 * depth;
            if (i % 3 == 0) {
                pen.ellipse(i % 2 == 0 ? Tone.TRIM : Tone.BODY, 0.1, x, y, size * 0.42, size * 0.42);
                pen.ellipse(Tone.LIGHT, 0, x, y, size * 0.18, size * 0.18);
            } else {
                pen.line(Tone.NEAR, -0.2, 0.006, x - size * 0.5, y - size, x, y, x + size * 0.5, y - size);
            }
        }
    }
}
