package dev.konomi.cli.bench;

import java.util.stream.IntStream;

/// Two implementations of the same steps, one after the other in every round, so that other work
/// on the machine slows both down alike.
///
/// @param ours in all rounds
/// @param theirs in all rounds
/// @param wall median step of ours over median step of theirs, of each round
/// @param cpu the same by processor time
/// @param lossDifference largest difference between losses of the same step, in the steps before
///     the first round: later ones differ more and more, for rounding grows with every move of
///     the weights
public record Turns(StepTimes ours, StepTimes theirs, Quantiles wall, Quantiles cpu, double lossDifference) {
    private static final double MOST_DIFFERENCE = 1e-4;

    /// @param rounds at least 1; whoever comes second in a round comes first in the next
    /// @param steps in each round
    /// @param warmUp steps of each before the first round; their losses are compared, their times
    ///     are not
    /// @throws IllegalStateException when losses differ by more than 1e-4
    static Turns of(Steps our, Steps their, int rounds, int steps, int warmUp) {
        double difference = difference(our.take(warmUp), their.take(warmUp));
        if (!(difference <= MOST_DIFFERENCE)) {
            throw new IllegalStateException("Losses differ by " + difference + ", more than " + MOST_DIFFERENCE
                    + ": these are not the same steps, and their times cannot be compared.");
        }
        StepTimes ours = StepTimes.NONE;
        StepTimes theirs = StepTimes.NONE;
        double[] wall = new double[rounds];
        double[] cpu = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            boolean first = round % 2 == 0;
            StepTimes before = (first ? our : their).take(steps);
            StepTimes after = (first ? their : our).take(steps);
            StepTimes mine = first ? before : after;
            StepTimes other = first ? after : before;
            wall[round] = mine.medianWall() / other.medianWall();
            cpu[round] = mine.medianCpu() / other.medianCpu();
            ours = ours.and(mine);
            theirs = theirs.and(other);
        }
        return new Turns(ours, theirs, Quantiles.of(wall), Quantiles.of(cpu), difference);
    }

    private static double difference(StepTimes one, StepTimes other) {
        return IntStream.range(0, one.losses().length)
                .mapToDouble(i -> Math.abs(one.losses()[i] - other.losses()[i]))
                .max()
                .orElseThrow();
    }
}
