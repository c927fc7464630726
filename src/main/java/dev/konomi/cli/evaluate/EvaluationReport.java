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
public record EvaluationReport(EncodedRatings data, RealPeople.Question question, RealPeople.Findings findings) {
    private static final Map<String, String> TITLES = Map.of(
            "konomi", "Konomi",
            "konomiImageOnly", "Konomi, image only",
            "popularity", "popularity",
            "nearest", "nearest liked",
            "logistic", "logistic per person",
            "latentClass", "latent class",
            "bpr", "visual BPR");

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
                .put("question.seeds", question.seeds())
                .put("question.peopleAsked", findings.people())
                .put("question.pairsAsked", findings.targets());
        report.put("textOnly", data.textOnly()).put("skipped", data.skipped().size());
        findings.accuracy().forEach((name, estimate) -> {
            report.put("accuracy." + name, estimate);
            Estimate margin = findings.margin().get(name);
            if (margin != null) {
                report.put("accuracy." + name + ".margin", margin);
            }
        });
        findings.byHistory()
                .forEach((length, byName) ->
                        byName.forEach((name, estimate) -> report.put("byHistory." + length + "." + name, estimate)));
        return report;
    }

    /// @return the table that a terminal shows
    public String table() {
        StringBuilder table = new StringBuilder(summary()).append(System.lineSeparator());
        table.append(String.format("%n%-22s %-21s %s%n", "", "accuracy", "Konomi minus it"));
        for (List<String> row : rows()) {
            table.append(String.format("%-22s %-21s %s%n", row.get(0), row.get(1), row.get(2)));
        }
        return table.toString();
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
                        + "seen before. ½ is chance; intervals are 95 %, by resampling people.");
        List<Bar> bars = new ArrayList<>();
        findings.accuracy()
                .forEach((name, estimate) -> bars.add(new Bar(title(name), estimate, name.startsWith("konomi"))));
        page.chart(Chart.bars("Pairwise accuracy on people unseen in training", 0.5, bars));
        page.table(List.of("", "accuracy", "Konomi minus it, paired"), rows());
        page.section("By length of the history");
        List<Line> lines = new ArrayList<>();
        for (String name : findings.accuracy().keySet()) {
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
                                + question.seeds()
                                + " times" + (question.newItems() ? ", and so were items" : "")
                                + "; everything was fitted and chosen on the other people, and a person's figures were averaged "
                                + "over the splits before people were resampled. Popularity is the mean of other people's ratings "
                                + "of the item, pulled towards what its content lets one expect; every other baseline knows it too.");
        if (!data.skipped().isEmpty()) {
            page.section("Rows left out")
                    .paragraph(
                            String.join("; ", data.skipped().stream().limit(10).toList()) + ".");
        }
        return page;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        findings.accuracy().forEach((name, estimate) -> {
            Estimate margin = findings.margin().get(name);
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
