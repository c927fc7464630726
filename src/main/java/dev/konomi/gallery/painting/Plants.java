package dev.konomi.gallery.painting;

import static dev.konomi.gallery.painting.Tone.*;

/// Subjects that grow. `level` is the detail, 0 to 2.
final class Plants {
    private Plants() {}

    static void tree(Pen pen, int level) {
        pen.path(NEAR, -0.35, "M-12 1 C-6 -8 -7 -30 -8 -52 L8 -52 C7 -30 6 -8 13 1 Z");
        pen.line(NEAR, -0.35, 5, -2, -36, -24, -56);
        pen.line(NEAR, -0.35, 4, 2, -32, 24, -52);
        double[][] crown = {{-27, -60, 20}, {27, -58, 20}, {-14, -78, 22}, {16, -78, 22}, {0, -60, 22}, {0, -84, 17}};
        for (double[] c : crown) {
            pen.ellipse(TRIM, -0.12, c[0], c[1] + 3, c[2], c[2] * 0.9);
        }
        for (double[] c : crown) {
            pen.ellipse(TRIM, 0.06, c[0] - 2, c[1] - 2, c[2] * 0.82, c[2] * 0.72);
        }
        for (int i = 0; i < 13 * level; i++) {
            double[] c = crown[i % crown.length];
            double x = c[0] + pen.between(-13, 13);
            double y = c[1] + pen.between(-12, 10);
            pen.ellipse(i % 3 == 0 ? BODY : TRIM, i % 3 == 0 ? 0 : 0.28, x, y, 2.6, 2.4);
        }
    }

    static void flowers(Pen pen, int level) {
        int count = 3 + level;
        double[] xs = {0, -30, 30, -16, 17};
        double[] ys = {-78, -58, -60, -34, -38};
        for (int i = 0; i < count; i++) {
            pen.curve(NEAR, -0.05, 3.2, "M" + xs[i] * 0.25 + " 0 Q" + xs[i] * 0.4 + " -30 " + xs[i] + " " + ys[i]);
        }
        for (int side = -1; side <= 1; side += 2) {
            int s = side;
            pen.within(
                    s * 4,
                    -6,
                    1,
                    0,
                    () -> pen.path(
                            NEAR,
                            0.05,
                            "M0 0 C" + s * 8 + " -22 " + s * 26 + " -26 " + s * 34 + " -24 C" + s * 28 + " -8 " + s * 14
                                    + " 0 0 0 Z"));
        }
        for (int i = count - 1; i >= 0; i--) {
            Tone petals = i % 2 == 0 ? BODY : TRIM;
            double size = i == 0 ? 1.15 : pen.between(0.8, 0.98);
            double turn = pen.between(0, 40);
            pen.within(xs[i], ys[i], size, turn, () -> blossom(pen, petals, level));
        }
    }

    private static void blossom(Pen pen, Tone petals, int level) {
        int count = level == 0 ? 6 : 8;
        for (int k = 0; k < count; k++) {
            double shade = k % 2 == 0 ? 0 : -0.1;
            pen.within(0, 0, 1, 360.0 * k / count, () -> pen.ellipse(petals, shade, 0, -11.5, 5.6, 9));
        }
        pen.ellipse(LIGHT, -0.1, 0, 0, 6.5, 6.5);
        if (level > 1) {
            for (int k = 0; k < 5; k++) {
                double angle = 2 * Math.PI * k / 5;
                pen.ellipse(INK, 0, 3.4 * Math.cos(angle), 3.4 * Math.sin(angle), 1, 1);
            }
        }
    }

    static void mushrooms(Pen pen, int level) {
        if (level > 0) {
            pen.within(34, 0, 0.56, 6, () -> mushroom(pen, BODY, level));
        }
        pen.within(-32, 0, 0.66, -7, () -> mushroom(pen, level == 0 ? TRIM : BODY, level));
        pen.within(4, 0, 1, 0, () -> mushroom(pen, TRIM, level));
        if (level > 1) {
            pen.within(-52, 1, 0.3, 0, () -> mushroom(pen, TRIM, 0));
            for (int i = 0; i < 12; i++) {
                double x = pen.between(-60, 60);
                pen.line(NEAR, 0.08, 1.8, x, 2, x + pen.between(-5, 5), -12);
            }
        }
    }

    private static void mushroom(Pen pen, Tone cap, int level) {
        pen.path(LIGHT, 0, "M-11 0 C-7 -16 -9 -40 -10 -54 L10 -54 C9 -40 7 -16 12 0 Z");
        pen.path(LIGHT, -0.18, "M3 0 C4 -16 4 -40 3 -54 L10 -54 C9 -40 7 -16 12 0 Z");
        pen.ellipse(LIGHT, -0.25, 0, -52, 36, 7);
        pen.path(cap, 0, "M-42 -50 C-42 -82 -18 -98 0 -98 C18 -98 42 -82 42 -50 C20 -56 -20 -56 -42 -50 Z");
        double[][] spots = {{-4, -80, 8}, {-24, -66, 6}, {20, -68, 7}, {6, -62, 4}, {-12, -92, 4}, {22, -86, 4}};
        for (int i = 0; i < 3 + level; i++) {
            pen.ellipse(LIGHT, 0.2, spots[i][0], spots[i][1], spots[i][2], spots[i][2] * 0.8);
        }
    }
}
