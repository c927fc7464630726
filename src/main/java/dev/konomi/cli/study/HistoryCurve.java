package dev.konomi.cli.study;

import dev.konomi.report.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// What each pair of history is worth: accuracies of the full recipe beside what the same people come to otherwise.
///
/// @param seeds worlds
/// @param accuracies by name, then by pairs of history
record HistoryCurve(int seeds, SequencedMap<String, SequencedMap<Integer, Estimate>> accuracies) {
    /// @param finished of one population and number of people; runs that did not keep the whole curve do not count
    /// @return nothing where none kept it
    static Optional<HistoryCurve> of(Finished finished) {
        List<Finished.Entry> whole = finished.of(Variant.FULL).all().stream()
                .filter(entry -> entry.run().whole() && entry.world().ideal().whole())
                .toList();
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        SequencedMap<String, SequencedMap<Integer, Estimate>> lines = new LinkedHashMap<>();
        lines.put("konomi", line(whole, length -> entry -> entry.run().konomi().at(length)));
        lines.put(
                "idealObserver",
                line(whole, length -> entry -> entry.world().ideal().at(length)));
        lines.put("popularity", line(whole, length -> entry -> entry.world().popularity()));
        lines.put(
                "latentClass",
                line(whole, length -> entry -> entry.run().told().latentClass().at(length)));
        return Optional.of(new HistoryCurve(whole.size(), lines));
    }

    private static SequencedMap<Integer, Estimate> line(
            List<Finished.Entry> entries, Function<Integer, Function<Finished.Entry, double[]>> which) {
        SequencedMap<Integer, Estimate> line = new LinkedHashMap<>();
        for (int length : Curve.LENGTHS) {
            line.put(
                    length,
                    AcrossWorlds.mean(entries.stream().map(which.apply(length)).toList()));
        }
        return line;
    }
}
