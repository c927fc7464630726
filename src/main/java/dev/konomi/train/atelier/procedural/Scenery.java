package dev.konomi.train.atelier.procedural;

import dev.konomi.train.atelier.procedural.ProceduralPicture.Traits;
import java.util.SplittableRandom;

/// Places with light and depth, and heads.
final class Scenery {
    private final Sheet sheet;
    private final Traits traits;
    private final SplittableRandom random;
    private final Lattice lattice;
    private final double hue;
    private final double saturation;
    private final double daylight;
    private final double haze;
    private final double lightFrom;
    private final double horizon;
    private final double roughness;

    private Scenery(Sheet sheet, Traits traits, SplittableRandom random) {
        this.sheet = sheet;
        this.traits = traits;
        this.random = random;
        lattice = new Lattice(random);
        hue = traits.noteHue(random.nextDouble());
        saturation = traits.note(Trait.SATURATION, random.nextDouble());
        daylight = traits.note(Trait.DAYLIGHT, random.nextDouble());
        haze = traits.note(Trait.HAZE, random.nextDouble());
        lightFrom = traits.note(Trait.LIGHT_FROM, random.nextDouble());
        horizon = 0.25 + 0.5 * traits.note(Trait.HORIZON, random.nextDouble());
        roughness = traits.note(Trait.ROUGHNESS, random.nextDouble());
    }

    static void paint(Kind kind, Sheet sheet, Traits traits, SplittableRandom random) {
        Scenery scenery = new Scenery(sheet, traits, random);
        switch (kind) {
            case SEA -> scenery.sea();
            case SKYLINE -> scenery.skyline();
            case FOREST -> scenery.forest();
            case ROOM -> scenery.room();
            case FACE -> scenery.face();
            default -> scenery.hills();
        }
        sheet.grain(0.06 * random.nextDouble(), random);
    }

    /// A colour of the scene, darker at night and paler in the distance.
    private float[] colour(double turn, double brightness, double distance) {
        float[] colour = new float[3];
        Inks.hsv(hue + turn, saturation, brightness * (0.15 + 0.85 * daylight), colour);
        float[] air = air();
        double lost = haze * distance;
        for (int c = 0; c < 3; c++) {
            colour[c] += (float) (lost * (air[c] - colour[c]));
        }
        return colour;
    }

    private float[] air() {
        float[] air = new float[3];
        Inks.hsv(hue + 0.08, 0.3 * saturation, 0.2 + 0.75 * daylight, air);
        return air;
    }

    private void sky() {
        float[] above = colour(0, 0.9, 0);
        float[] below = air();
        double cover = random.nextDouble();
        sheet.fill((x, y) -> y / horizon, (share, to) -> {
            for (int c = 0; c < 3; c++) {
                to[c] = (float) (above[c] + share * (below[c] - above[c]));
            }
        });
        float[] cloud = {1, 1, 1};
        sheet.lay((x, y) -> 0.5 * daylight * cover * (lattice.octaves(4 * x, 9 * y, 0.5) - 0.45) * 6, cloud);
        double radius = 0.03 + 0.05 * random.nextDouble();
        float[] sun = {1, (float) (0.85 + 0.15 * daylight), (float) (0.6 + 0.4 * random.nextDouble())};
        double height = horizon * random.nextDouble(0.2, 0.9);
        sheet.lay((x, y) -> sheet.edge(radius - Math.hypot(x - lightFrom, y - height)), sun);
        if (daylight < 0.3) {
            for (int star = 0; star < 40; star++) {
                double sx = random.nextDouble();
                double sy = horizon * random.nextDouble();
                sheet.lay(sx, sy, sx + 0.01, sy + 0.01, (x, y) -> 0.8, cloud);
            }
        }
    }

    /// An outline over the whole width, from the place it starts at down to the bottom.
    private void ridge(double height, double reach, double finer, float[] colour) {
        double at = 40 * random.nextDouble();
        sheet.lay(
                (x, y) -> sheet.edge(
                        y - height + reach * (lattice.octaves(finer * x + at, at, 0.2 + 0.5 * roughness) - 0.5)),
                colour);
    }

