package dev.konomi.cli.study;

import dev.konomi.report.Chart;
import dev.konomi.report.Estimate;
import dev.konomi.report.HtmlReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A study's report as a page that people read.
///
/// @param report whose figures it shows
record StudyPage(StudyReport report) {
    HtmlReport html() {
        HtmlReport page = new HtmlReport(
                "What each part is worth",
                "Each row changes one thing about the full recipe; all of a head take the same number of steps. A gain "
                        + "is the share of what the ideal observer gains over popularity, of unseen people after 8 "
                        + "pairs. Intervals are over worlds and people; a row of fewer than " + Ablation.ENOUGH
                        + " worlds is preliminary.");
        if (report.rows().isEmpty()) {
            return page.paragraph("No run of today's recipe is finished.");
        }
        ablations(page);
        byPeople(page);
        report.curves().forEach((society, curve) -> curve(page, society, curve));
        report.coldStart().ifPresent(cold -> coldStart(page, cold));
        return page;
    }

    private void ablations(HtmlReport page) {
        page.section(String.format(
                        "%,d people, %s population",
                        report.people(), report.society().id()))
                .chart(Chart.bars(
                        "Share of the ideal observer's gain",
                        0,
                        report.rows().stream()
                                .map(row ->
                                        new Chart.Bar(row.variant().id(), row.gain(), row.variant() == Variant.FULL))
                                .toList()))
                .table(
                        List.of("", "worlds", "accuracy", "compared with", "minus it, 8 pairs", "minus it, 2 pairs"),
                        report.rows().stream().map(StudyPage::cells).toList())
                .table(
                        List.of("", "the one thing that differs"),
                        report.rows().stream()
                                .map(row -> List.of(
                                        row.variant().id(), row.variant().says()))
                                .toList());
    }

    private static List<String> cells(Ablation row) {
        Optional<Ablation.Paired> paired = row.paired();
        return List.of(
                row.variant().id(),
                row.seeds() + (row.preliminary() ? " (preliminary)" : ""),
                HtmlReport.format(row.accuracy()),
                paired.map(pair -> pair.base().id()).orElse("–"),
                paired.map(pair -> HtmlReport.format(pair.late())).orElse("–"),
                paired.map(pair -> HtmlReport.format(pair.early())).orElse("–"));
    }

    private void byPeople(HtmlReport page) {
        if (report.byPeople().size() > 1) {
            List<Chart.Point> gains = fullByPeople(row -> Optional.of(row.gain()));
            if (!gains.isEmpty()) {
                page.section("By the number of people")
                        .chart(Chart.lines(
                                "Share of the ideal observer's gain, everything",
                                "people who are learned from",
                                "share",
                                Chart.Scale.LOGARITHMIC,
                                List.of(new Chart.Line("full", gains))));
            }
        }
        List<List<String>> margins = margins();
        if (!margins.isEmpty()) {
            List<String> head = new ArrayList<>(List.of("people who are learned from"));
            Arrays.stream(Margin.values()).map(Margin::says).forEach(head::add);
            page.section("Beside the latent-class logit")
                    .paragraph("The full recipe's accuracy after 8 pairs minus that of the latent-class logit which it "
                            + "begins with, by who is told the world's general appeal; who is not has to learn it.")
                    .table(head, margins);
        }
    }

    private List<List<String>> margins() {
        List<List<String>> rows = new ArrayList<>();
        report.byPeople()
                .forEach((people, some) -> some.stream()
                        .filter(row ->
                                row.variant() == Variant.FULL && !row.margins().isEmpty())
                        .forEach(row -> rows.add(Stream.concat(
                                        Stream.of(String.format("%,d", people)),
                                        Arrays.stream(Margin.values())
                                                .map(margin -> Optional.ofNullable(
                                                                row.margins().get(margin))
                                                        .map(paired -> HtmlReport.format(paired.late()))
                                                        .orElse("–")))
                                .toList())));
        return rows;
    }

    private List<Chart.Point> fullByPeople(Function<Ablation, Optional<Estimate>> figure) {
        return report.byPeople().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(row -> row.variant() == Variant.FULL)
                        .flatMap(row -> figure.apply(row).stream())
                        .map(estimate -> new Chart.Point(entry.getKey(), estimate)))
                .toList();
    }

    private void curve(HtmlReport page, Society society, HistoryCurve curve) {
        page.section("What each pair of history is worth, " + society.id() + " population")
                .chart(Chart.lines(
                        String.format(
                                "Accuracy of the full recipe and of others, %,d people, %d worlds",
                                report.people(), curve.seeds()),
                        "pairs of history",
                        "accuracy",
                        Chart.Scale.LOGARITHMIC,
                        curve.accuracies().entrySet().stream()
                                .map(line -> new Chart.Line(line.getKey(), points(line.getValue())))
                                .toList()));
    }

    private void coldStart(HtmlReport page, ColdStart cold) {
        page.section("Somebody who has just come")
                .paragraph("Accuracy with tokens minus without, the same people, " + cold.seeds() + " worlds.")
                .table(
                        List.of("pairs of history", "difference"),
                        cold.differences().entrySet().stream()
                                .map(each -> List.of(String.valueOf(each.getKey()), HtmlReport.format(each.getValue())))
                                .toList());
    }

    private static List<Chart.Point> points(Map<Integer, Estimate> line) {
        return line.entrySet().stream()
                .map(point -> new Chart.Point(point.getKey(), point.getValue()))
                .toList();
    }
}
