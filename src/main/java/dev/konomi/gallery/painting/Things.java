package dev.konomi.gallery.painting;

import static dev.konomi.gallery.painting.Tone.*;

/// Subjects that lie about. `level` is the detail, 0 to 2.
final class Things {
    private Things() {}

    static void teapot(Pen pen, int level) {
        pen.ring(TRIM, -0.1, 7, 40, -40, 16, 20);
        pen.path(TRIM, -0.05, "M-28 -22 C-48 -24 -46 -52 -62 -60 L-50 -66 C-36 -58 -38 -44 -24 -42 Z");
        pen.path(BODY, 0, "M-36 -38 C-36 -66 36 -66 36 -38 C36 -16 22 -4 16 0 L-16 0 C-22 -4 -36 -16 -36 -38 Z");
        pen.path(BODY, -0.16, "M12 -58 C28 -54 36 -48 36 -38 C36 -16 22 -4 16 0 L4 0 C22 -16 26 -40 12 -58 Z");
        pen.ellipse(TRIM, -0.1, 0, -59, 20, 4.5);
        pen.dome(TRIM, 0.05, 0, -59, 18, 10);
        pen.ellipse(TRIM, -0.1, 0, -72, 5, 5);
        pen.rectangle(TRIM, -0.15, -18, -2, 18, 2);
        if (level > 0) {
            pen.path(TRIM, 0, "M-35 -42 Q0 -30 35 -42 L35 -34 Q0 -22 -35 -34 Z");
            steam(pen, -62);
            steam(pen, -54);
        } else {
            steam(pen, -58);
        }
        if (level > 1) {
            for (int i = -2; i <= 2; i++) {
                pen.ellipse(LIGHT, 0.1, i * 12.5, -29.5 - i * i * 1.6, 2.4, 2.4);
            }
            for (int i = -1; i <= 1; i++) {
                double x = i * 15;
                for (int k = 0; k < 5; k++) {
                    double angle = 2 * Math.PI * k / 5;
                    pen.ellipse(TRIM, 0.1, x + 3.4 * Math.cos(angle), -14 + 3.4 * Math.sin(angle), 2.4, 2.4);
                }
                pen.ellipse(LIGHT, 0, x, -14, 1.8, 1.8);
            }
            pen.within(-62, 2, 1, 0, () -> {
                pen.ring(TRIM, 0, 2.6, 14, -12, 5, 5);
                pen.path(BODY, 0.06, "M-14 -20 L14 -20 C14 -8 8 0 4 0 L-4 0 C-8 0 -14 -8 -14 -20 Z");
                pen.ellipse(TRIM, -0.2, 0, -20, 14, 3);
            });
        }
    }

    private static void steam(Pen pen, double x) {
        pen.curve(
                LIGHT,
                0.15,
                2.6,
                "M" + x + " -68 C" + (x - 8) + " -76 " + (x + 8) + " -82 " + x + " -90 C" + (x - 6) + " -96 " + (x + 4)
                        + " -100 " + (x + 2) + " -104");
    }

    static void umbrella(Pen pen, int level) {
        pen.within(0, 0, 1, 8, () -> {
            pen.curve(INK, 0.1, 4.4, "M0 -92 L0 -14 C0 0 -18 0 -18 -13");
            pen.path(
                    TRIM,
                    0,
                    "M-52 -46 C-48 -84 -20 -98 0 -98 C20 -98 48 -84 52 -46 Q42 -56 31 -46 Q16 -56 0 -46 Q-16 -56 -31 -46 Q-42 -56 -52 -46 Z");
            pen.path(BODY, 0, "M-31 -46 C-28 -78 -12 -96 0 -98 C-4 -80 -2 -64 0 -46 Q-16 -56 -31 -46 Z");
            pen.path(BODY, -0.1, "M31 -46 C30 -76 12 -96 0 -98 C26 -98 48 -84 52 -46 Q42 -56 31 -46 Z");
            pen.line(INK, 0.1, 3, 0, -98, 0, -106);
            if (level > 0) {
                pen.curve(LIGHT, 0, 1.6, "M-46 -58 C-38 -80 -20 -90 -4 -93");
                double[] tips = {-52, -31, 0, 31, 52};
                for (double x : tips) {
                    pen.ellipse(LIGHT, 0, x, -46, 2, 2);
                }
            }
            if (level > 1) {
                double[][] dots = {
                    {-38, -62}, {-16, -64}, {16, -62}, {38, -62}, {-10, -80}, {10, -78}, {-28, -76}, {28, -76}
                };
                for (double[] d : dots) {
                    pen.ellipse(LIGHT, 0.1, d[0], d[1], 2.8, 2.8);
                }
            }
        });
        for (int i = 0; i < 5 + 8 * level; i++) {
            double x = pen.between(-72, 72);
            double y = Math.abs(x) < 50 ? pen.between(-38, -8) : pen.between(-106, -8);
            if (Math.abs(x) > 12) {
                pen.line(LIGHT, 0.1, 1.6, x, y, x - 2.4, y + 9);
            }
        }
    }
}
