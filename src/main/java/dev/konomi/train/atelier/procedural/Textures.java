package dev.konomi.train.atelier.procedural;

import dev.konomi.train.atelier.procedural.ProceduralPicture.Traits;
import java.util.SplittableRandom;

/// Patterns that fill the picture.
final class Textures {
    private Textures() {}

    static void paint(Kind kind, Sheet sheet, Traits traits, SplittableRandom random) {
        Inks inks = new Inks(traits, random);
        double cells = 16 * Math.pow(1 / 6.0, traits.note(Trait.SCALE, random.nextDouble()));
        double angle = traits.noteAngle(random.nextDouble() * Math.PI);
        double irregular = traits.note(Trait.IRREGULARITY, random.nextDouble());
        Lattice lattice = new Lattice(random);
        double cos = Math.cos(angle) * cells;
        double sin = Math.sin(angle) * cells;
        Sheet.Field pattern = pattern(kind, lattice, irregular);
        sheet.fill(
                (x, y) -> {
                    double u = x * cos + y * sin + 31;
                    double v = y * cos - x * sin + 31;
                    double bend = 1.5 * irregular;
                    return pattern.at(
                            u + bend * (lattice.at(0.6 * u, 0.6 * v) - 0.5),
                            v + bend * (lattice.at(0.6 * v + 9, 0.6 * u) - 0.5));
                },
                inks.ramp());
        sheet.grain(0.06 * random.nextDouble(), random);
    }

    /// The value at a place of the pattern, a repeat being one long.
    private static Sheet.Field pattern(Kind kind, Lattice lattice, double irregular) {
        return switch (kind) {
            case MARBLE -> (u, v) -> 0.5 + 0.5 * Math.sin(2 * Math.PI * (u + 2 * lattice.octaves(u, v, 0.6)));
            case WOOD ->
                (u, v) -> {
                    double r = Math.hypot(0.25 * (u - 31), v - 31) + 0.4 * lattice.at(u, v);
                    return r - Math.floor(r);
                };
            case STRIPES -> (u, v) -> 0.5 + 0.5 * Math.sin(2 * Math.PI * u);
            case CHECKS -> (u, v) -> Math.floorMod((int) Math.floor(u) + (int) Math.floor(v), 2);
            case DOTS ->
                (u, v) -> {
                    double size = 0.3 + 0.2 * irregular * (lattice.value((int) u, (int) v) - 0.5);
                    return Math.hypot(u - Math.floor(u) - 0.5, v - Math.floor(v) - 0.5) < size ? 1 : 0;
                };
            case BRICKS ->
                (u, v) -> {
                    double along = 0.5 * u + 0.5 * Math.floorMod((int) Math.floor(v), 2);
                    boolean joint = v - Math.floor(v) < 0.12 || along - Math.floor(along) < 0.06;
                    return joint ? 0 : 0.6 + 0.4 * lattice.value((int) Math.floor(along), (int) Math.floor(v));
                };
            case CELLS -> (u, v) -> Math.min(1, 1.2 * nearest(lattice, u, v));
            case WEAVE ->
                (u, v) -> Math.floorMod((int) Math.floor(u) + (int) Math.floor(v), 2) == 0
                        ? Math.abs(Math.sin(Math.PI * u))
                        : 0.9 * Math.abs(Math.sin(Math.PI * v));
            case GRADIENT -> (u, v) -> 0.5 + 0.5 * Math.sin(0.25 * u);
            default -> (u, v) -> lattice.octaves(u, v, 0.35 + 0.4 * irregular);
        };
    }

    /// Distance to the nearest of points that are scattered one to a cell (Worley, 1996).
    private static double nearest(Lattice lattice, double u, double v) {
        double least = 2;
        for (int j = (int) v - 1; j <= (int) v + 1; j++) {
            for (int i = (int) u - 1; i <= (int) u + 1; i++) {
                double dx = i + lattice.value(i, j) - u;
                double dy = j + lattice.value(i + 23, j + 7) - v;
                least = Math.min(least, dx * dx + dy * dy);
            }
        }
        return Math.sqrt(least);
    }
}
