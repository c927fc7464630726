package dev.konomi.cli.study;

import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What all runs together say. Intervals are over worlds and the people in them; a comparison takes the same people in
/// the same worlds, and a gain is the share of what the ideal observer gains over popularity.
///
/// @param people how many all but `byPeople` learned from
/// @param society what the worlds of all but `curves` are drawn from
/// @param rows the ablations
/// @param byPeople by the number of people that were learned from
/// @param curves by population, those that have one
/// @param coldStart if runs with and without tokens have a world in common
record StudyReport(
        int people,
        Society society,
        List<Ablation> rows,
        Map<Integer, List<Ablation>> byPeople,
        SequencedMap<Society, HistoryCurve> curves,
        Optional<ColdStart> coldStart) {

    /// @param finished runs of one recipe
    /// @param people how many are learned from
    /// @param society what worlds are drawn from
    static StudyReport of(Finished finished, int people, Society society) {
        Map<Integer, List<Ablation>> byPeople = new TreeMap<>();
        finished.in(society).byPeople().forEach((count, some) -> byPeople.put(count, Ablation.of(some)));
        SequencedMap<Society, HistoryCurve> curves = new LinkedHashMap<>();
        for (Society each : Society.values()) {
            HistoryCurve.of(finished.in(each).from(people)).ifPresent(curve -> curves.put(each, curve));
        }
        return new StudyReport(
                people,
                society,
                byPeople.getOrDefault(people, List.of()),
                byPeople,
                curves,
                ColdStart.of(finished.in(society).from(people)));
    }

    /// @return figures for programs
    Report json() {
        Report report = new Report();
        report.put("people", people).put("population", society.id());
        for (Ablation row : rows) {
            String path = "ablation." + row.variant().id();
            report.put(path, row.gain())
                    .put(path + ".accuracy", row.accuracy())
                    .put(path + ".seeds", row.seeds())
                    .put(path + ".preliminary", Boolean.toString(row.preliminary()));
            row.paired().ifPresent(paired -> {
                String minus = path + (paired.base() == Variant.FULL ? ".minusFull" : ".minusSequence");
                report.put(minus, paired.late())
                        .put(minus + "Early", paired.early())
                        .put(path + ".pairedSeeds", paired.seeds());
            });
        }
        byPeople.forEach((count, some) -> some.forEach(row -> {
            String path = "byPeople." + count + "." + row.variant().id();
            report.put(path, row.gain());
            row.margins()
                    .forEach((margin, paired) -> report.put(path + "." + margin.key(), paired.late())
                            .put(path + "." + margin.key() + ".seeds", paired.seeds()));
        }));
        curves.forEach((each, curve) -> {
            String path = "curve." + each.id() + ".";
            report.put(path + "seeds", curve.seeds());
            curve.accuracies()
                    .forEach((name, line) ->
                            line.forEach((length, accuracy) -> report.put(path + length + "." + name, accuracy)));
        });
        coldStart.ifPresent(cold -> {
            report.put("coldStart.seeds", cold.seeds());
            cold.differences().forEach((length, difference) -> report.put("coldStart." + length, difference));
        });
        return report;
    }

    /// @return the tables, a line each
    String text() {
        StringBuilder text = new StringBuilder(String.format(
                "%n%,d people, %s population%n%-24s %6s  %-20s %-9s %-20s %s%n",
                people, society.id(), "", "worlds", "gain", "minus", "8 pairs", "2 pairs"));
        for (Ablation row : rows) {
            text.append(String.format(
                    "%-24s %6s  %-20s %-9s %-20s %s%n",
                    row.variant().id(),
                    row.seeds() + (row.preliminary() ? "*" : ""),
                    HtmlReport.format(row.gain()),
                    row.paired().map(paired -> paired.base().id()).orElse(""),
                    row.paired().map(paired -> HtmlReport.format(paired.late())).orElse(""),
                    row.paired()
                            .map(paired -> HtmlReport.format(paired.early()))
                            .orElse("")));
        }
        if (rows.stream().anyMatch(Ablation::preliminary)) {
            text.append(String.format("* preliminary: fewer than %d worlds%n", Ablation.ENOUGH));
        }
        byPeople.forEach((count, some) -> some.forEach(row -> row.margins()
                .forEach((margin, paired) -> text.append(String.format(
                        "%,d people: %s minus the latent-class logit, %s, 8 pairs, %d worlds: %s%n",
                        count, row.variant().id(), margin.says(), paired.seeds(), HtmlReport.format(paired.late()))))));
        curves.forEach((each, curve) -> {
            text.append(String.format(
                    "%s population, %d worlds, accuracy by pairs of history%n", each.id(), curve.seeds()));
            curve.accuracies()
                    .forEach((name, line) -> text.append(String.format(
                            "%-14s %s%n",
                            name,
                            String.join(
                                    "  ",
                                    line.values().stream()
                                            .map(HtmlReport::format)
                                            .toList()))));
        });
        coldStart.ifPresent(cold -> cold.differences()
                .forEach((length, difference) -> text.append(String.format(
                        "with tokens minus without, %d pairs, %d worlds: %s%n",
                        length, cold.seeds(), HtmlReport.format(difference)))));
        return text.toString();
    }

    /// @return the page
    HtmlReport page() {
        return new StudyPage(this).html();
    }
}
