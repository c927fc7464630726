package dev.konomi.cli.study;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// How well the same people were predicted from histories of several lengths.
///
/// @param accuracies by pairs of history, one expected accuracy a person
record Curve(SortedMap<Integer, double[]> accuracies) {
    /// Pairs of history that a whole curve has.
    static final List<Integer> LENGTHS = List.of(0, 1, 2, 4, 8, 16);

    /// The longest of them.
    static final int LONGEST = LENGTHS.getLast();

    /// Pairs of somebody who has just come.
    static final int EARLY = 2;

    /// Pairs that figures are judged at.
    static final int LATE = 8;

    /// Nobody was asked.
    static final Curve NONE = new Curve(Collections.emptySortedMap());

    /// @throws IllegalArgumentException when lengths differ in their number of people, or nobody is there
    Curve {
        TreeMap<Integer, double[]> copy = new TreeMap<>(accuracies);
        List<Integer> people =
                copy.values().stream().map(each -> each.length).distinct().toList();
        if (people.size() > 1 || people.contains(0)) {
            throw new IllegalArgumentException("A curve after " + copy.keySet() + " pairs is of " + people
                    + " people: they must be the same people, one or more.");
        }
        accuracies = Collections.unmodifiableSortedMap(copy);
    }

    /// @param lengths pairs of history
    /// @param accuracies of each length, one a person
    static Curve of(List<Integer> lengths, IntFunction<double[]> accuracies) {
        TreeMap<Integer, double[]> curve = new TreeMap<>();
        lengths.forEach(length -> curve.put(length, accuracies.apply(length)));
        return new Curve(curve);
    }

    /// @return whether it has all of [#LENGTHS]
    boolean whole() {
        return accuracies.keySet().containsAll(LENGTHS);
    }

    boolean has(int length) {
        return accuracies.containsKey(length);
    }

    /// @param length pairs of history
    /// @return one accuracy a person
    /// @throws IllegalArgumentException when nobody was asked at this length
    double[] at(int length) {
        return Optional.ofNullable(accuracies.get(length))
                .orElseThrow(() -> new IllegalArgumentException("Nobody was asked after " + length
                        + " pairs, only after " + accuracies.keySet() + ": delete the older file and run again."));
    }

    /// @param lengths pairs of history
    /// @return those of this curve alone
    Curve only(List<Integer> lengths) {
        return of(lengths, this::at);
    }

    /// @return mean over people
    double mean(int length) {
        return Arrays.stream(at(length)).average().orElseThrow();
    }

    /// @return how many people were asked
    int people() {
        return accuracies.isEmpty() ? 0 : at(accuracies.firstKey()).length;
    }
}
