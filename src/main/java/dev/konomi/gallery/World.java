package dev.konomi.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/// Segments of people with tastes over scenes, drawn by seed from a [Population]. Immutable, for any number of threads.
public final class World {
    private final long seed;
    private final Population population;
    private final List<Interest> interests;
    private final double[] mixture;
    /// `[segments][Scene.COUNT]`, sharpness applied, not scaled.
    private final float[][] segmentUtility;
    /// `[Scene.COUNT]`, not scaled.
    private final float[] appeal;

    private final double deviation;
    private final double scale;

    private World(long seed, Population population) {
        this.seed = seed;
        this.population = population;
        List<Segment> segments = new ArrayList<>();
        for (int k = 0; k < population.segments(); k++) {
            segments.add(Segment.draw(Seed.random(seed, "segment", k), population));
        }
        interests = interests(population);
        mixture = mixture(Seed.random(seed, "mixture"), population, interests);
        segmentUtility = new float[population.segments()][Scene.COUNT];
        appeal = new float[Scene.COUNT];
        double[] general = new double[Attribute.VALUES];
        SplittableRandom random = Seed.random(seed, "appeal");
        for (int value = 0; value < general.length; value++) {
            general[value] = population.appeal() * random.nextGaussian();
        }
        Segment common = new Segment(general, List.of());
        for (int index = 0; index < Scene.COUNT; index++) {
            Scene scene = Scene.of(index);
            appeal[index] = (float) common.utility(scene);
            for (int k = 0; k < segmentUtility.length; k++) {
                segmentUtility[k][index] =
                        (float) (population.sharpness() * segments.get(k).utility(scene));
            }
        }
        deviation = population.deviation() * rootMeanSquare(segments);
        scale = new Calibration(this).scale(population.oracleAccuracy());
    }

    /// The world with this seed: everything in it is drawn anew for another seed.
    public static World of(long seed, Population population) {
        return new World(seed, population);
    }

    /// The person with this seed, who makes `choices` choices in sequence.
    ///
    /// @throws IllegalArgumentException if `choices` is negative
    public SimulatedPerson person(long personSeed, int choices) {
        if (choices < 0) {
            throw new IllegalArgumentException("a person with " + choices + " choices: give 0 or more");
        }
        return new SimulatedPerson(this, personSeed, choices);
    }

    public long seed() {
        return seed;
    }

    public Population population() {
        return population;
    }

    /// Single segments first (the interest `k` is the segment `k`), then pairs of segments.
    public List<Interest> interests() {
        return interests;
    }

    /// The share of people with the interest at this place of [#interests()].
    public double share(int interest) {
        return mixture[interest];
    }

    /// The factor that all utilities are multiplied with, so that who knows the person reaches the population's
    /// `oracleAccuracy`.
    public double scale() {
        return scale;
    }

    /// What people think of the scene on average, in log-odds: a score that ranks well without knowing the person.
    public double popularity(Scene scene) {
        int index = scene.index();
        double mean = 0;
        for (int j = 0; j < mixture.length; j++) {
            mean += mixture[j] * utility(interests.get(j), index);
        }
        return mean;
    }

    /// The values that segment `segment` likes best beyond what everybody likes, best first: by the mean of its own
    /// utility over all scenes that have them.
    ///
    /// @throws IndexOutOfBoundsException if there is no such segment
    public List<Term> favourites(int segment, int count) {
        float[] utility = segmentUtility[segment];
        return favourites(index -> utility[index], count);
    }

    /// The values that people like best on average, best first.
    public List<Term> favourites(int count) {
        return favourites(index -> popularity(Scene.of(index)), count);
    }

    private static List<Term> favourites(IntToDoubleFunction utility, int count) {
        double[] effects = new double[Attribute.VALUES];
        double mean = 0;
        for (int index = 0; index < Scene.COUNT; index++) {
            Scene scene = Scene.of(index);
            double value = utility.applyAsDouble(index);
            mean += value / Scene.COUNT;
            for (Attribute attribute : Attribute.values()) {
                effects[attribute.offset() + scene.value(attribute)] += value * attribute.size() / Scene.COUNT;
            }
        }
        double middle = mean;
        return Arrays.stream(Attribute.values())
                .flatMap(attribute -> attribute.terms().stream())
                .sorted(Comparator.comparingDouble(
                        term -> middle - effects[term.attribute().offset() + term.ordinal()]))
                .limit(count)
                .toList();
    }

    /// How much of what an interest makes of a scene is its first segment's: that one's share
    /// of the log-sum-exp, 1 of a single segment.
    ///
    /// @return from 0 to 1
    public double shareOfFirst(Interest interest, Scene scene) {
        if (interest.single()) {
            return 1;
        }
        int index = scene.index();
        double first = segmentUtility[interest.first()][index];
        double second = segmentUtility[interest.second()][index];
        return 1 / (1 + Math.exp(second - first));
    }

    /// The utility of a scene to an interest, general appeal included, individual deviation not; scaled.
    double utility(Interest interest, int scene) {
        return scale * unscaled(interest, scene);
    }

    double unscaled(Interest interest, int scene) {
        double one = segmentUtility[interest.first()][scene];
        if (interest.single()) {
            return appeal[scene] + one;
        }
        double other = segmentUtility[interest.second()][scene];
        return appeal[scene] + Math.max(one, other) + Math.log1p(Math.exp(-Math.abs(one - other)));
    }

    /// Standard deviation of a person's own weight for each attribute value, not scaled.
    double deviation() {
        return deviation;
    }

    Interest drawInterest(SplittableRandom random) {
        double left = random.nextDouble();
        int drawn = 0;
        while (drawn < mixture.length - 1 && left >= mixture[drawn]) {
            left -= mixture[drawn++];
        }
        return interests.get(drawn);
    }

    private static List<Interest> interests(Population population) {
        List<Interest> interests = new ArrayList<>();
        for (int first = 0; first < population.segments(); first++) {
            interests.add(new Interest(first, Interest.NONE));
        }
        for (int first = 0; first < population.segments(); first++) {
            for (int second = first + 1; second < population.segments(); second++) {
                interests.add(new Interest(first, second));
            }
        }
        return List.copyOf(interests);
    }

    private static double[] mixture(SplittableRandom random, Population population, List<Interest> interests) {
        double[] weights = Dirichlet.draw(random, population.segments(), population.evenness());
        double[] mixture = new double[interests.size()];
        double pairs = 0;
        for (Interest interest : interests) {
            pairs += interest.single() ? 0 : weights[interest.first()] * weights[interest.second()];
        }
        for (int j = 0; j < mixture.length; j++) {
            Interest interest = interests.get(j);
            mixture[j] = interest.single()
                    ? (1 - population.twoInterests()) * weights[interest.first()]
                    : population.twoInterests() * weights[interest.first()] * weights[interest.second()] / pairs;
        }
        return mixture;
    }

    private static double rootMeanSquare(List<Segment> segments) {
        double squares = 0;
        for (Segment segment : segments) {
            for (double weight : segment.weights()) {
                squares += weight * weight;
            }
        }
        return Math.sqrt(squares / segments.size() / Attribute.VALUES);
    }
}
