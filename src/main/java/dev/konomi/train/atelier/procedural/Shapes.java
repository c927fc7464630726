package dev.konomi.train.atelier.procedural;

import dev.konomi.train.atelier.procedural.ProceduralPicture.Traits;
import java.util.SplittableRandom;

/// One shape, once or many times, on a plain ground.
final class Shapes {
    private static final int MOST = 24;

    private Shapes() {}

    static void paint(Kind kind, Sheet sheet, Traits traits, SplittableRandom random) {
        Inks inks = new Inks(traits, random);
        boolean bright = random.nextBoolean();
        float[] ground = inks.ground(bright);
        sheet.lay((x, y) -> 1, ground);
        int number = (int) Math.round(Math.pow(MOST, random.nextDouble()));
        traits.note(Trait.NUMBER, Math.log(number) / Math.log(MOST));
        double spread = traits.note(Trait.SPREAD, random.nextDouble());
        double largest = 0.36 / Math.sqrt(number);
        double size = largest * (0.35 + 0.65 * traits.note(Trait.SCALE, random.nextDouble()));
        double irregular = traits.note(Trait.IRREGULARITY, random.nextDouble());
        boolean mirrored = random.nextInt(4) == 0;
        traits.note(Trait.SYMMETRY, mirrored ? 1 : 0);
        double angle = kind == Kind.STROKES ? traits.noteAngle(random.nextDouble() * Math.PI) : random.nextDouble();
        double reach = 0.12 + 0.33 * spread;
        for (int k = 0; k < number; k++) {
            double x = 0.5 + reach * (2 * random.nextDouble() - 1);
            double y = 0.5 + reach * (2 * random.nextDouble() - 1);
            double own = size * (1 + irregular * (random.nextDouble() - 0.5));
            double turn = angle + irregular * (random.nextDouble() - 0.5);
            float[] ink = inks.mark(bright);
            lay(kind, sheet, x, y, own, turn, ink);
            if (mirrored) {
                lay(kind, sheet, 1 - x, y, own, -turn, ink);
            }
        }
        sheet.grain(0.06 * random.nextDouble(), random);
    }

    private static void lay(Kind kind, Sheet sheet, double x, double y, double size, double turn, float[] ink) {
        double cos = Math.cos(turn);
        double sin = Math.sin(turn);
        double around = 1.8 * size;
        sheet.lay(
                x - around,
                y - around,
                x + around,
                y + around,
                (px, py) -> {
                    double u = ((px - x) * cos + (py - y) * sin) / size;
                    double v = ((py - y) * cos - (px - x) * sin) / size;
                    return sheet.edge(size * inside(kind, u, v));
                },
                ink);
    }

    /// How far inside the shape of size 1 a place lies; negative outside.
    private static double inside(Kind kind, double u, double v) {
        double r = Math.hypot(u, v);
        return switch (kind) {
            case RINGS -> 0.22 - Math.abs(r - 0.78);
            case SQUARES -> 0.85 - Math.max(Math.abs(u), Math.abs(v));
            case TRIANGLES -> Math.min(v + 0.5, Math.min(0.5 - 0.5 * v + 0.866 * u, 0.5 - 0.5 * v - 0.866 * u));
            case STARS -> 0.7 + 0.3 * Math.cos(5 * Math.atan2(v, u)) - r;
            case CROSSES ->
                Math.max(Math.min(0.28 - Math.abs(u), 1 - Math.abs(v)), Math.min(0.28 - Math.abs(v), 1 - Math.abs(u)));
            case STROKES -> Math.min(0.16 - Math.abs(v), 1.5 - Math.abs(u));
            default -> 1 - r;
        };
    }
}