    private void hills() {
        sky();
        int ridges = 2 + random.nextInt(4);
        for (int k = 0; k < ridges; k++) {
            double near = (k + 1.0) / ridges;
            ridge(
                    horizon + (1 - horizon) * 0.8 * k / ridges,
                    0.35 * (1 - 0.5 * near),
                    3,
                    colour(0.3, 0.8 - 0.4 * near, 1 - near));
        }
    }

    private void sea() {
        sky();
        float[] deep = colour(0.05, 0.6, 0);
        float[] light = colour(0.08, 1, 0);
        sheet.lay((x, y) -> sheet.edge(y - horizon), deep);
        double waves = 6 + 20 * roughness;
        sheet.lay(
                0,
                horizon,
                1,
                1,
                (x, y) -> {
                    double depth = (y - horizon) / (1 - horizon);
                    double glitter = Math.exp(-12 * Math.abs(x - lightFrom));
                    return (0.25 + 0.6 * glitter)
                            * (lattice.at(5 * x / (0.2 + depth), waves / (0.15 + depth)) > 0.6 ? 1 : 0);
                },
                light);
    }

    private void skyline() {
        sky();
        for (int layer = 0; layer < 3; layer++) {
            double distance = 1 - layer / 2.0;
            float[] wall = colour(0.5, 0.35 + 0.3 * distance, 0.8 * distance);
            float[] window = {1, 0.9f, 0.6f};
            for (double left = 0; left < 1; ) {
                double width = random.nextDouble(0.05, 0.14);
                double top = horizon + (0.15 * layer) - random.nextDouble() * (0.1 + 0.35 * roughness);
                sheet.lay(left, top, left + width, 1, (x, y) -> 1, wall);
                double lit = daylight < 0.4 ? 0.6 : 0.1;
                double from = left;
                sheet.lay(
                        left,
                        top,
                        left + width,
                        1,
                        (x, y) -> {
                            double u = (x - from) / 0.025;
                            double v = (y - top) / 0.035;
                            boolean pane = u - Math.floor(u) > 0.4 && v - Math.floor(v) > 0.4;
                            return pane && lattice.value((int) u + (int) (50 * from), (int) v) < lit ? 0.9 : 0;
                        },
                        window);
                left += width + 0.01 * random.nextDouble();
            }
        }
    }

    private void forest() {
        sky();
        sheet.lay((x, y) -> sheet.edge(y - horizon), colour(0.25, 0.5, 0.4));
        int trees = 4 + random.nextInt(20);
        traits.note(Trait.NUMBER, trees / 24.0);
        boolean pointed = random.nextBoolean();
        for (int k = 0; k < trees; k++) {
            double near = (k + 1.0) / trees;
            double x0 = random.nextDouble();
            double foot = horizon + (1 - horizon) * near * 0.9;
            double height = (0.15 + 0.3 * near) * random.nextDouble(0.7, 1.2);
            double breadth = height * (pointed ? 0.25 : 0.32);
            sheet.lay(
                    x0 - 0.05 * height,
                    foot - 0.4 * height,
                    x0 + 0.05 * height,
                    foot,
                    (x, y) -> 1,
                    colour(0.6, 0.3, 1 - near));
            float[] leaves = colour(0.3, 0.8 - 0.4 * near, 1 - near);
            double crown = foot - height;
            sheet.lay(
                    x0 - breadth,
                    crown,
                    x0 + breadth,
                    foot,
                    (x, y) -> {
                        double down = (y - crown) / (0.8 * height);
                        double rough = roughness * 0.4 * (lattice.at(30 * x, 30 * y) - 0.5);
                        return pointed
                                ? sheet.edge(down > 1 ? -1 : breadth * (down + rough) - Math.abs(x - x0))
                                : sheet.edge(breadth * (1 + rough) - Math.hypot(x - x0, (y - crown - breadth)));
                    },
                    leaves);
        }
    }

