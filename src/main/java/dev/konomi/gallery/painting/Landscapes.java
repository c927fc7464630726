package dev.konomi.gallery.painting;

import static dev.konomi.gallery.painting.Tone.*;

/// Subjects that are places. `level` is the detail, 0 to 2.
final class Landscapes {
    private Landscapes() {}

    static void mountains(Pen pen, int level) {
        if (level > 0) {
            peak(pen, -44, 62, 40);
            peak(pen, 46, 54, 38);
        }
        peak(pen, 0, 98, 56);
        if (level > 1) {
            peak(pen, 26, 46, 34);
            peak(pen, -26, 38, 30);
            for (int i = 0; i < 11; i++) {
                double x = -66 + 13 * i;
                pen.within(x + pen.between(-3, 3), 1, pen.between(0.11, 0.17), 0, () -> pine(pen, NEAR, -0.1));
            }
        }
    }

    private static void peak(Pen pen, double x, double height, double half) {
        pen.within(x, 0, 1, 0, () -> {
            pen.polygon(TRIM, 0.05, -half, 0, 0, -height, half, 0);
            pen.polygon(TRIM, -0.22, 0, -height, half, 0, half * 0.1, 0, -half * 0.08, -height * 0.45);
            double snow = height * 0.34;
            double wide = half * 0.34;
            pen.polygon(
                    BODY,
                    0.35,
                    0,
                    -height,
                    wide,
                    -height + snow,
                    wide * 0.5,
                    -height + snow * 0.78,
                    wide * 0.1,
                    -height + snow * 1.12,
                    -wide * 0.35,
                    -height + snow * 0.8,
                    -wide,
                    -height + snow);
        });
    }

    static void forest(Pen pen, int level) {
        int count = 3 + 3 * level;
        for (int i = 0; i < count; i++) {
            double x = count == 1 ? 0 : -50 + 100.0 * i / (count - 1) + pen.between(-4, 4);
            double scale = pen.between(0.55, 0.75);
            pen.within(x, -4, scale, 0, () -> pine(pen, MIDDLE, 0.1));
        }
        double[] front = {-30, 28, 0};
        for (double x : front) {
            double scale = x == 0 ? 1 : pen.between(0.72, 0.85);
            double shade = x == 0 ? 0 : -0.12;
            pen.within(x, 0, scale, 0, () -> {
                pine(pen, TRIM, shade);
                if (level > 1) {
                    for (int i = 0; i < 3; i++) {
                        pen.line(LIGHT, -0.05, 1.6, -4 - 5 * i, -78 + 25 * i, 3, -75 + 25 * i);
                    }
                }
            });
        }
    }

    /// 100 units high.
    static void pine(Pen pen, Tone tone, double shade) {
        pen.rectangle(NEAR, -0.3, -4, -16, 4, 0);
        pen.polygon(tone, shade - 0.14, -27, -12, 0, -56, 27, -12);
        pen.polygon(tone, shade - 0.05, -22, -36, 0, -78, 22, -36);
        pen.polygon(tone, shade + 0.05, -16, -60, 0, -100, 16, -60);
    }

    static void waves(Pen pen, int level) {
        pen.path(TRIM, -0.12, "M-75 3 C-50 -34 -20 -52 14 -52 C40 -50 60 -20 78 3 Z");
        pen.path(
                TRIM,
                0.06,
                "M-66 3 C-46 -14 -44 -66 -10 -90 C14 -106 46 -94 50 -62 C40 -76 24 -76 16 -62 C6 -42 20 -10 72 3 Z");
        for (int i = 0; i < 1 + level; i++) {
            double d = 9 * i;
            pen.curve(
                    BODY,
                    0.1,
                    2.6,
                    "M" + (-46 + d) + " -6 C" + (-34 + d) + " -24 " + (-32 + d) + " -58 " + (-6 + d * 0.8) + " "
                            + (-76 + d * 0.8));
        }
        double[][] foam = {
            {-14, -88, 7},
            {-2, -95, 8},
            {11, -98, 9},
            {25, -95, 9},
            {37, -87, 9},
            {46, -76, 8},
            {50, -63, 7},
            {44, -56, 5},
            {36, -64, 5},
            {26, -66, 5}
        };
        for (double[] f : foam) {
            pen.ellipse(LIGHT, 0.25, f[0], f[1], f[2], f[2]);
        }
        pen.path(TRIM, -0.2, "M-80 8 C-60 -14 -44 -14 -26 0 C-10 -14 10 -14 26 0 C44 -14 60 -14 80 8 Z");
        pen.curve(LIGHT, 0.2, 3, "M-72 -2 C-58 -14 -44 -14 -26 0 C-10 -14 10 -14 26 0 C44 -14 58 -14 72 -2");
        if (level > 1) {
            for (int i = 0; i < 9; i++) {
                pen.ellipse(LIGHT, 0.3, pen.between(30, 66), pen.between(-104, -40), 1.8, 1.8);
            }
        }
    }

