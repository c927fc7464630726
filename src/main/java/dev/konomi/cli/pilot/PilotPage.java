package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.konomi.cli.pilot.Scorings.Ranking;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Choice;
import dev.konomi.gallery.Painter;
import dev.konomi.gallery.Trial;
import dev.konomi.report.Chart;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.HtmlReport.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// The pilot's figures and pictures on a page.
final class PilotPage {
    private static final int PEOPLE_SHOWN = 5;
    private static final int PICTURES_SHOWN = 6;
    private static final int MOST_CANDIDATES = 200;
    private static final int TYPICAL_SHOWN = 4;
    private static final List<String> PROMPTS = List.of("a bridge", "猫", "a castle", "帆船");

    private final Town town;
    private final List<Trial> trials;
    private final List<String> users;
    private final Scorings scorings;
    private final FunctionClient functions;

    PilotPage(Town town, List<Trial> trials, List<String> users, Scorings scorings, FunctionClient functions) {
        this.town = town;
        this.trials = trials;
        this.users = users;
        this.scorings = scorings;
        this.functions = functions;
    }

    HtmlReport html(PilotFigures figures) {
        PilotScale scale = figures.scale();
        HtmlReport page = new HtmlReport(
                "Konomi's pilot",
                String.format(
                        Locale.ROOT,
                        "%,d simulated people chose %d times between two of %,d painted pictures. Konomi learned from "
                                + "that, and was asked about %,d people and %,d pictures it had never seen.",
                        scale.people(),
                        scale.choices(),
                        scale.images(),
                        scale.unseenPeople(),
                        scale.heldOutImages()));
        if (scale.quick()) {
            page.paragraph("A quick run: a small town and a short training. Its figures show that everything runs, "
                    + "not how well.");
        }
        accuracy(page, figures.standings());
        figures.measures().write(page);
        figures.guided().write(page);
        guided(page);
        groups(page);
        people(page);
        serving(page, figures);
        return page;
    }

    private void accuracy(HtmlReport page, Standings standings) {
        page.section("How often Konomi is right")
                .paragraph("Of two pictures, which one does an unseen person prefer, after eight earlier choices? "
                        + "Accuracy is expected under the simulated person's own probability, so even somebody who "
                        + "knows the person (the oracle) is not always right. Intervals are 95 % over people; "
                        + "differences are paired.")
                .chart(Chart.bars(
                        "Accuracy",
                        0.5,
                        standings.names().stream()
                                .map(name -> new Chart.Bar(
                                        PilotTable.NAMES.getOrDefault(name, name),
                                        standings.accuracy(name),
                                        name.equals(Standings.KONOMI)))
                                .toList()))
                .table(List.of("", "accuracy", "Konomi minus it"), PilotTable.accuracies(standings))
                .paragraph("Share of the ideal observer's gain over popularity: "
                        + HtmlReport.format(standings.idealGain()) + ".")
                .chart(byHistory(standings));
    }

