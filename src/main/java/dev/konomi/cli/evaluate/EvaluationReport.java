package dev.konomi.cli.evaluate;

import dev.konomi.report.Chart;
import dev.konomi.report.Chart.Bar;
import dev.konomi.report.Chart.Line;
import dev.konomi.report.Chart.Point;
import dev.konomi.report.Chart.Scale;
import dev.konomi.report.Estimate;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tells what an evaluation found: a table, `report.json` and `report.html`.
///
/// @param data what was read
/// @param question what was asked
/// @param findings what came out
public record EvaluationReport(EncodedRatings data, Question question, Findings findings) {
    private static final Map<String, String> TITLES = Map.of(
            "konomi", "Konomi",
            "konomiImageOnly", "Konomi, image only",
            "konomiColours", "Konomi, colours only",
            "popularity", "popularity",
            "nearest", "nearest liked",
            "logistic", "logistic per person",
            "latentClass", "latent class",
            "bpr", "visual BPR",
            "handMade", "hand-made features");

    /// @return the figures as programs read them
    public Report json() {
        Report report = new Report()
                .put("data.rows", data.read())
                .put("data.skipped", data.skipped().size())
                .put("data.textOnly", data.textOnly())
                .put("data.people", data.people())
                .put("data.items", data.items().size())
                .put("data.encoder", data.encoderDigest())
                .put("question.like", question.like().toString())
                .put("question.dislike", question.dislike().toString())
                .put("question.history", question.history())
                .put("question.split", question.newItems() ? "users+items" : "users")
                .put("question.splits", question.splits())
                .put("question.close", question.close())
                .put("data.scale.low", data.scale().low())
                .put("data.scale.high", data.scale().high())
                .put("question.peopleAsked", findings.people())
                .put("question.pairsAsked", findings.targets());
        report.put("textOnly", data.textOnly()).put("skipped", data.skipped().size());
        put(report, "accuracy.", findings.all());
        report.put("close.pairsAsked", findings.close().targets());
        put(report, "close.accuracy.", findings.close());
        findings.history().forEach((name, estimate) -> report.put("history." + name, estimate));
        findings.byHistory()
                .forEach((length, byName) ->
                        byName.forEach((name, estimate) -> report.put("byHistory." + length + "." + name, estimate)));
        return report;
    }

    private static void put(Report report, String path, Findings.Comparison comparison) {
        comparison.accuracy().forEach((name, estimate) -> {
            report.put(path + name, estimate);
            Estimate margin = comparison.margin().get(name);
            if (margin != null) {
                report.put(path + name + ".margin", margin);
            }
        });
    }

    /// @return the table that a terminal shows
    public String table() {
        StringBuilder table = new StringBuilder(summary()).append(System.lineSeparator());
        append(table, "all pairs", rows(findings.all()));
        if (findings.close().targets() > 0) {
            append(table, "close pairs", rows(findings.close()));
        }
        table.append(System.lineSeparator()).append(historyTold()).append(System.lineSeparator());
        return table.toString();
    }

    private static void append(StringBuilder table, String title, List<List<String>> rows) {
        table.append(String.format("%n%-22s %-21s %s%n", title, "accuracy", "Konomi minus it"));
        for (List<String> row : rows) {
            table.append(String.format("%-22s %-21s %s%n", row.get(0), row.get(1), row.get(2)));
        }
    }

    private String historyTold() {
        Estimate without = findings.byHistory().getOrDefault(0, Map.of()).get("konomi");
        Estimate added = findings.history().get("konomi");
        return without == null || added == null
                ? ""
                : "Konomi without a history: " + HtmlReport.format(without) + "; " + question.history() + " pairs add "
                        + HtmlReport.format(added) + ".";
    }

    /// Writes both reports.
    ///
    /// @param folder receives `report.json` and `report.html`
    public void write(Path folder) {
        json().write(folder.resolve("report.json"));
        html().write(folder.resolve("report.html"));
    }

    private HtmlReport html() {
        HtmlReport page = new HtmlReport("Konomi on your ratings", summary());
        page.section("Accuracy")
                .paragraph("Of a liked and a disliked item, how often the liked one is ranked first, after "
                        + question.history() + " pairs of a like and a dislike are known of a person whom no model has "
                        + "seen before. ½ is chance; intervals are 95 %, by resampling people"
                        + (question.newItems() ? " and groups of items." : "."));
        List<Bar> bars = new ArrayList<>();
        findings.all()
                .accuracy()
                .forEach((name, estimate) -> bars.add(new Bar(title(name), estimate, name.startsWith("konomi"))));
        page.chart(Chart.bars("Pairwise accuracy on people unseen in training", 0.5, bars));
        page.table(List.of("", "accuracy", "Konomi minus it, paired"), rows(findings.all()));
        page.paragraph(historyTold());
        if (findings.close().targets() > 0) {
            page.section("Close pairs")
                    .paragraph(String.format(
                            Locale.ROOT,
                            "%,d pairs whose items' popularity differs by less than %s rating points.",
                            findings.close().targets(),
                            Double.toString(question.close())))
                    .table(List.of("", "accuracy", "Konomi minus it, paired"), rows(findings.close()));
        }
        page.section("By length of the history");
        List<Line> lines = new ArrayList<>();
        for (String name : findings.all().accuracy().keySet()) {
            List<Point> points = new ArrayList<>();
            findings.byHistory().forEach((length, byName) -> {
                Estimate estimate = byName.get(name);
                if (estimate != null) {
                    points.add(new Point(length, estimate));
                }
            });
            lines.add(new Line(title(name), points));
        }
        page.chart(Chart.lines(
                "Pairwise accuracy by pairs known of a person",
                "pairs of a like and a dislike",
                "accuracy",
                Scale.LOGARITHMIC,
                lines));
        page.section("How it was done")
                .paragraph(
                        "A like is a rating " + question.like() + ", a dislike " + question.dislike()
                                + "; what is neither counts towards general appeal alone. People were split "
                                + question.splits()
                                + " times" + (question.newItems() ? ", and so were items" : "")
                                + "; everything was fitted and chosen on the other people, and a person's answers were pooled "
                                + "over the splits before people" + (question.newItems() ? " and groups of items" : "")
                                + " were resampled. Popularity is the mean of other people's ratings "
                                + "of the item, pulled towards what its content lets one expect; every other baseline knows it too.");
        if (!data.skipped().isEmpty()) {
            page.section("Rows left out")
                    .paragraph(
                            String.join("; ", data.skipped().stream().limit(10).toList()) + ".");
        }
        return page;
    }

    private static List<List<String>> rows(Findings.Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        comparison.accuracy().forEach((name, estimate) -> {
            Estimate margin = comparison.margin().get(name);
            rows.add(
                    List.of(title(name), HtmlReport.format(estimate), margin == null ? "" : HtmlReport.format(margin)));
        });
        return rows;
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "%,d rows read: %,d people, %,d items; %,d rows are about text alone, %,d are left out. "
                        + "%,d people were asked about %,d pairs.",
                data.read(),
                data.people(),
                data.items().size(),
                data.textOnly(),
                data.skipped().size(),
                findings.people(),
                findings.targets());
    }

    private static String title(String name) {
        return TITLES.getOrDefault(name, name);
    }
}
