package dev.konomi.gallery.painting;

import static dev.konomi.gallery.painting.Tone.*;

/// Subjects that carry people. `level` is the detail, 0 to 2.
final class Vehicles {
    private Vehicles() {}

    static void balloon(Pen pen, int level) {
        pen.line(INK, 0, 1.2, -16, -42, -7, -19);
        pen.line(INK, 0, 1.2, 16, -42, 7, -19);
        pen.path(TRIM, 0, "M0 -108 C40 -108 50 -70 30 -50 L13 -33 L-13 -33 L-30 -50 C-50 -70 -40 -108 0 -108 Z");
        pen.path(BODY, 0, "M0 -108 C29 -108 36 -70 22 -50 L9 -33 L-9 -33 L-22 -50 C-36 -70 -29 -108 0 -108 Z");
        pen.path(TRIM, 0.06, "M0 -108 C17 -108 22 -70 13 -50 L5 -33 L-5 -33 L-13 -50 C-22 -70 -17 -108 0 -108 Z");
        pen.path(BODY, 0.1, "M0 -108 C6 -108 8 -70 5 -50 L2 -33 L-2 -33 L-5 -50 C-8 -70 -6 -108 0 -108 Z");
        if (level > 0) {
            pen.path(LIGHT, 0, "M-40 -74 Q0 -64 40 -74 L38 -67 Q0 -57 -38 -67 Z");
        }
        pen.path(NEAR, -0.25, "M-9 -20 L9 -20 L7 -5 L-7 -5 Z");
        pen.rectangle(LIGHT, -0.1, -10, -21, 10, -18);
        if (level > 1) {
            for (int i = -3; i <= 3; i++) {
                pen.ellipse(TRIM, -0.1, i * 10.5, -66 + 0.06 * (9 - i * i) * 10, 2.2, 2.2);
            }
            for (int i = 0; i < 3; i++) {
                pen.line(LIGHT, -0.3, 0.9, -7, -16 + 4 * i, 7, -16 + 4 * i);
            }
            pen.within(58, -66, 0.3, 0, () -> balloon(pen, 0));
            pen.within(-60, -34, 0.24, 0, () -> balloon(pen, 0));
        }
    }

    static void bicycle(Pen pen, int level) {
        for (int side = -1; side <= 1; side += 2) {
            double x = side * 34;
            pen.ring(INK, 0, 5, x, -26, 24, 24);
            pen.ring(LIGHT, 0, 1.4, x, -26, 20, 20);
            int spokes = 4 + 4 * level;
            for (int i = 0; i < spokes; i++) {
                double angle = Math.PI * i / spokes;
                double dx = 20 * Math.cos(angle);
                double dy = 20 * Math.sin(angle);
                pen.line(LIGHT, -0.1, 0.8, x - dx, -26 - dy, x + dx, -26 + dy);
            }
            pen.ellipse(TRIM, 0, x, -26, 4, 4);
        }
        pen.line(TRIM, 0, 5, -34, -26, -12, -66, 24, -66, 0, -26, -34, -26);
        pen.line(TRIM, 0, 5, 0, -26, -14, -74);
        pen.line(TRIM, -0.1, 5, 34, -26, 22, -80);
        pen.curve(INK, 0, 4, "M14 -88 Q28 -90 22 -80");
        pen.path(INK, 0, "M-28 -78 C-20 -82 -8 -80 -2 -76 C-8 -72 -20 -72 -28 -78 Z");
        pen.ellipse(BODY, 0, 0, -26, 7, 7);
        pen.line(INK, 0, 2.4, -7, -19, 7, -33);
        if (level > 0) {
            pen.polygon(BODY, 0.05, 26, -78, 50, -78, 46, -58, 30, -58);
            pen.line(BODY, -0.25, 1.2, 28, -71, 48, -71);
            pen.line(BODY, -0.25, 1.2, 29, -65, 47, -65);
        }
        if (level > 1) {
            double[][] blossoms = {{30, -82}, {38, -86}, {46, -82}};
            for (double[] b : blossoms) {
                for (int i = 0; i < 5; i++) {
                    double angle = 2 * Math.PI * i / 5;
                    pen.ellipse(LIGHT, 0.1, b[0] + 3 * Math.cos(angle), b[1] + 3 * Math.sin(angle), 2.4, 2.4);
                }
                pen.ellipse(TRIM, 0, b[0], b[1], 1.8, 1.8);
            }
            pen.curve(INK, 0.15, 2.4, "M-62 -20 C-62 -50 -44 -58 -26 -56");
        }
    }

    static void boat(Pen pen, int level) {
        pen.line(NEAR, -0.35, 3, 0, -14, 0, -100);
        pen.path(BODY, 0.15, "M3 -96 C26 -74 38 -50 42 -26 L3 -26 Z");
        pen.path(TRIM, 0.12, "M-3 -90 C-14 -64 -26 -44 -38 -26 L-3 -26 Z");
        if (level > 0) {
            pen.path(TRIM, 0, "M3 -62 L33 -52 L37 -42 L3 -50 Z");
            pen.polygon(LIGHT, 0, 0, -108, 16, -103, 0, -98);
            pen.line(NEAR, -0.35, 2, 0, -96, 0, -108);
        }
        pen.path(TRIM, -0.2, "M-48 -20 L50 -20 C44 -4 36 4 28 4 L-28 4 C-38 4 -44 -6 -48 -20 Z");
        pen.path(LIGHT, 0, "M-48 -20 L50 -20 L47 -14 L-46 -14 Z");
        if (level > 1) {
            for (int i = 0; i < 4; i++) {
                pen.ellipse(LIGHT, 0, -24 + 16 * i, -6, 3, 3);
            }
            pen.line(BODY, -0.25, 1, 8, -84, 18, -28);
            pen.line(BODY, -0.25, 1, 6, -70, 34, -64);
            pen.within(-64, -2, 0.22, 0, () -> boat(pen, 0));
        }
        for (int i = 0; i < 2 + level; i++) {
            double x = -62 + 30 * i;
            pen.curve(
                    LIGHT,
                    0.15,
                    2.4,
                    "M" + x + " 6 Q" + (x + 9) + " 0 " + (x + 18) + " 6 Q" + (x + 27) + " 12 " + (x + 36) + " 6");
        }
    }

