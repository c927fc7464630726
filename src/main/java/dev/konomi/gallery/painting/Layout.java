package dev.konomi.gallery.painting;

import dev.konomi.gallery.Composition;
import java.util.SplittableRandom;

/// Where things stand, in shares of the picture's side.
///
/// @param horizon height of the horizon, from the top
/// @param x middle of the subject
/// @param base foot of the subject
/// @param size height of the subject
/// @param tilt degrees that the whole scene is turned by
record Layout(double horizon, double x, double base, double size, double tilt) {
    static Layout of(Composition composition, SplittableRandom random) {
        double dx = random.nextDouble(-0.02, 0.02);
        double dy = random.nextDouble(-0.015, 0.015);
        double grow = random.nextDouble(0.94, 1.06);
        return switch (composition) {
            case CENTRED -> new Layout(0.68 + dy, 0.5 + dx, 0.84 + dy, 0.66 * grow, 0);
            case LEFT_THIRD -> new Layout(0.7 + dy, 0.29 + dx, 0.84 + dy, 0.47 * grow, 0);
            case RIGHT_THIRD -> new Layout(0.7 + dy, 0.71 + dx, 0.84 + dy, 0.47 * grow, 0);
            case LOW_HORIZON -> new Layout(0.9 + dy, 0.5 + 4 * dx, 0.945 + dy, 0.36 * grow, 0);
            case HIGH_HORIZON -> new Layout(0.22 + dy, 0.5 + 4 * dx, 0.8 + dy, 0.46 * grow, 0);
            case FRAMED -> new Layout(0.64 + dy, 0.5 + dx, 0.77 + dy, 0.5 * grow, 0);
            case DIAGONAL -> {
                double side = random.nextBoolean() ? 1 : -1;
                yield new Layout(0.66 + dy, 0.5 + dx, 0.8 + dy, 0.58 * grow, side * (24 + 200 * dy));
            }
            case REFLECTION -> new Layout(0.5 + dy, 0.5 + 2 * dx, 0.535 + dy, 0.44 * grow, 0);
        };
    }
}
