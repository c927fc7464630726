package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.konomi.report.Report;

/// The pilot's figures under the keys of `report.json`, which are documented in `docs/report.md`.
final class PilotReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PilotReport() {}

    static Report json(PilotFigures figures) {
        Report report = new Report()
                .put("world.seed", figures.seed())
                .put("world.users", figures.scale().people())
                .put("world.images", figures.images())
                .put("world.segments", figures.segments())
                .put("events.sent", figures.events().sent())
                .put("events.accepted", figures.events().accepted())
                .put("events.duplicate", figures.events().duplicate())
                .put("events.refused", figures.events().refused());
        JsonNode training = figures.request().path("training");
        report.put("training", training)
                .put("release.version", figures.release())
                .put("release.sha256", figures.release())
                .put("release.verdict", figures.request().path("verdict").asText());
        Standings standings = figures.standings();
        for (String name : standings.names()) {
            report.put("accuracy." + name, standings.accuracy(name));
            if (standings.isBaseline(name)) {
                report.put("accuracy." + name + ".margin", standings.margin(name));
            }
        }
        report.put("idealGain", standings.idealGain());
        standings.byHistory().forEach((length, row) -> report.putAll("byHistory." + length, row));
        figures.measures().write(report);
        figures.guided().write(report);
        report.put("serving", JSON.valueToTree(figures.serving()))
                .put("serving.rssMegabytes", figures.residentMegabytes());
        return report.put("quick", BooleanNode.valueOf(figures.scale().quick()));
    }
}
