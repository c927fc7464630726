package dev.konomi.gallery.painting;

import dev.konomi.gallery.Detail;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/// A round window with a wall around it.
final class Frame {
    private Frame() {}

    /// In coordinates from 0 to 1.
    static void draw(Pen pen, Detail detail) {
        double radius = 0.43;
        Area wall = new Area(new Rectangle2D.Double(-0.01, -0.01, 1.02, 1.02));
        wall.subtract(new Area(new Ellipse2D.Double(0.5 - radius, 0.5 - radius, 2 * radius, 2 * radius)));
        pen.fill(Tone.TRIM, -0.25, wall);
        pen.ring(Tone.BODY, -0.05, 0.028, 0.5, 0.5, radius, radius);
        if (detail == Detail.SPARSE) {
            return;
        }
        pen.ring(Tone.LIGHT, 0, 0.008, 0.5, 0.5, radius + 0.032, radius + 0.032);
        double[][] corners = {{0.08, 0.08}, {0.92, 0.08}, {0.08, 0.92}, {0.92, 0.92}};
        for (double[] corner : corners) {
            pen.ellipse(Tone.BODY, 0, corner[0], corner[1], 0.034, 0.034);
            pen.ellipse(Tone.LIGHT, 0, corner[0], corner[1], 0.016, 0.016);
        }
        if (detail == Detail.RICH) {
            for (int i = 0; i < 24; i++) {
                double angle = Math.PI * i / 12;
                double x = 0.5 + (radius + 0.002) * Math.cos(angle);
                double y = 0.5 + (radius + 0.002) * Math.sin(angle);
                pen.ellipse(Tone.LIGHT, 0, x, y, 0.009, 0.009);
            }
        }
    }
}
