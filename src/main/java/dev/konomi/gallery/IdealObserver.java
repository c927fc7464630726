package dev.konomi.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/// Bayes-optimal prediction of people's choices by somebody who knows the world's distribution and every picture's true
/// attributes, but not the person. For interests `j`, deviations `δ_m ~ N(0, s²)` and a history `h`,
///
/// `P(a ≻ b | h) = Σ_m Σ_j P(j, h | δ_m) σ(u_j(a) − u_j(b) + δ_m(a) − δ_m(b)) / Σ_m Σ_j P(j, h | δ_m)`.
///
/// The sum over interests, single and combined, and over the moment of a drift is exact ([Belief]); the integral over
/// deviations is by sampling, the same samples for all people. With an empty history this is the best non-personal
/// ranking (*popularity*).
public final class IdealObserver {
    /// Samples of individual deviation that suffice for histories of up to 16 pairs.
    public static final int SAMPLES = 512;

    /// Samples that are worked on together: small enough for the processor's cache.
    private static final int BLOCK = 64;

    private final World world;
    private final int samples;
    private final Deviations deviations;

    public IdealObserver(World world) {
        this(world, SAMPLES);
    }

    /// @param samples samples of individual deviation, rounded up to a multiple of 128
    /// @throws IllegalArgumentException if `samples` is less than 1
    public IdealObserver(World world, int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException(samples + " samples: give at least 1");
        }
        this.world = world;
        this.samples = Math.ceilDiv(samples, 2 * BLOCK) * 2 * BLOCK;
        this.deviations = new Deviations(world, this.samples);
    }

    /// Predicts every target of every trial from the most recent `lengths` choices of its history.
    ///
    /// @param lengths history lengths to compare, e.g. 0, 1, 2, 4, 8; a shorter history is used whole
    /// @param threads how many people to work on at a time
    /// @throws IllegalArgumentException if there is no trial, no length, a negative length or no thread
    public Predictions observe(List<Trial> trials, int[] lengths, int threads) {
        if (trials.isEmpty() || lengths.length == 0 || Arrays.stream(lengths).anyMatch(length -> length < 0)) {
            throw new IllegalArgumentException("give trials and history lengths of 0 or more, not " + trials.size()
                    + " trials and " + Arrays.toString(lengths));
        }
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads: give at least 1");
        }
        Predictions.Person[] people = new Predictions.Person[trials.size()];
        if (threads == 1) {
            Arrays.setAll(people, i -> observe(trials.get(i), lengths));
        } else {
            try (ForkJoinPool pool = new ForkJoinPool(threads)) {
                pool.submit(() -> IntStream.range(0, people.length)
                                .parallel()
                                .forEach(i -> people[i] = observe(trials.get(i), lengths)))
                        .join();
            }
        }
        return new Predictions(world, trials, lengths.clone(), List.of(people));
    }

    private Predictions.Person observe(Trial trial, int[] lengths) {
        Sums[] all = new Sums[lengths.length];
        Sums[] half = new Sums[lengths.length];
        Arrays.setAll(
                all, q -> new Sums(trial.targets().size(), world.interests().size()));
        List<float[]> past = trial.history().stream().map(this::interestOdds).toList();
        List<float[]> asked = trial.targets().stream().map(this::interestOdds).toList();
        float[][] target = new float[world.interests().size()][BLOCK];
        float[] evidence = new float[BLOCK];
        float[] joint = new float[BLOCK];
        for (int from = 0; from < samples; from += BLOCK) {
            float[][][] likelihood = new float[past.size()][world.interests().size()][BLOCK];
            for (int k = 0; k < likelihood.length; k++) {
                likelihood(trial.history().get(k), past.get(k), from, likelihood[k]);
            }
            Belief[] beliefs = new Belief[lengths.length];
            for (int q = 0; q < lengths.length; q++) {
                beliefs[q] = new Belief(world, trial.choices(), BLOCK);
                for (int k = Math.max(0, likelihood.length - lengths[q]); k < likelihood.length; k++) {
                    beliefs[q].observe(trial.history().get(k).position(), likelihood[k]);
                }
                beliefs[q].evidence(evidence);
                all[q].addEvidence(evidence);
                deviations.addWeighted(from, evidence, all[q].deviations);
                beliefs[q].addInterests(all[q].interests);
            }
            for (int t = 0; t < asked.size(); t++) {
                Choice choice = trial.targets().get(t);
                likelihood(choice, asked.get(t), from, target);
                for (int q = 0; q < lengths.length; q++) {
                    beliefs[q].predict(choice.position(), target, joint);
                    all[q].addJoint(t, joint);
                }
            }
            if (from + BLOCK == samples / 2) {
                Arrays.setAll(half, q -> all[q].copy());
            }
        }
        return Predictions.Person.of(all, half);
    }

    /// `exp(−(u_j(chosen) − u_j(rejected)))` for each interest.
    private float[] interestOdds(Choice choice) {
        int chosen = choice.chosenScene().index();
        int rejected = choice.rejectedScene().index();
        float[] odds = new float[world.interests().size()];
        for (int j = 0; j < odds.length; j++) {
            Interest interest = world.interests().get(j);
            double difference = world.utility(interest, chosen) - world.utility(interest, rejected);
            odds[j] = (float) Math.exp(-Math.clamp(difference, -40.0, 40.0));
        }
        return odds;
    }

    /// `σ(s_j + d_m) = 1 / (1 + exp(−s_j) exp(−d_m))`: one division instead of an exponential.
    private void likelihood(Choice choice, float[] interestOdds, int from, float[][] likelihood) {
        float[] own = new float[BLOCK];
        deviations.odds(choice, from, own);
        for (int j = 0; j < interestOdds.length; j++) {
            float odds = interestOdds[j];
            float[] likely = likelihood[j];
            for (int m = 0; m < BLOCK; m++) {
                likely[m] = 1 / (1 + odds * own[m]);
            }
        }
    }
}
