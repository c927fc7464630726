package dev.konomi.cli.pilot;

import dev.konomi.report.HtmlReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the pilot prints when it is through.
final class PilotTable {
    static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(Standings.KONOMI, "Konomi"),
            Map.entry(Standings.IMAGE_ONLY, "Konomi, images only"),
            Map.entry(Standings.IN_SEQUENCE, "Konomi in sequence"),
            Map.entry(Standings.POPULARITY, "popularity"),
            Map.entry("nearest", "nearest liked"),
            Map.entry("logistic", "logistic regression"),
            Map.entry("latentClass", "latent-class logit"),
            Map.entry("bpr", "visual BPR"),
            Map.entry(Standings.IDEAL, "ideal observer"),
            Map.entry(Standings.ORACLE, "oracle"));

    private PilotTable() {}

    /// @return rows of name, accuracy with interval, Konomi's margin with interval
    static List<List<String>> accuracies(Standings standings) {
        return standings.names().stream()
                .map(name -> List.of(
                        NAMES.getOrDefault(name, name),
                        HtmlReport.format(standings.accuracy(name)),
                        standings.isBaseline(name) ? HtmlReport.format(standings.margin(name)) : ""))
                .toList();
    }

    static String text(PilotFigures figures) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%,d unseen people, held-out attribute combinations, %d + %d history, %d pairs each%n%n",
                figures.scale().unseenPeople(),
                PilotScale.HISTORY,
                PilotScale.HISTORY,
                PilotScale.TARGETS));
        text.append(String.format("  %-22s %-20s %s%n", "", "accuracy", "Konomi minus it"));
        for (List<String> row : accuracies(figures.standings())) {
            text.append(String.format("  %-22s %-20s %s%n", row.get(0), row.get(1), row.get(2)));
        }
        text.append(String.format(
                "%n  share of the ideal observer's gain over popularity: %s%n",
                HtmlReport.format(figures.standings().idealGain())));
        text.append(figures.serving().text().indent(2));
        text.append(String.format(
                Locale.ROOT,
                "  function process after %,d scorings: %.0f MB resident%n",
                figures.scale().scorings(),
                figures.residentMegabytes()));
        return text.toString();
    }
}