    private static Chart byHistory(Standings standings) {
        Map<String, List<Chart.Point>> lines = new LinkedHashMap<>();
        standings
                .byHistory()
                .forEach((length, row) -> row.forEach((name, estimate) ->
                        lines.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Chart.Point(length, estimate))));
        return Chart.lines(
                "What each earlier choice is worth",
                "earlier choices",
                "accuracy",
                Chart.Scale.LINEAR,
                lines.entrySet().stream()
                        .map(line -> new Chart.Line(
                                PilotTable.NAMES.getOrDefault(line.getKey(), line.getKey()), line.getValue()))
                        .toList());
    }

    private void groups(HtmlReport page) {
        page.section("What groups of people like")
                .paragraph("Each group of taste that Konomi found, by the names that it gave it, and pictures of the "
                        + "catalogue that are typical of what the group likes.");
        for (JsonNode token : tokens(users.getFirst())) {
            page.pictures(
                    token.path("name").path("en").asText() + " / "
                            + token.path("name").path("ja").asText(),
                    StreamSupport.stream(token.path("typicalItems").spliterator(), false)
                            .map(item -> item.path("key").asText())
                            .filter(key -> key.startsWith(Pilot.SEEN))
                            .limit(TYPICAL_SHOWN)
                            .map(key -> picture(town.catalogue(), Integer.parseInt(key.substring(Pilot.SEEN.length()))))
                            .toList());
        }
    }

    /// Through the function, as an app asks.
    private void guided(HtmlReport page) {
        for (int person = 0; person < Math.min(PROMPTS.size(), users.size()); person++) {
            String prompt = PROMPTS.get(person);
            String guided = functions
                    .call(
                            "guide",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("user", users.get(person))
                                    .put("prompt", prompt))
                    .path("prompt")
                    .asText();
            page.pictures("“" + prompt + "”", painted(prompt))
                    .pictures("for " + users.get(person) + ": “" + guided + "”", painted(guided));
        }
    }

    private static List<Picture> painted(String prompt) {
        return IntStream.range(0, PICTURES_SHOWN)
                .mapToObj(seed -> new Picture(Painter.jpeg(Painter.paint(prompt, seed)), ""))
                .toList();
    }

    private void people(HtmlReport page) {
        page.section("Some of the people")
                .paragraph(
                        "For each: what the person chose before, then what Konomi would show them first and last, of "
                                + Math.min(MOST_CANDIDATES, town.heldOut().size()) + " pictures.");
        int[] candidates = IntStream.range(
                        0, Math.min(MOST_CANDIDATES, town.heldOut().size()))
                .toArray();
        for (int person = 0; person < Math.min(PEOPLE_SHOWN, trials.size()); person++) {
            Ranking ranking = scorings.ask(users.get(person), candidates);
            int[] order = ranking.pictures();
            page.pictures(
                            users.get(person) + " chose" + strongest(users.get(person)),
                            trials.get(person).history().stream()
                                    .map(Choice::chosen)
                                    .map(this::picture)
                                    .toList())
                    .pictures(
                            "first for " + users.get(person),
                            pictures(IntStream.range(0, PICTURES_SHOWN).map(rank -> order[rank])))
                    .pictures(
                            "last for " + users.get(person),
                            pictures(IntStream.range(0, PICTURES_SHOWN).map(rank -> order[order.length - 1 - rank])));
        }
    }

    /// @return the names of the person's strongest tokens, in parentheses
    private String strongest(String user) {
        List<String> names = new ArrayList<>();
        for (JsonNode token : tokens(user)) {
            if (names.size() < 2) {
                names.add(token.path("name").path("en").asText());
            }
        }
        return names.isEmpty() ? "" : " (" + String.join("; ", names) + ")";
    }

    /// @return all tokens, the person's strongest first
    private JsonNode tokens(String user) {
        return functions
                .call("tokens", JsonNodeFactory.instance.objectNode().put("user", user))
                .path("tokens");
    }

    private List<Picture> pictures(IntStream numbers) {
        return numbers.mapToObj(this::picture).toList();
    }

    private Picture picture(int number) {
        return picture(town.heldOut(), number);
    }

    private static Picture picture(Catalogue catalogue, int number) {
        var picture = catalogue.picture(number);
        return new Picture(picture.jpeg(), picture.prompt());
    }

    private static void serving(HtmlReport page, PilotFigures figures) {
        page.section("What it took")
                .table(
                        List.of("", "value"),
                        List.of(
                                List.of("events sent", number(figures.events().sent())),
                                List.of("accepted", number(figures.events().accepted())),
                                List.of("duplicate", number(figures.events().duplicate())),
                                List.of("refused", number(figures.events().refused())),
                                List.of(
                                        "training, seconds",
                                        number(figures.request()
                                                .path("training")
                                                .path("seconds")
                                                .asLong())),
                                List.of(
                                        "parameters",
                                        number(figures.request()
                                                .path("training")
                                                .path("parameters")
                                                .asLong())),
                                List.of(
                                        "functions' process, MB resident",
                                        number(Math.round(figures.residentMegabytes())))))
                .paragraph(figures.serving().text());
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
