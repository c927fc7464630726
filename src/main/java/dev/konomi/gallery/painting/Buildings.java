package dev.konomi.gallery.painting;

import static dev.konomi.gallery.painting.Tone.*;

/// Subjects that are built. `level` is the detail, 0 to 2.
final class Buildings {
    private Buildings() {}

    static void lighthouse(Pen pen, int level) {
        if (level > 0) {
            pen.polygon(LIGHT, -0.05, 0, -82, -90, -98, -90, -72);
            pen.polygon(LIGHT, -0.05, 0, -82, 90, -98, 90, -72);
        }
        pen.path(NEAR, -0.2, "M-44 4 C-36 -10 -18 -14 0 -12 C18 -14 36 -10 46 4 Z");
        pen.polygon(BODY, 0.3, -15, -6, -9, -72, 9, -72, 15, -6);
        for (int i = 0; i < 3; i++) {
            double low = -12 - 22 * i;
            double high = low - 11;
            pen.polygon(TRIM, 0, -half(low), low, -half(high), high, half(high), high, half(low), low);
        }
        pen.polygon(INK, 0.1, 3, -6, 3, -72, 9, -72, 15, -6, 9, -6);
        pen.polygon(BODY, -0.05, 3, -6, 2, -72, 4, -72, 8, -6);
        pen.rectangle(INK, 0, -13, -76, 13, -71);
        pen.rectangle(LIGHT, 0.2, -7, -88, 7, -76);
        pen.line(INK, 0, 1.4, -7, -88, -7, -76);
        pen.line(INK, 0, 1.4, 7, -88, 7, -76);
        pen.polygon(TRIM, -0.1, -10, -87, 0, -100, 10, -87);
        if (level > 0) {
            pen.rectangle(INK, 0, -4, -18, 3, -7);
            pen.line(INK, 0, 1.2, 0, -88, 0, -76);
        }
        if (level > 1) {
            pen.rectangle(INK, 0, -3, -44, 1, -38);
            pen.rectangle(INK, 0, -3, -64, 1, -58);
            for (int i = 0; i < 6; i++) {
                pen.ellipse(NEAR, 0.15, pen.between(-42, 42), pen.between(-4, 3), pen.between(4, 7), 4);
            }
        }
    }

    private static double half(double y) {
        return 9 + 6 * (72 + y) / 66;
    }

    static void skyline(Pen pen, int level) {
        double[] back = {50, 66, 44, 70, 58, 48};
        for (int i = 0; i < back.length; i++) {
            double left = -62 + 21 * i;
            pen.rectangle(FAR, -0.12, left, -back[i] - pen.between(0, 8), left + 18, 2);
        }
        double[] heights = {36, 58, 78, 96, 66, 48, 34};
        for (int i = 0; i < heights.length; i++) {
            double left = -60 + 17.2 * i;
            double top = -heights[i] + pen.between(-4, 4);
            Tone tone = i % 2 == 0 ? TRIM : BODY;
            double shade = i % 2 == 0 ? -0.05 : -0.1;
            pen.rectangle(tone, shade, left, top, left + 15.5, 3);
            pen.rectangle(tone, shade - 0.18, left + 11, top, left + 15.5, 3);
            if (i == 3) {
                pen.polygon(tone, shade, left + 3, top, left + 7.7, top - 14, left + 12, top);
            }
            windows(pen, left, top, level, tone == TRIM ? LIGHT : INK);
        }
    }

    private static void windows(Pen pen, double left, double top, int level, Tone tone) {
        double step = level == 0 ? 14 : level == 1 ? 9 : 6;
        double size = level == 0 ? 4.5 : level == 1 ? 3 : 2.2;
        for (double y = top + 5; y < -4; y += step) {
            for (double x = left + 2.5; x + size < left + 11; x += size * 1.9) {
                if (level == 0 || pen.chance(0.8)) {
                    pen.rectangle(tone, 0.05, x, y, x + size, y + size * 1.15);
                }
            }
        }
    }

    static void castle(Pen pen, int level) {
        turret(pen, -42, 66, level);
        turret(pen, 42, 66, level);
        battlements(pen, BODY, -0.1, -42, -38, 42);
        battlements(pen, BODY, 0.05, -19, -70, 19);
        if (level > 0) {
            pen.within(0, -70, 0.62, 0, () -> turret(pen, 0, 42, level));
        }
        pen.path(INK, 0, "M-10 2 L-10 -16 C-10 -30 10 -30 10 -16 L10 2 Z");
        for (int side = -1; side <= 1; side += 2) {
            pen.path(
                    INK,
                    0,
                    "M" + (side * 11 - 3) + " -44 L" + (side * 11 - 3) + " -52 Q" + side * 11 + " -57 "
                            + (side * 11 + 3) + " -52 L" + (side * 11 + 3) + " -44 Z");
        }
        if (level > 1) {
            for (int i = 0; i < 22; i++) {
                double x = pen.between(-36, 33);
                double y = pen.between(-32, -2);
                if (Math.abs(x) > 13) {
                    pen.rectangle(BODY, -0.25, x, y, x + 5, y + 2.4);
                }
            }
            for (int i = 0; i < 4; i++) {
                pen.line(LIGHT, -0.1, 0.9, -7.5 + 5 * i, 1, -7.5 + 5 * i, -20);
            }
        }
    }

