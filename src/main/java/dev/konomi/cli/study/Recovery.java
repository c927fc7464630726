package dev.konomi.cli.study;

import dev.konomi.gallery.ChangeOfTaste;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// How well the same people are predicted before and after their taste changed; one expected accuracy a person.
///
/// @param before just before the change, about the old taste
/// @param after about the new taste, by the number of events since the change
record Recovery(double[] before, SequencedMap<Integer, double[]> after) {
    Recovery {
        after = new LinkedHashMap<>(after);
        if (!ChangeOfTaste.CHOICES_AFTER.equals(after.sequencedKeySet().stream().toList())) {
            throw new IllegalArgumentException(
                    "People were asked after " + after.keySet() + " events and have to be after "
                            + ChangeOfTaste.CHOICES_AFTER + ": delete the file and run again.");
        }
        for (double[] accuracies : after.values()) {
            if (accuracies.length != before.length || before.length == 0) {
                throw new IllegalArgumentException(before.length + " people were asked before the change and "
                        + accuracies.length + " after it: they must be the same people, one or more.");
            }
        }
    }

    int people() {
        return before.length;
    }

    /// @param events since the change, one of [ChangeOfTaste#CHOICES_AFTER]
    double[] at(int events) {
        return Optional.ofNullable(after.get(events)).orElseThrow();
    }
}
