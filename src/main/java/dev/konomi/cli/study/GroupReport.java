package dev.konomi.cli.study;

import dev.konomi.cli.measure.Groups;
import dev.konomi.cli.study.TokenEdits.Edit;
import dev.konomi.report.Chart;
import dev.konomi.report.Estimate;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import dev.konomi.train.evaluate.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Whether tokens are groups, over all worlds. Intervals of a world's figures draw worlds anew,
/// those of edits draw worlds and the edits in each.
///
/// @param runs of one recipe and number of people
record GroupReport(List<GroupRun> runs) {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 1000);

    /// Names of figures that are means over worlds, and where they stand in the report.
    private static final Map<String, String> MEANS = means();

    GroupReport {
        runs = List.copyOf(runs);
    }

    private static Map<String, String> means() {
        SequencedMap<String, String> means = new LinkedHashMap<>();
        means.put("nmi", "segments.nmi");
        for (int length : Groups.LENGTHS) {
            means.put("ari." + length, "segments.byHistory." + length + ".konomi");
            means.put("idealAri." + length, "segments.byHistory." + length + ".idealObserver");
        }
        means.put("twoInterests", "twoInterests");
        means.put("twoInterests.ideal", "twoInterests.idealObserver");
        means.put("names.en", "names.recall.en");
        means.put("names.ja", "names.recall.ja");
        means.put("names.popularity", "names.popularity");
        means.put("tokens", "tokens.count");
        means.put("dead", "tokens.dead");
        means.put("largestShare", "tokens.largestShare");
        return means;
    }

    /// @param report gets the keys of `docs/study/README.md`; none where no run is finished
    void write(Report report) {
        if (runs.isEmpty()) {
            return;
        }
        report.put("groups.worlds", runs.size());
        report.put("groups.preliminary", Boolean.toString(preliminary()));
        report.put("segments.ari", mean("ari." + Groups.LONGEST));
        MEANS.forEach((figure, path) -> report.put(path, mean(figure)));
        for (int length : Groups.LENGTHS) {
            report.put("segments.byHistory." + length + ".ratio", ratio(length));
        }
        report.put("lineage.kept", kept(_ -> 1))
                .put("lineage.right", right(_ -> 1))
                .put("lineage.told", told(_ -> 1))
                .put("lineage.byPeople.kept", kept(Edit::people))
                .put("lineage.byPeople.right", right(Edit::people))
                .put("lineage.byPeople.told", told(Edit::people));
    }

    /// @param page gets a section; none where no run is finished
    void write(HtmlReport page) {
        if (runs.isEmpty()) {
            return;
        }
        page.section("Whether tokens are groups" + (preliminary() ? " (preliminary)" : ""))
                .paragraph(runs.size() + " worlds, the full recipe. People with one interest, by their most probable "
                        + "token, against true segments; the ideal observer's most probable segment beside it.")
                .chart(Chart.lines(
                        "Adjusted Rand index",
                        "earlier choices",
                        "adjusted Rand index",
                        Chart.Scale.LOGARITHMIC,
                        List.of(
                                new Chart.Line("Konomi", byHistory("ari.")),
                                new Chart.Line("ideal observer", byHistory("idealAri.")))))
                .table(List.of("", ""), lines().stream().map(List::copyOf).toList());
    }

    /// @return a line each; nothing where no run is finished
    String text() {
        if (runs.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(
                String.format("%nTokens as groups, %d worlds%s%n", runs.size(), preliminary() ? "*" : ""));
        lines().forEach(line -> text.append(String.format("%-46s %s%n", line.getFirst(), line.getLast())));
        return text.toString();
    }

    private boolean preliminary() {
        return runs.size() < Ablation.ENOUGH;
    }

    private List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>();
        for (int length : Groups.LENGTHS) {
            lines.add(List.of(
                    "ARI after " + length + " choices; share of the ideal's",
                    HtmlReport.format(mean("ari." + length)) + "; " + HtmlReport.format(ratio(length))));
        }
        lines.add(List.of("normalised mutual information", HtmlReport.format(mean("nmi"))));
        lines.add(List.of("names, English", HtmlReport.format(mean("names.en"))));
        lines.add(List.of("names, Japanese", HtmlReport.format(mean("names.ja"))));
        lines.add(List.of(
                "tokens; of them nobody's",
                HtmlReport.format(mean("tokens")) + "; " + HtmlReport.format(mean("dead"))));
        lines.add(List.of("largest token's share", HtmlReport.format(mean("largestShare"))));
        lines.add(List.of("edits kept on the right segment", HtmlReport.format(kept(_ -> 1))));
        lines.add(List.of("… counted by people", HtmlReport.format(kept(Edit::people))));
        lines.add(List.of("right, of those carried over", HtmlReport.format(right(_ -> 1))));
        lines.add(List.of("told that nothing goes on", HtmlReport.format(told(_ -> 1))));
        return lines;
    }

    private List<Chart.Point> byHistory(String prefix) {
        return Groups.LENGTHS.stream()
                .map(length -> new Chart.Point(length, mean(prefix + length)))
                .toList();
    }

    /// @return mean over worlds
    Estimate mean(String figure) {
        return BOOTSTRAP.mean(values(figure));
    }

    /// @return Konomi's adjusted Rand index as a share of the ideal observer's
    Estimate ratio(int length) {
        return BOOTSTRAP.ratio(values("ari." + length), values("idealAri." + length));
    }

    private double[] values(String figure) {
        return runs.stream()
                .mapToDouble(run -> Optional.ofNullable(run.figures().get(figure))
                        .orElseThrow(() -> new IllegalArgumentException("Group run " + GroupRun.name(run.key())
                                + " has no figure " + figure + ": delete its file and run the study again.")))
                .toArray();
    }

    /// @param weight of an edit
    /// @return share of edits whose token goes on with the same segment
    Estimate kept(ToDoubleFunction<Edit> weight) {
        return share(weight, Edit::right, _ -> true);
    }

    /// @return the same of those that are carried over
    Estimate right(ToDoubleFunction<Edit> weight) {
        return share(weight, Edit::right, Edit::carried);
    }

    /// @return share of edits whose token nothing goes on with
    Estimate told(ToDoubleFunction<Edit> weight) {
        return share(weight, edit -> !edit.carried(), _ -> true);
    }

    private Estimate share(ToDoubleFunction<Edit> weight, Predicate<Edit> counted, Predicate<Edit> among) {
        List<List<Edit>> worlds = runs.stream().map(run -> run.edits().edits()).toList();
        int[] sizes = worlds.stream().mapToInt(List::size).toArray();
        return BOOTSTRAP.nested(sizes, counts -> {
            double all = 0;
            double some = 0;
            for (int world = 0; world < counts.length; world++) {
                for (int i = 0; i < sizes[world]; i++) {
                    Edit edit = worlds.get(world).get(i);
                    double times = among.test(edit) ? counts[world][i] * weight.applyAsDouble(edit) : 0;
                    all += times;
                    some += counted.test(edit) ? times : 0;
                }
            }
            return some / all;
        });
    }
}
