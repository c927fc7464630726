package dev.konomi.gallery.painting;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// Pieces of glowing glass in lead: every larger shape, cut into cells.
final class StainedGlass implements Manner {
    private static final int SIDE = Sketch.SIDE;
    private static final int CELL = 40;
    private static final int SITES = SIDE / CELL + 3;

    @Override
    public BufferedImage render(Sketch sketch, Colours colours, SplittableRandom random) {
        int[] flat = Canvas.flat(sketch, colours).pixels();
        int[] pieces = pieces(sketch);
        cut(pieces, random);
        boolean[] lead = lead(pieces);
        Noise ripple = new Noise(random, 5, 11);
        int dark = Colours.mix(colours.of(Tone.INK), 0x101010, 0.7);
        Canvas canvas = new Canvas();
        int[] out = canvas.pixels();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int at = y * SIDE + x;
                if (lead[at]) {
                    out[at] = dark;
                    continue;
                }
                int colour = saturated(flat[at]);
                double shade = ((pieces[at] * 0x9E3779B1) >>> 24) / 255.0 - 0.5;
                double light = 0.45 * shade + 0.2 * (ripple.at(x, y) - 0.5);
                out[at] = Colours.mix(colour, light > 0 ? 0xFFFFFF : 0x000000, Math.abs(light));
            }
        }
        return canvas.image();
    }

    /// For each pixel the number of the last shape over it that is large enough to be a piece of glass.
    private static int[] pieces(Sketch sketch) {
        Canvas canvas = new Canvas();
        Graphics2D graphics = canvas.graphics(false);
        int number = 1;
        for (Patch patch : sketch.patches()) {
            Rectangle2D bounds = patch.shape().getBounds2D();
            if (!patch.line() && bounds.getWidth() > 11 && bounds.getHeight() > 11) {
                graphics.setClip(patch.clip());
                graphics.setColor(new Color(number++));
                graphics.fill(patch.shape());
            }
        }
        graphics.dispose();
        return canvas.pixels();
    }

    /// Cuts the pieces along the borders of cells around scattered sites.
    private static void cut(int[] pieces, SplittableRandom random) {
        double[] siteX = new double[SITES * SITES];
        double[] siteY = new double[SITES * SITES];
        for (int i = 0; i < siteX.length; i++) {
            siteX[i] = (i % SITES - 1 + random.nextDouble(0.1, 0.9)) * CELL;
            siteY[i] = (i / SITES - 1 + random.nextDouble(0.1, 0.9)) * CELL;
        }
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int nearest = 0;
                double least = Double.MAX_VALUE;
                for (int j = y / CELL; j <= y / CELL + 2; j++) {
                    for (int i = x / CELL; i <= x / CELL + 2; i++) {
                        int site = j * SITES + i;
                        double dx = siteX[site] - x;
                        double dy = siteY[site] - y;
                        double distance = dx * dx + dy * dy;
                        if (distance < least) {
                            least = distance;
                            nearest = site;
                        }
                    }
                }
                pieces[y * SIDE + x] = pieces[y * SIDE + x] * 1024 + nearest;
            }
        }
    }

    /// True within a pixel of a border between pieces.
    private static boolean[] lead(int[] pieces) {
        boolean[] lead = new boolean[pieces.length];
        for (int y = 1; y < SIDE - 1; y++) {
            for (int x = 1; x < SIDE - 1; x++) {
                int at = y * SIDE + x;
                lead[at] = pieces[at] != pieces[at + 1]
                        || pieces[at] != pieces[at + SIDE]
                        || pieces[at] != pieces[at - 1]
                        || pieces[at] != pieces[at - SIDE]
                        || pieces[at] != pieces[at + SIDE + 1];
            }
        }
        return lead;
    }

    private static int saturated(int colour) {
        double grey = 255 * Colours.luminance(colour);
        return Colours.rgb(
                (int) (grey + 1.35 * (Colours.red(colour) - grey)),
                (int) (grey + 1.35 * (Colours.green(colour) - grey)),
                (int) (grey + 1.35 * (Colours.blue(colour) - grey)));
    }
}