    private static void battlements(Pen pen, Tone tone, double shade, double left, double top, double right) {
        pen.rectangle(tone, shade, left, top, right, 2);
        for (double x = left; x < right - 2; x += 9.4) {
            pen.rectangle(tone, shade, x, top - 6, x + 5, top + 1);
        }
    }

    private static void turret(Pen pen, double x, double height, int level) {
        pen.rectangle(BODY, 0, x - 11, -height, x + 11, 2);
        pen.rectangle(BODY, -0.2, x + 4, -height, x + 11, 2);
        pen.polygon(TRIM, 0, x - 15, -height, x, -height - 30, x + 15, -height);
        pen.polygon(TRIM, -0.22, x + 3, -height, x, -height - 30, x + 15, -height);
        pen.rectangle(INK, 0, x - 3, -height + 10, x + 2, -height + 20);
        if (level > 0) {
            pen.line(INK, 0, 1.4, x, -height - 28, x, -height - 42);
            pen.polygon(LIGHT, -0.1, x, -height - 42, x + 13, -height - 38, x, -height - 34);
        }
    }

    static void house(Pen pen, int level) {
        pen.rectangle(TRIM, -0.2, 18, -88, 30, -58);
        if (level > 0) {
            for (int i = 0; i < 2 + level; i++) {
                pen.ellipse(LIGHT, 0.1, 26 + 5 * i, -94 - 9 * i, 5 + i * 1.5, 4 + i);
            }
        }
        pen.rectangle(BODY, 0.08, -38, -48, 38, 1);
        pen.rectangle(BODY, -0.12, 22, -48, 38, 1);
        pen.polygon(TRIM, 0, -48, -44, 0, -88, 48, -44);
        pen.polygon(TRIM, -0.22, 18, -71, 48, -44, 30, -44);
        pen.rectangle(NEAR, -0.2, -8, -30, 8, 1);
        pen.ellipse(LIGHT, 0, 5, -14, 1.6, 1.6);
        for (int side = -1; side <= 1; side += 2) {
            double x = side * 23;
            pen.rectangle(LIGHT, 0.05, x - 8, -36, x + 8, -20);
            pen.line(NEAR, -0.2, 1.6, x, -36, x, -20);
            pen.line(NEAR, -0.2, 1.6, x - 8, -28, x + 8, -28);
        }
        pen.ellipse(LIGHT, 0, 0, -60, 6, 6);
        if (level > 1) {
            for (int i = 0; i < 4; i++) {
                double y = -52 - 9 * i;
                double reach = 40 - 9.6 * i;
                for (double x = -reach; x < reach - 4; x += 9) {
                    pen.curve(
                            TRIM,
                            -0.3,
                            1,
                            "M" + x + " " + y + " Q" + (x + 4.5) + " " + (y + 4) + " " + (x + 9) + " " + y);
                }
            }
            for (int i = -4; i <= 4; i++) {
                if (Math.abs(i) > 0) {
                    pen.ellipse(NEAR, 0.05, i * 10.5, -2, 5, 5);
                    pen.ellipse(i % 2 == 0 ? TRIM : LIGHT, 0.1, i * 10.5, -4, 1.8, 1.8);
                }
            }
        }
    }

    static void bridge(Pen pen, int level) {
        for (int side = -1; side <= 1; side += 2) {
            double x = side * 36;
            pen.rectangle(TRIM, -0.05, x - 6, -92, x + 6, 6);
            pen.rectangle(TRIM, 0.15, x - 6, -92, x - 2, 6);
            pen.rectangle(TRIM, -0.2, x - 8, -94, x + 8, -88);
            pen.rectangle(NEAR, -0.25, x - 11, -2, x + 11, 8);
        }
        int hangers = 5 + 4 * level;
        for (int i = 1; i < hangers; i++) {
            double t = 2.0 * i / hangers - 1;
            pen.line(LIGHT, 0, 1.1, t * 36, -30, t * 36, -34 - 52 * t * t);
        }
        for (int side = -1; side <= 1; side += 2) {
            for (int i = 1; i < 3 + level; i++) {
                double t = i / (3.0 + level);
                pen.line(LIGHT, 0, 1.1, side * (36 + 46 * t), -30, side * (36 + 46 * t), -86 + 56 * Math.sqrt(t));
            }
            pen.curve(BODY, 0.1, 3, "M" + side * 36 + " -89 Q" + side * 54 + " -48 " + side * 88 + " -30");
        }
        pen.curve(BODY, 0.1, 3, "M-36 -89 C-20 -18 20 -18 36 -89");
        pen.rectangle(BODY, -0.1, -92, -31, 92, -23);
        pen.rectangle(INK, 0.1, -92, -24, 92, -21.5);
        if (level > 1) {
            for (int i = 0; i < 15; i++) {
                double x = -84 + 12 * i;
                pen.line(INK, 0.2, 1, x, -22, x + 6, -16, x + 12, -22);
            }
            pen.line(INK, 0.2, 1.4, -92, -15.5, 92, -15.5);
            pen.rectangle(LIGHT, 0.1, -14, -36, -2, -31);
            pen.rectangle(TRIM, 0.1, 12, -37, 26, -31);
        }
    }
}
