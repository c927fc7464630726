package dev.konomi.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What the ideal observer predicted, and how well.
public final class Predictions {
    /// Accuracies with all and with half the samples may differ by this much.
    public static final double TOLERANCE = 0.002;

    /// Predictions for one person; the first index is the history length's.
    record Person(
            double[][] probabilities,
            double[][] halved,
            double[][] posterior,
            double[][] deviation,
            double[] effective) {
        static Person of(Sums[] all, Sums[] half) {
            return new Person(
                    Arrays.stream(all).map(Sums::probabilities).toArray(double[][]::new),
                    Arrays.stream(half).map(Sums::probabilities).toArray(double[][]::new),
                    Arrays.stream(all).map(Sums::posterior).toArray(double[][]::new),
                    Arrays.stream(all).map(Sums::deviation).toArray(double[][]::new),
                    Arrays.stream(all).mapToDouble(Sums::effective).toArray());
        }
    }

    private final World world;
    private final List<Trial> trials;
    private final int[] lengths;
    private final List<Person> people;

    Predictions(World world, List<Trial> trials, int[] lengths, List<Person> people) {
        this.world = world;
        this.trials = List.copyOf(trials);
        this.lengths = lengths;
        this.people = people;
    }

    /// The history lengths that were compared.
    public int[] lengths() {
        return lengths.clone();
    }

    /// The probability, for each target of this trial, that the picture which was chosen would be.
    public double[] probabilities(int trial, int length) {
        return people.get(trial).probabilities()[at(length)].clone();
    }

    /// The posterior over [World#interests()] behind the last choice of this trial's history.
    public double[] interests(int trial, int length) {
        return people.get(trial).posterior()[at(length)].clone();
    }

    /// The posterior probability, for each segment, that the person's interest includes it (two for a pair).
    public double[] segments(int trial, int length) {
        double[] posterior = people.get(trial).posterior()[at(length)];
        double[] segments = new double[world.population().segments()];
        for (int j = 0; j < posterior.length; j++) {
            for (int k = 0; k < segments.length; k++) {
                segments[k] += world.interests().get(j).includes(k) ? posterior[j] : 0;
            }
        }
        return segments;
    }

    /// What the person is expected to think of a scene, in log-odds, if the interest behind the last choice of this
    /// trial's history goes on.
    public double utility(int trial, int length, Scene scene) {
        Person person = people.get(trial);
        double[] posterior = person.posterior()[at(length)];
        double[] deviation = person.deviation()[at(length)];
        double utility = 0;
        for (int j = 0; j < posterior.length; j++) {
            utility += posterior[j] * world.utility(world.interests().get(j), scene.index());
        }
        for (Attribute attribute : Attribute.values()) {
            utility += deviation[attribute.offset() + scene.value(attribute)];
        }
        return utility;
    }

    /// Expected accuracy at a history length, scored by the people's own choice probabilities; every person counts the
    /// same.
    public double accuracy(int length) {
        return Arrays.stream(accuracies(length)).average().orElseThrow();
    }

    /// Expected accuracy of each trial: the values to draw a bootstrap from.
    public double[] accuracies(int length) {
        int q = at(length);
        return accuracies(
                trials, people.stream().map(person -> person.probabilities()[q]).toArray(double[][]::new));
    }

    /// The same with the first half of the samples.
    public double halfSamplesAccuracy(int length) {
        int q = at(length);
        double[][] halved = people.stream().map(person -> person.halved()[q]).toArray(double[][]::new);
        return Arrays.stream(accuracies(trials, halved)).average().orElseThrow();
    }

    /// The median over people of the effective number of deviation samples.
    public double effectiveSamples(int length) {
        int q = at(length);
        double[] effective = people.stream()
                .mapToDouble(person -> person.effective()[q])
                .sorted()
                .toArray();
        return effective[effective.length / 2];
    }

    /// False if half the samples would have given another accuracy at some length: then take more.
    public boolean converged() {
        return Arrays.stream(lengths)
                .allMatch(length -> Math.abs(accuracy(length) - halfSamplesAccuracy(length)) <= TOLERANCE);
    }

    /// Expected accuracy of each trial for somebody who knows the person.
    public static double[] oracle(List<Trial> trials) {
        return trials.stream()
                .mapToDouble(trial -> trial.targets().stream()
                        .mapToDouble(target -> Math.max(target.probability(), 1 - target.probability()))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /// One line for each history length.
    public String summary() {
        StringBuilder summary = new StringBuilder();
        for (int length : lengths) {
            summary.append(String.format(
                    Locale.ROOT,
                    "history %2d  accuracy %.4f  with half the samples %.4f  effective samples %.0f%n",
                    length,
                    accuracy(length),
                    halfSamplesAccuracy(length),
                    effectiveSamples(length)));
        }
        return summary.append(converged() ? "converged" : "NOT converged: take more samples")
                .toString();
    }

    static double[] accuracies(List<Trial> trials, double[][] predicted) {
        double[] accuracies = new double[trials.size()];
        for (int i = 0; i < accuracies.length; i++) {
            List<Choice> targets = trials.get(i).targets();
            for (int t = 0; t < targets.size(); t++) {
                accuracies[i] += targets.get(t).expectedAccuracy(predicted[i][t]) / targets.size();
            }
        }
        return accuracies;
    }

    private int at(int length) {
        for (int q = 0; q < lengths.length; q++) {
            if (lengths[q] == length) {
                return q;
            }
        }
        throw new IllegalArgumentException(
                "history length " + length + " was not observed, only " + Arrays.toString(lengths));
    }
}
