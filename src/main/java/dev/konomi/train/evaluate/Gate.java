package dev.konomi.train.evaluate;

import dev.konomi.train.evaluate.Verdict.Figures;
import java.util.ArrayList;
import java.util.List;

/// Compares a challenger with the champion (popularity where there is none) on the same held-out
/// people.
public final class Gate {
    /// The paired difference's lower bound must be above this.
    public static final double ACCURACY_LOSS = -0.005;

    /// Calibration is worse when the interval of the paired difference lies wholly above this:
    /// smaller differences are within what drawing 1,000 other people with 16 targets each does
    /// to the calibration error by itself.
    public static final double CALIBRATION_TOLERANCE = 0.01;

    /// Exported graphs may differ from the trainer by this much.
    public static final double EXPORT_TOLERANCE = 1e-4;

    private Gate() {}

    /// @param challenger its predictions, as logits
    /// @param champion the champion's for the same people
    /// @param exportDifference largest difference between exported graphs and trainer
    /// @throws IllegalArgumentException if the two were asked about different people
    public static Verdict compare(Outcome challenger, Outcome champion, double exportDifference, Bootstrap bootstrap) {
        if (!challenger.people().equals(champion.people())) {
            throw new IllegalArgumentException(
                    "Challenger and champion were asked about different people: ask both the same protocol.");
        }
        Reliability one = Reliability.of(challenger);
        Reliability other = Reliability.of(champion);
        return judge(new Figures(
                bootstrap.difference(challenger.accuracies(), champion.accuracies()),
                bootstrap.statistic(challenger.people().size(), counts -> one.error(counts) - other.error(counts)),
                exportDifference));
    }

    /// The rule itself. What is not a number fails.
    public static Verdict judge(Figures figures) {
        List<String> reasons = new ArrayList<>();
        if (!(figures.difference().low() > ACCURACY_LOSS)) {
            reasons.add("The accuracy difference may be as low as "
                    + figures.difference().low() + "; it must stay above " + ACCURACY_LOSS + ".");
        }
        if (!(figures.calibration().low() <= CALIBRATION_TOLERANCE)) {
            reasons.add("The calibration error is worse by at least "
                    + figures.calibration().low() + "; at most " + CALIBRATION_TOLERANCE + " is tolerated.");
        }
        if (!(figures.exportDifference() <= EXPORT_TOLERANCE)) {
            reasons.add("The exported graphs differ from the trainer by " + figures.exportDifference() + "; at most "
                    + EXPORT_TOLERANCE + " is tolerated.");
        }
        return reasons.isEmpty() ? new Verdict.Promote(figures) : new Verdict.Refuse(figures, reasons);
    }
}
