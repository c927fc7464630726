package dev.konomi.gallery.painting;

import static dev.konomi.gallery.painting.Tone.*;

/// Subjects that live. `level` is the detail, 0 to 2.
final class Creatures {
    private Creatures() {}

    static void cat(Pen pen, int level) {
        pen.curve(BODY, -0.16, 8, "M20 -6 C44 -4 48 -24 38 -38");
        pen.path(BODY, 0, "M-27 0 C-32 -34 -18 -54 0 -56 C18 -54 32 -34 27 0 Z");
        pen.path(LIGHT, 0.1, "M-9 -4 C-15 -28 -10 -44 0 -46 C10 -44 15 -28 9 -4 Z");
        pen.ellipse(BODY, -0.12, -17, -4, 10, 6);
        pen.ellipse(BODY, -0.12, 17, -4, 10, 6);
        pen.polygon(BODY, -0.08, -23, -70, -22, -99, -3, -83);
        pen.polygon(BODY, -0.08, 23, -70, 22, -99, 3, -83);
        pen.polygon(TRIM, 0.1, -19, -75, -19, -91, -8, -82);
        pen.polygon(TRIM, 0.1, 19, -75, 19, -91, 8, -82);
        pen.ellipse(BODY, 0.06, 0, -68, 25, 20);
        for (int side = -1; side <= 1; side += 2) {
            pen.ellipse(INK, 0, side * 9.5, -70, 4.4, 5);
            pen.ellipse(LIGHT, 0.4, side * 9.5 - 1.2, -71.5, 1.5, 1.7);
        }
        pen.polygon(TRIM, -0.1, -3.4, -62, 3.4, -62, 0, -58.5);
        pen.curve(INK, 0, 1.3, "M-6 -55 Q-3 -52.5 0 -58 Q3 -52.5 6 -55");
        if (level > 0) {
            for (int side = -1; side <= 1; side += 2) {
                pen.line(INK, 0.1, 0.9, side * 14, -60, side * 34, -63);
                pen.line(INK, 0.1, 0.9, side * 14, -58, side * 34, -56);
            }
            pen.path(TRIM, 0, "M-15 -51 Q0 -43 15 -51 L14 -46 Q0 -38 -14 -46 Z");
            pen.ellipse(LIGHT, 0, 0, -40, 3.4, 3.4);
        }
        if (level > 1) {
            for (int i = -1; i <= 1; i++) {
                pen.line(TRIM, -0.1, 2.4, i * 5, -86, i * 4.0, -79);
            }
            for (int side = -1; side <= 1; side += 2) {
                for (int i = 0; i < 3; i++) {
                    pen.line(TRIM, -0.1, 2.4, side * (26 - i), -16 - 9 * i, side * (17 - i), -15 - 9 * i);
                }
            }
        }
    }

    static void fish(Pen pen, int level) {
        pen.path(TRIM, 0, "M26 -50 C40 -62 48 -80 60 -78 C54 -62 54 -42 60 -24 C48 -22 40 -38 26 -50 Z");
        pen.path(TRIM, 0.08, "M-14 -70 C-4 -94 20 -92 26 -84 C18 -78 16 -72 16 -66 Z");
        pen.path(TRIM, -0.1, "M-4 -30 C2 -14 14 -10 20 -14 C14 -22 14 -28 12 -34 Z");
        pen.path(BODY, 0, "M-52 -50 C-42 -78 4 -82 32 -50 C4 -18 -42 -22 -52 -50 Z");
        pen.path(BODY, 0.3, "M-48 -44 C-30 -34 4 -36 30 -49 C4 -18 -40 -22 -48 -44 Z");
        pen.path(TRIM, 0, "M-8 -71 C0 -58 0 -42 -8 -29 L-2 -28 C6 -42 6 -58 -2 -72 Z");
        if (level > 0) {
            pen.path(TRIM, 0, "M12 -66 C17 -56 17 -44 12 -34 L17 -37 C22 -46 22 -54 17 -62 Z");
            pen.path(TRIM, -0.15, "M-14 -48 C-6 -40 -4 -34 -8 -30 C-18 -32 -22 -40 -22 -46 Z");
        }
        pen.ellipse(LIGHT, 0.4, -32, -56, 7, 7);
        pen.ellipse(INK, 0, -33, -56, 3.8, 3.8);
        pen.curve(INK, 0.1, 1.6, "M-50 -46 Q-44 -43 -40 -46");
        for (int i = 0; i < 2 + 3 * level; i++) {
            double r = pen.between(2, 4.6);
            pen.ring(LIGHT, 0.1, 1.4, pen.between(-74, -54), -60 - 9 * i, r, r);
        }
        if (level > 1) {
            for (int row = 0; row < 3; row++) {
                for (int i = 0; i < 3; i++) {
                    double x = -16 + 12 * i;
                    double y = -60 + 9 * row;
                    pen.curve(
                            BODY,
                            -0.28,
                            1.3,
                            "M" + x + " " + (y - 3) + " Q" + (x + 4) + " " + y + " " + x + " " + (y + 3));
                }
            }
            for (int side = -1; side <= 1; side += 2) {
                double x = side * 58;
                pen.curve(NEAR, 0.1, 4, "M" + x + " 6 C" + (x - 10) + " -8 " + (x + 10) + " -18 " + x + " -34");
            }
        }
    }