    static void rocket(Pen pen, int level) {
        pen.within(0, -52, 1, 18, () -> {
            pen.path(LIGHT, -0.1, "M-11 30 C-16 44 -6 52 0 66 C6 52 16 44 11 30 Z");
            pen.path(TRIM, 0.1, "M-6 30 C-8 40 -3 44 0 52 C3 44 8 40 6 30 Z");
            pen.path(TRIM, -0.05, "M-13 4 C-30 12 -32 28 -30 38 L-12 28 Z");
            pen.path(TRIM, -0.25, "M13 4 C30 12 32 28 30 38 L12 28 Z");
            pen.path(BODY, 0.12, "M0 -58 C20 -38 22 -2 13 31 L-13 31 C-22 -2 -20 -38 0 -58 Z");
            pen.path(BODY, -0.14, "M0 -58 C20 -38 22 -2 13 31 L5 31 C12 -2 12 -34 0 -58 Z");
            pen.path(TRIM, 0, "M0 -58 C10 -48 14 -38 16 -30 Q0 -24 -16 -30 C-14 -38 -10 -48 0 -58 Z");
            pen.ellipse(TRIM, -0.3, 0, -8, 9.5, 9.5);
            pen.ellipse(LIGHT, 0.1, 0, -8, 6.6, 6.6);
            pen.rectangle(TRIM, -0.2, -12, 27, 12, 32);
            if (level > 0) {
                pen.path(TRIM, 0, "M-17 14 Q0 20 17 14 L16 20 Q0 26 -16 20 Z");
                pen.line(TRIM, -0.3, 4, 0, 20, 0, 38);
            }
        });
        for (int i = 0; i < 3 + 6 * level; i++) {
            double x = pen.between(24, 64) * (i % 2 == 0 ? 1 : -1);
            Landscapes.star(pen, x, pen.between(-104, -10), pen.between(2.4, 5));
        }
        if (level > 1) {
            pen.ellipse(TRIM, 0.2, 52, -84, 9, 9);
            pen.ring(LIGHT, 0, 2, 52, -84, 15, 4);
        }
        if (level > 0) {
            for (int i = 0; i < 4; i++) {
                pen.ellipse(HORIZON, 0.2, -30 + 9 * i, -2 - 2 * (i % 2), 10, 7);
            }
        }
    }

    static void train(Pen pen, int level) {
        for (int i = 0; i < 2 + 2 * level; i++) {
            pen.ellipse(LIGHT, -0.03, 28 - 11 * i - i * i * 1.2, -86 - 5.5 * i, 8 + 1.6 * i, 7 + 1.2 * i);
        }
        pen.line(INK, 0.15, 3, -90, 2, 90, 2);
        if (level > 0) {
            for (double x = -86; x < 90; x += 14) {
                pen.line(NEAR, -0.3, 3.4, x, 6, x + 6, 6);
            }
            pen.rectangle(TRIM, 0.1, -98, -48, -56, -10);
            for (int i = 0; i < 3; i++) {
                pen.rectangle(LIGHT, 0, -94 + 13 * i, -42, -85 + 13 * i, -28);
            }
            for (int i = 0; i < 2; i++) {
                pen.ellipse(INK, 0, -88 + 22 * i, -6, 7, 7);
            }
            pen.line(INK, 0, 3, -58, -10, -46, -10);
        }
        pen.rectangle(TRIM, 0, -48, -70, -14, -12);
        pen.rectangle(INK, 0, -52, -75, -10, -69);
        pen.rectangle(LIGHT, 0, -42, -62, -22, -44);
        pen.path(BODY, 0, "M-14 -52 L36 -52 C44 -52 44 -18 36 -18 L-14 -18 Z");
        pen.path(BODY, -0.2, "M-14 -28 L41 -28 C40 -20 38 -18 36 -18 L-14 -18 Z");
        pen.polygon(TRIM, -0.15, 22, -52, 19, -78, 35, -78, 32, -52);
        pen.rectangle(INK, 0, 17, -82, 37, -77);
        pen.dome(TRIM, 0, 2, -51, 8, 12);
        pen.rectangle(INK, 0.1, -48, -20, 44, -13);
        pen.polygon(TRIM, -0.2, 40, -18, 58, 1, 36, 1);
        pen.ellipse(LIGHT, 0.2, 43, -44, 4.5, 5.5);
        double[] wheels = {-36, -12, 10, 30};
        for (int i = 0; i < wheels.length; i++) {
            double r = i < 2 ? 12 : 8.5;
            pen.ellipse(INK, 0, wheels[i], 1 - r, r, r);
            pen.ellipse(TRIM, 0.1, wheels[i], 1 - r, r * 0.6, r * 0.6);
            pen.ellipse(INK, 0, wheels[i], 1 - r, r * 0.25, r * 0.25);
        }
        pen.line(LIGHT, -0.1, 2.2, -36, -10, -12, -10);
        if (level > 1) {
            for (int i = 0; i < 4; i++) {
                pen.line(TRIM, 0, 1.6, -8 + 12 * i, -51, -8 + 12 * i, -20);
            }
        }
    }
}
