package dev.konomi.train.evaluate;

import dev.konomi.report.Estimate;
import java.util.List;

/// Whether a challenger takes the champion's place, and why.
public sealed interface Verdict {
    /// @return what was compared
    Figures figures();

    /// What the gate looks at.
    ///
    /// @param difference accuracy of challenger minus champion, paired over people
    /// @param calibration expected calibration error of challenger minus champion, paired over people
    /// @param exportDifference largest difference between the exported graphs' scores and the trainer's
    record Figures(Estimate difference, Estimate calibration, double exportDifference) {}

    /// The challenger is published.
    record Promote(Figures figures) implements Verdict {}

    /// The champion stays.
    ///
    /// @param reasons one sentence a condition that failed
    record Refuse(Figures figures, List<String> reasons) implements Verdict {
        public Refuse {
            reasons = List.copyOf(reasons);
        }
    }
}
