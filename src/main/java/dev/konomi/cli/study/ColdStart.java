package dev.konomi.cli.study;

import dev.konomi.report.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What tokens are worth for somebody who has just come: the full recipe minus the one without tokens, paired by
/// person.
///
/// @param seeds worlds that both were trained in
/// @param differences of accuracies, by pairs of history
record ColdStart(int seeds, SequencedMap<Integer, Estimate> differences) {
    private static final List<Integer> LENGTHS = List.of(0, 1, 2);

    /// @param finished of one population and number of people; runs that did not keep the whole curve do not count
    /// @return nothing where no world has both
    static Optional<ColdStart> of(Finished finished) {
        List<Finished.Pair> pairs = finished.pairs(Variant.FULL, Variant.WITHOUT_TOKENS).stream()
                .filter(pair -> pair.run().whole() && pair.base().whole())
                .toList();
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        SequencedMap<Integer, Estimate> differences = new LinkedHashMap<>();
        LENGTHS.forEach(length -> differences.put(length, Finished.Pair.difference(pairs, length)));
        return Optional.of(new ColdStart(pairs.size(), differences));
    }
}
