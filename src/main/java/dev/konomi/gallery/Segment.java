package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A group of people of like taste: a weight for each attribute value, and interactions between two attributes.
///
/// @param weights one for each of [Attribute#VALUES]
/// @param interactions what counts only where two values meet
record Segment(double[] weights, List<Interaction> interactions) {
    private static final Attribute[] ATTRIBUTES = Attribute.values();

    /// Adds `strength` where the values of both attributes are members.
    record Interaction(Attribute one, Attribute other, boolean[] member, double strength) {
        boolean applies(Scene scene) {
            return member[one.offset() + scene.value(one)] && member[other.offset() + scene.value(other)];
        }
    }

    static Segment draw(SplittableRandom random, Population population) {
        double[] weights = new double[Attribute.VALUES];
        for (int value = 0; value < weights.length; value++) {
            weights[value] = random.nextDouble() < population.effects()
                    ? sign(random) * (0.6 + random.nextDouble())
                    : 0.15 * random.nextGaussian();
        }
        List<Interaction> interactions = new ArrayList<>();
        for (int i = 0; i < population.interactions(); i++) {
            interactions.add(interaction(random, i == 0));
        }
        return new Segment(weights, List.copyOf(interactions));
    }

    private static Interaction interaction(SplittableRandom random, boolean paletteAndStyle) {
        int one = random.nextInt(ATTRIBUTES.length);
        int other = (one + 1 + random.nextInt(ATTRIBUTES.length - 1)) % ATTRIBUTES.length;
        boolean[] member = new boolean[Attribute.VALUES];
        for (int value = 0; value < member.length; value++) {
            member[value] = random.nextDouble() < 0.4;
        }
        double strength = sign(random) * (0.8 + 0.6 * random.nextDouble());
        return paletteAndStyle
                ? new Interaction(Attribute.PALETTE, Attribute.STYLE, member, strength)
                : new Interaction(ATTRIBUTES[one], ATTRIBUTES[other], member, strength);
    }

    private static int sign(SplittableRandom random) {
        return random.nextBoolean() ? 1 : -1;
    }

    double utility(Scene scene) {
        double utility = 0;
        for (Attribute attribute : ATTRIBUTES) {
            utility += weights[attribute.offset() + scene.value(attribute)];
        }
        for (Interaction interaction : interactions) {
            if (interaction.applies(scene)) {
                utility += interaction.strength();
            }
        }
        return utility;
    }
}
