package dev.konomi.gallery;

import java.util.SplittableRandom;

/// Finds the scale of a world's utilities at which its choices are as predictable as wanted.
final class Calibration {
    /// Standard error of the expected accuracy about .001.
    private static final int PAIRS = 20_000;

    private final double[] differences = new double[PAIRS];

    /// Draws random people of `world` (whose scale is not needed yet) and a random pair of scenes for each.
    Calibration(World world) {
        SplittableRandom random = Seed.random(world.seed(), "calibration");
        Attribute[] attributes = Attribute.values();
        for (int i = 0; i < PAIRS; i++) {
            Interest interest = world.drawInterest(random);
            Scene one = Scene.of(random.nextInt(Scene.COUNT));
            Scene other = Scene.of(random.nextInt(Scene.COUNT));
            if (random.nextDouble() < Catalogue.SAME_THEME) {
                other = new Scene(other.palette(), other.style(), one.theme(), other.composition(), other.detail());
            }
            double difference = world.unscaled(interest, one.index()) - world.unscaled(interest, other.index());
            double own = world.deviation() * Math.sqrt(2);
            for (Attribute attribute : attributes) {
                // Two different values differ by two independent deviations.
                double gaussian = random.nextGaussian();
                difference += one.value(attribute) == other.value(attribute) ? 0 : own * gaussian;
            }
            differences[i] = difference;
        }
    }

    /// Expected accuracy grows with the scale: bisection, to far below the sampling error.
    double scale(double accuracy) {
        double low = 0;
        double high = 1;
        while (accuracy(high) < accuracy && high < 1e6) {
            high *= 2;
        }
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (accuracy(middle) < accuracy) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double accuracy(double scale) {
        double sum = 0;
        for (double difference : differences) {
            sum += 1 / (1 + Math.exp(-scale * Math.abs(difference)));
        }
        return sum / differences.length;
    }
}
