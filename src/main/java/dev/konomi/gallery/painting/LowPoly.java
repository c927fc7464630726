package dev.konomi.gallery.painting;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A net of triangles whose corners lie on the sketch's edges, each in one colour.
final class LowPoly implements Manner {
    private static final int SIDE = Sketch.SIDE;
    private static final int COARSE = 20;
    private static final int FINE = 9;

    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        int[] flat = Canvas.flat(sketch, colours).pixels();
        Canvas canvas = new Canvas();
        Graphics2D graphics = canvas.graphics(false);
        net(graphics, flat, COARSE, null, random);
        net(graphics, flat, FINE, Canvas.subject(sketch), random);
        graphics.dispose();
        return canvas.image();
    }

    /// Draws the triangles of a net of this width, those over `where` only if it is given.
    private static void net(
            Graphics2D graphics, int[] flat, int step, boolean @Nullable [] where, SplittableRandom random) {
        int corners = SIDE / step + 3;
        int jitter = step / 3;
        int[] x = new int[corners * corners];
        int[] y = new int[corners * corners];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i % corners) * step - step / 2 + random.nextInt(-jitter, jitter + 1);
            y[i] = (i / corners) * step - step / 2 + random.nextInt(-jitter, jitter + 1);
            snap(flat, x, y, i);
        }
        for (int row = 0; row + 1 < corners; row++) {
            for (int column = 0; column + 1 < corners; column++) {
                int a = row * corners + column;
                int b = a + 1;
                int c = a + corners;
                int d = c + 1;
                if ((row + column) % 2 == 0) {
                    triangle(graphics, flat, where, random, x, y, a, b, c);
                    triangle(graphics, flat, where, random, x, y, b, d, c);
                } else {
                    triangle(graphics, flat, where, random, x, y, a, b, d);
                    triangle(graphics, flat, where, random, x, y, a, d, c);
                }
            }
        }
    }

    /// Moves a corner to the strongest edge nearby, so that shapes keep their outlines.
    private static void snap(int[] flat, int[] x, int[] y, int corner) {
        int bestX = x[corner];
        int bestY = y[corner];
        int most = 36;
        for (int py = Math.max(1, y[corner] - 4); py <= Math.min(SIDE - 2, y[corner] + 4); py++) {
            for (int px = Math.max(1, x[corner] - 4); px <= Math.min(SIDE - 2, x[corner] + 4); px++) {
                int at = py * SIDE + px;
                int edge = difference(flat[at - 1], flat[at + 1]) + difference(flat[at - SIDE], flat[at + SIDE]);
                if (edge > most) {
                    most = edge;
                    bestX = px;
                    bestY = py;
                }
            }
        }
        x[corner] = bestX;
        y[corner] = bestY;
    }

    private static void triangle(
            Graphics2D graphics,
            int[] flat,
            boolean @Nullable [] where,
            SplittableRandom random,
            int[] x,
            int[] y,
            int a,
            int b,
            int c) {
        int middleX = (x[a] + x[b] + x[c]) / 3;
        int middleY = (y[a] + y[b] + y[c]) / 3;
        int at = Math.clamp(middleY, 0, SIDE - 1) * SIDE + Math.clamp(middleX, 0, SIDE - 1);
        if (where != null && !where[at]) {
            return;
        }
        int colour = flat[at];
        double light = random.nextDouble(-0.15, 0.15);
        graphics.setColor(new Color(Colours.mix(colour, light > 0 ? 0xFFFFFF : 0x000000, Math.abs(light))));
        graphics.fill(new Polygon(new int[] {x[a], x[b], x[c]}, new int[] {y[a], y[b], y[c]}, 3));
    }

    private static int difference(int one, int other) {
        return Math.abs(Colours.red(one) - Colours.red(other))
                + Math.abs(Colours.green(one) - Colours.green(other))
                + Math.abs(Colours.blue(one) - Colours.blue(other));
    }
}