    static void desert(Pen pen, int level) {
        pen.path(BODY, -0.12, "M-85 4 C-60 -26 -40 -34 -16 -22 C10 -8 40 -14 85 4 Z");
        if (level > 0) {
            pen.path(BODY, -0.3, "M-38 -29 C-26 -30 -10 -20 4 -14 C-10 -8 -20 0 -24 4 L10 4 L-4 -10 Z");
        }
        pen.path(BODY, 0.02, "M-90 6 C-50 -16 10 -22 90 6 Z");
        if (level > 1) {
            for (int i = 0; i < 4; i++) {
                double y = -1 - 3 * i;
                pen.curve(BODY, -0.2, 1.2, "M-46 " + y + " C-20 " + (y - 5) + " 8 " + (y - 5) + " 40 " + (y + 1));
            }
            pen.within(-44, -2, 0.34, 0, () -> cactus(pen, level));
            pen.within(48, 0, 0.26, 0, () -> cactus(pen, level));
        }
        pen.within(0, -4, 0.94, 0, () -> cactus(pen, level));
    }

    private static void cactus(Pen pen, int level) {
        pen.curve(TRIM, -0.05, 12, "M-12 -38 C-30 -38 -30 -44 -30 -62");
        pen.curve(TRIM, -0.05, 11, "M12 -50 C28 -50 28 -56 28 -76");
        pen.line(TRIM, 0, 21, 0, 0, 0, -88);
        pen.line(TRIM, 0.2, 3, -5, -4, -5, -86);
        if (level > 0) {
            pen.line(TRIM, -0.25, 3, 5, -4, 5, -86);
            pen.ellipse(LIGHT, 0, 0, -99, 5, 4);
            pen.ellipse(LIGHT, 0, 28, -82, 4, 3);
        }
    }

    static void moon(Pen pen, int level) {
        pen.within(0, -8, 1, 0, () -> risen(pen, level));
    }

    private static void risen(Pen pen, int level) {
        pen.ellipse(LIGHT, -0.16, 0, -56, 52, 52);
        pen.ellipse(LIGHT, 0.1, 0, -56, 44, 44);
        double[][] craters = {{-14, -68, 9}, {14, -76, 6}, {16, -46, 11}, {-18, -40, 6}, {-2, -54, 4}, {4, -28, 5}};
        for (int i = 0; i < 3 + level; i++) {
            double[] c = craters[i];
            pen.ellipse(LIGHT, -0.2, c[0], c[1], c[2], c[2] * 0.92);
            pen.ellipse(LIGHT, -0.1, c[0] + 1, c[1] + 1.2, c[2] * 0.75, c[2] * 0.68);
        }
        for (int i = 0; i < 4 + 7 * level; i++) {
            double angle = pen.between(0, 2 * Math.PI);
            double far = pen.between(60, 84);
            star(pen, far * Math.cos(angle), -56 + far * Math.sin(angle) * 0.9, pen.between(2.2, 5));
        }
        if (level > 0) {
            pen.ellipse(HORIZON, 0.15, -30, -16, 34, 6);
            pen.ellipse(HORIZON, 0.15, -44, -20, 18, 6);
        }
    }

    static void star(Pen pen, double x, double y, double r) {
        double k = r * 0.28;
        pen.polygon(
                LIGHT, 0.15, x, y - r, x + k, y - k, x + r, y, x + k, y + k, x, y + r, x - k, y + k, x - r, y, x - k,
                y - k);
    }
}