    static void bird(Pen pen, int level) {
        pen.curve(NEAR, -0.3, 6, "M-66 -10 C-30 -16 20 -4 68 -16");
        if (level > 0) {
            double[] leaves = {-56, -38, 38, 56, 20, -18};
            for (int i = 0; i < 2 + 2 * level; i++) {
                double x = leaves[i];
                double turn = i % 2 == 0 ? 25 : -155;
                pen.within(x, -11, 1, turn, () -> pen.path(TRIM, 0.05, "M0 0 C6 -8 14 -8 20 0 C14 6 6 6 0 0 Z"));
            }
        }
        pen.line(INK, 0, 2.2, -4, -30, -6, -12);
        pen.line(INK, 0, 2.2, 6, -30, 6, -12);
        pen.path(TRIM, -0.15, "M14 -44 L58 -26 L54 -16 L10 -30 Z");
        pen.path(
                BODY,
                0,
                "M-34 -74 C-34 -94 -2 -96 0 -76 C8 -66 30 -60 30 -42 C22 -24 -8 -22 -20 -36 C-30 -48 -32 -60 -34 -74 Z");
        pen.path(LIGHT, 0.05, "M-31 -62 C-22 -56 -14 -44 0 -28 C-12 -26 -26 -36 -31 -62 Z");
        pen.path(TRIM, 0, "M-8 -60 C8 -66 28 -54 44 -34 C24 -30 -4 -34 -8 -60 Z");
        if (level > 0) {
            pen.curve(TRIM, -0.25, 1.6, "M0 -50 C12 -40 22 -36 36 -35");
            pen.curve(TRIM, -0.25, 1.6, "M2 -56 C14 -48 26 -42 38 -37");
        }
        pen.polygon(LIGHT, -0.25, -33, -80, -50, -73, -32, -71);
        pen.ellipse(INK, 0, -20, -79, 3.4, 3.4);
        pen.ellipse(LIGHT, 0.5, -21.2, -80.2, 1.1, 1.1);
        if (level > 1) {
            for (int i = 0; i < 3; i++) {
                pen.ellipse(TRIM, 0.2, -60 + 3 * i, -20 - 4 * (i % 2), 3, 3);
            }
            pen.path(TRIM, 0, "M-24 -91 C-22 -102 -12 -104 -8 -100 C-12 -98 -12 -94 -12 -90 Z");
        }
    }

    static void butterfly(Pen pen, int level) {
        for (int side = -1; side <= 1; side += 2) {
            int s = side;
            pen.path(TRIM, -0.1, mirror("M0 -46 C14 -40 44 -42 42 -22 C38 -4 16 -4 2 -36 Z", s));
            pen.path(BODY, 0, mirror("M0 -52 C10 -92 44 -104 56 -92 C62 -74 50 -44 0 -44 Z", s));
            pen.path(BODY, 0.25, mirror("M10 -56 C18 -80 40 -90 48 -84 C50 -72 40 -54 10 -52 Z", s));
            pen.ellipse(TRIM, 0, s * 36, -74, 7, 7);
            pen.ellipse(LIGHT, 0.1, s * 27, -24, 6, 6);
            if (level > 0) {
                pen.ellipse(LIGHT, 0.1, s * 36, -74, 3.4, 3.4);
                pen.ellipse(TRIM, 0, s * 22, -62, 4, 4);
            }
            if (level > 1) {
                for (int i = 0; i < 5; i++) {
                    pen.ellipse(LIGHT, 0.2, s * (56 - 2.4 * i), -88 + 9.0 * i, 1.9, 1.9);
                }
                pen.ellipse(BODY, 0, s * 27, -24, 3, 3);
            }
            pen.curve(INK, 0, 1.6, mirror("M0 -66 C4 -82 10 -88 16 -92", s));
            pen.ellipse(INK, 0, s * 16, -92, 2.2, 2.2);
        }
        pen.ellipse(INK, 0, 0, -45, 4, 23);
        pen.ellipse(INK, 0, 0, -69, 4.6, 4.6);
    }

    /// The path with its `x` coordinates multiplied by `side`, 1 or −1.
    private static String mirror(String path, int side) {
        if (side > 0) {
            return path;
        }
        StringBuilder mirrored = new StringBuilder();
        boolean x = true;
        for (String word : path.replaceAll("([MLQCZ])", "$1 ").trim().split(" +")) {
            if (Character.isLetter(word.charAt(0))) {
                mirrored.append(word).append(' ');
            } else {
                mirrored.append(x ? String.valueOf(-Double.parseDouble(word)) : word)
                        .append(' ');
                x = !x;
            }
        }
        return mirrored.toString();
    }
}
