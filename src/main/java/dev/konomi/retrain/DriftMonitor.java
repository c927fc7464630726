package dev.konomi.retrain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Whether what is answered still foretells what people choose. Pure.
///
/// Every answer promises its own log-loss: of items with log-odds `l` a person chooses `c` with probability
/// `exp(l_c) / Σ exp(l_j)`, so the release is held to what it said of exactly these items, hard choices and easy ones.
/// It keeps the promise well enough while people follow at least the share [#KEPT] of its log-odds, `κ ≥ κ₀`: no
/// release is perfectly calibrated on people it has never seen. Drift is a smaller share, 0 being as good as a guess.
///
/// For each of a few smaller shares `κ` the log-loss at `κ₀` minus the log-loss at `κ` is summed up over the choices,
/// from 0 again whenever the sum falls below (a CUSUM). Since the family is exponential in `κ`, each term's
/// exponential has an expectation of at most 1 while `κ ≥ κ₀`, so the mean of the sums' exponentials is an e-detector:
/// with a threshold of `n` the mean number of choices before a false alarm is at least `n`, however often somebody
/// looks (Shin, Ramdas, Rinaldo, "E-detectors", 2023).
final class DriftMonitor {
    /// `κ₀`: the share of its log-odds that a release must at least be right about.
    static final double KEPT = 0.5;

    /// The shares of log-odds that drift may leave; below 0 people choose against what was said.
    static final List<Double> LEFT = List.of(-0.5, -0.25, 0.0, 0.2, 0.35);

    /// Over how many choices the told log-losses are averaged.
    private static final int RECENT = 500;

    private static final double FURTHEST = 12;

    private final double threshold;

    /// @param falseAlarms how many choices lie at least between two false alarms, on average
    DriftMonitor(long falseAlarms) {
        this.threshold = Math.log(falseAlarms);
    }

    /// Somebody chose among items that had been scored.
    ///
    /// @param logOdds of the items, as the answer stated them
    /// @param chosen index of the chosen one
    record Choice(List<Double> logOdds, int chosen) {
        Choice {
            if (logOdds.size() < 2 || chosen < 0 || chosen >= logOdds.size()) {
                throw new IllegalArgumentException(
                        "A choice is one of two items or more, got item " + chosen + " of " + logOdds.size() + ".");
            }
            logOdds = logOdds.stream()
                    .map(l -> Math.clamp(l, -FURTHEST, FURTHEST))
                    .toList();
        }

        /// @param share of the log-odds that is believed
        /// @return the log-loss of what was chosen, in nats
        double loss(double share) {
            return logSum(share) - share * logOdds.get(chosen);
        }

        /// @return the log-loss to be expected where every word is true: the entropy, in nats
        double promised() {
            double all = logSum(1);
            double sum = 0;
            for (double l : logOdds) {
                sum += Math.exp(l - all) * (all - l);
            }
            return sum;
        }

        private double logSum(double share) {
            double most = logOdds.stream().mapToDouble(l -> share * l).max().orElse(0);
            double sum = 0;
            for (double l : logOdds) {
                sum += Math.exp(share * l - most);
            }
            return most + Math.log(sum);
        }
    }

    /// What is known so far.
    ///
    /// @param outcomes choices seen
    /// @param loss mean log-loss of the last few hundred, in nats
    /// @param promised what they were promised to have, in nats
    /// @param evidence the sum of each of [#LEFT]
    record State(long outcomes, double loss, double promised, List<Double> evidence) {
        /// Nothing yet.
        static final State NONE = new State(0, 0, 0, Collections.nCopies(LEFT.size(), 0.0));

        State {
            evidence = List.copyOf(evidence);
        }
    }

    /// @param state what was known
    /// @param choice what happened then
    /// @return what is known now
    State after(State state, Choice choice) {
        long outcomes = state.outcomes() + 1;
        double share = 1.0 / Math.min(outcomes, RECENT);
        List<Double> evidence = new ArrayList<>(LEFT.size());
        double kept = choice.loss(KEPT);
        for (int k = 0; k < LEFT.size(); k++) {
            evidence.add(Math.max(0, state.evidence().get(k)) + kept - choice.loss(LEFT.get(k)));
        }
        return new State(
                outcomes,
                state.loss() + share * (choice.loss(1) - state.loss()),
                state.promised() + share * (choice.promised() - state.promised()),
                evidence);
    }

    /// @param state what is known
    /// @return whether it is drift
    boolean drifted(State state) {
        double most = Collections.max(state.evidence());
        double sum = 0;
        for (double e : state.evidence()) {
            sum += Math.exp(e - most);
        }
        return most + Math.log(sum / LEFT.size()) >= threshold;
    }
}
