package dev.konomi.cli.pilot;

import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Bootstrap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// How well everybody predicted the same people's targets: one expected accuracy a person, so that differences are
/// paired.
final class Standings {
    static final String KONOMI = "konomi";
    static final String IMAGE_ONLY = "konomiImageOnly";
    static final String IN_SEQUENCE = "konomiInSequence";
    static final String POPULARITY = "popularity";
    static final String IDEAL = "idealObserver";
    static final String ORACLE = "oracle";

    /// Those that Konomi is compared with; the others are itself and what nobody can reach.
    private static final Set<String> NO_BASELINE = Set.of(KONOMI, IMAGE_ONLY, IN_SEQUENCE, IDEAL, ORACLE);

    private final SequencedMap<String, double[]> accuracies = new LinkedHashMap<>();
    private final SequencedMap<Integer, SequencedMap<String, double[]>> byHistory = new LinkedHashMap<>();
    private final Bootstrap bootstrap = Bootstrap.DEFAULT;

    /// @param name as `report.json` has it
    /// @param perPerson accuracy of each person
    void add(String name, double[] perPerson) {
        accuracies.put(name, perPerson.clone());
    }

    /// As [#add], from a history of `length` pairs.
    void add(int length, String name, double[] perPerson) {
        byHistory.computeIfAbsent(length, _ -> new LinkedHashMap<>()).put(name, perPerson.clone());
    }

    Set<String> names() {
        return accuracies.sequencedKeySet();
    }

    boolean isBaseline(String name) {
        return !NO_BASELINE.contains(name);
    }

    /// @return mean over people
    Estimate accuracy(String name) {
        return bootstrap.mean(of(name));
    }

    /// @return Konomi minus the baseline, paired
    Estimate margin(String baseline) {
        return bootstrap.difference(of(KONOMI), of(baseline));
    }

    /// @return the share of the ideal observer's gain over popularity that Konomi reaches
    Estimate idealGain() {
        return bootstrap.ratio(minus(of(KONOMI), of(POPULARITY)), minus(of(IDEAL), of(POPULARITY)));
    }

    /// @return by history length, then by name
    SequencedMap<Integer, Map<String, Estimate>> byHistory() {
        SequencedMap<Integer, Map<String, Estimate>> curves = new LinkedHashMap<>();
        byHistory.forEach((length, row) -> {
            Map<String, Estimate> estimates = new LinkedHashMap<>();
            row.forEach((name, values) -> estimates.put(name, bootstrap.mean(values)));
            curves.put(length, estimates);
        });
        return curves;
    }

    private double[] of(String name) {
        double[] values = accuracies.get(name);
        if (values == null) {
            throw new IllegalStateException("Nobody named " + name + " was asked, only " + names() + ".");
        }
        return values;
    }

    private static double[] minus(double[] one, double[] other) {
        double[] difference = new double[one.length];
        Arrays.setAll(difference, i -> one[i] - other[i]);
        return difference;
    }
}