    private void room() {
        float[] wall = colour(0, 0.9, 0.2);
        float[] floor = colour(0.12, 0.6, 0.1);
        float[] side = colour(0, 0.7, 0.1);
        sheet.lay((x, y) -> 1, wall);
        double corner = random.nextDouble(0.2, 0.8);
        sheet.lay((x, y) -> sheet.edge(x - corner), side);
        sheet.lay((x, y) -> sheet.edge(y - horizon - 0.35 * Math.abs(x - corner) + 0.02), floor);
        double boards = 4 + 12 * roughness;
        sheet.lay(
                (x, y) -> {
                    double board = (x - corner) / Math.max(0.05, y - horizon + 0.3) * boards;
                    return y > horizon + 0.35 * Math.abs(x - corner) && board - Math.floor(board) < 0.08 ? 0.5 : 0;
                },
                colour(0.12, 0.3, 0));
        double left = lightFrom * 0.7;
        float[] pane = {(float) (0.3 + 0.7 * daylight), (float) (0.4 + 0.6 * daylight), 1};
        sheet.lay(
                left,
                0.12,
                left + 0.25,
                horizon - 0.05,
                (x, y) -> {
                    double u = (x - left) / 0.125;
                    return u - Math.floor(u) < 0.1 ? 0 : 1;
                },
                pane);
        sheet.lay((x, y) -> 0.4 * daylight * Math.exp(-6 * Math.hypot(x - left - 0.1, y - 0.8)), new float[] {
            1, 1, 0.85f
        });
    }

    private void face() {
        sheet.fill((x, y) -> lattice.octaves(3 * x, 3 * y, 0.3 + 0.4 * roughness), (value, to) -> {
            Inks.hsv(hue, saturation, (0.3 + 0.5 * value) * (0.2 + 0.8 * daylight), to);
        });
        double middle = random.nextDouble(0.4, 0.6);
        double size = 0.16 + 0.16 * traits.note(Trait.SCALE, random.nextDouble());
        float[] skin = new float[3];
        Inks.hsv(random.nextDouble(0.03, 0.1), random.nextDouble(0.25, 0.6), random.nextDouble(0.35, 1), skin);
        float[] hair = new float[3];
        Inks.hsv(random.nextDouble(0, 0.12), random.nextDouble(0.1, 0.8), random.nextDouble(0.05, 0.7), hair);
        float[] clothes = colour(random.nextDouble(), 0.7, 0);
        double neck = horizon + 1.15 * size;
        sheet.lay((x, y) -> sheet.edge(1.9 * size - Math.hypot(x - middle, 0.8 * (y - neck - 1.6 * size))), clothes);
        double length = random.nextDouble(0.9, 1.7);
        sheet.lay((x, y) -> sheet.edge(1.12 * size - Math.hypot(x - middle, (y - horizon) / length)), hair);
        sheet.lay(middle - 0.35 * size, horizon, middle + 0.35 * size, neck + 0.5 * size, (x, y) -> 1, skin);
        sheet.lay((x, y) -> sheet.edge(size - Math.hypot(1.25 * (x - middle), y - horizon - 0.1 * size)), skin);
        float[] dark = {0.1f, 0.08f, 0.08f};
        sheet.lay(
                (x, y) -> 0.5
                        * Math.clamp((lightFrom > 0.5 ? middle - x : x - middle) / size + 0.2, 0, 1)
                        * sheet.edge(size - Math.hypot(1.25 * (x - middle), y - horizon - 0.1 * size))
                        / sheet.edge(size),
                dark);
        for (int eye = -1; eye <= 1; eye += 2) {
            double ex = middle + eye * 0.36 * size;
            sheet.lay((x, y) -> sheet.edge(0.13 * size - Math.hypot(x - ex, 1.6 * (y - horizon))), dark);
        }
        sheet.lay(
                (x, y) -> sheet.edge(0.3 * size - Math.hypot(x - middle, 5 * (y - horizon - 0.6 * size))), new float[] {
                    0.7f, 0.25f, 0.25f
                });
    }
}
