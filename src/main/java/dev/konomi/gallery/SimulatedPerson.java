package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// Somebody whose taste is known exactly. Made by [World#person].
public final class SimulatedPerson {
    private final World world;
    private final long seed;
    private final int choices;
    private final Interest first;
    private final Interest later;
    private final int changePoint;
    private final double[] deviation;

    SimulatedPerson(World world, long seed, int choices) {
        this.world = world;
        this.seed = seed;
        this.choices = choices;
        SplittableRandom random = Seed.random(seed, "person", world.seed());
        first = world.drawInterest(random);
        deviation = new double[Attribute.VALUES];
        for (int value = 0; value < deviation.length; value++) {
            deviation[value] = world.deviation() * random.nextGaussian();
        }
        boolean drifts = choices > 1 && random.nextDouble() < world.population().drifting();
        changePoint = drifts ? 1 + random.nextInt(choices - 1) : Integer.MAX_VALUE;
        later = drifts ? world.drawInterest(random) : first;
    }

    private SimulatedPerson(SimulatedPerson same, Interest later, int changePoint) {
        this.world = same.world;
        this.seed = same.seed;
        this.choices = same.choices;
        this.first = same.first;
        this.deviation = same.deviation;
        this.later = later;
        this.changePoint = changePoint;
    }

    /// The same person, whose interest is another from the choice at `position` on, and nowhere else: what
    /// comes before is the same choice by choice. The other interest is drawn as everybody's is.
    ///
    /// @throws IllegalArgumentException if everybody has the same interest
    public SimulatedPerson changingAt(int position) {
        if (world.interests().size() < 2) {
            throw new IllegalArgumentException("a world of one interest has no other to change to");
        }
        SplittableRandom random = Seed.random(seed, "change", world.seed());
        Interest other;
        do {
            other = world.drawInterest(random);
        } while (other.equals(first));
        return new SimulatedPerson(this, other, position);
    }

    /// The same person, whose interest never changes.
    public SimulatedPerson unchanging() {
        return new SimulatedPerson(this, first, Integer.MAX_VALUE);
    }

    long seed() {
        return seed;
    }

    /// How many choices this person's sequence has.
    public int choices() {
        return choices;
    }

    /// True if the interest is drawn anew within the sequence.
    public boolean drifts() {
        return changePoint < choices;
    }

    /// The interest behind the choice at `position`.
    public Interest interest(int position) {
        return position < changePoint ? first : later;
    }

    /// What the person thinks of `scene` at `position`, in log-odds against another scene's
    /// utility.
    public double utility(Scene scene, int position) {
        double own = 0;
        for (Attribute attribute : Attribute.values()) {
            own += deviation[attribute.offset() + scene.value(attribute)];
        }
        return world.utility(interest(position), scene.index()) + world.scale() * own;
    }

    /// The probability of preferring `one` to `other` at `position`: the logistic function of the
    /// utilities' difference.
    public double chooses(Scene one, Scene other, int position) {
        return 1 / (1 + Math.exp(utility(other, position) - utility(one, position)));
    }

    /// The whole sequence of choices, pairs drawn from `catalogue`; the same at each call.
    public List<Choice> choose(Catalogue catalogue) {
        return choose(catalogue, 0, choices);
    }

    /// The choices at positions `from` (inclusive) to `to` (exclusive), pairs drawn from
    /// `catalogue`. A position's choice depends on nothing but the person, the position and the
    /// catalogue.
    ///
    /// @throws IllegalArgumentException unless `0 <= from <= to <= choices()`
    public List<Choice> choose(Catalogue catalogue, int from, int to) {
        if (from < 0 || from > to || to > choices) {
            throw new IllegalArgumentException(
                    "positions " + from + " to " + to + " of a sequence of " + choices + " choices");
        }
        List<Choice> made = new ArrayList<>(to - from);
        for (int position = from; position < to; position++) {
            made.add(choice(catalogue, position));
        }
        return Collections.unmodifiableList(made);
    }

    /// Choices from before the sequence began, at positions `-count` to `-1`, by the first
    /// interest: what drifts does so within the sequence. More of them change nothing about the
    /// others.
    ///
    /// @throws IllegalArgumentException if `count` is negative
    public List<Choice> before(Catalogue catalogue, int count) {
        if (count < 0) {
            throw new IllegalArgumentException(count + " choices before the sequence: give 0 or more");
        }
        List<Choice> made = new ArrayList<>(count);
        for (int position = -count; position < 0; position++) {
            made.add(choice(catalogue, position));
        }
        return Collections.unmodifiableList(made);
    }

    private Choice choice(Catalogue catalogue, int position) {
        SplittableRandom random = Seed.random(seed, "choice", position);
        Catalogue.Pair pair = catalogue.pair(random);
        return choose(catalogue, pair.one(), pair.other(), position, random);
    }

    /// What the person chooses of these two pictures, decided by `random`.
    Choice choose(Catalogue catalogue, int first, int second, int position, SplittableRandom random) {
        Scene one = catalogue.scene(first);
        Scene other = catalogue.scene(second);
        double probability = chooses(one, other, position);
        return random.nextDouble() < probability
                ? new Choice(position, first, second, one, other, probability)
                : new Choice(position, second, first, other, one, 1 - probability);
    }

    /// The attribute that carries most of what the person thinks of `scene` at `position`:
    /// without it, that is with any other value of it on average, the scene would lose most.
    public Attribute carrier(Scene scene, int position) {
        Attribute carrier = Attribute.PALETTE;
        double most = Double.NEGATIVE_INFINITY;
        for (Attribute attribute : Attribute.values()) {
            double mean = 0;
            for (int value = 0; value < attribute.size(); value++) {
                mean += utility(scene.with(attribute, value), position) / attribute.size();
            }
            double carried = utility(scene, position) - mean;
            if (carried > most) {
                most = carried;
                carrier = attribute;
            }
        }
        return carrier;
    }
}
