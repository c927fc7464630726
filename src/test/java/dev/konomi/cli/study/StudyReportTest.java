package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyReportTest {
    private static final List<Integer> TWO = List.of(Curve.EARLY, Curve.LATE);

    @TempDir
    private Path path;

    @Test
    void theReportTakesPairedDifferencesFromTwoRuns() throws IOException {
        StudyReport report =
                report(Society.BROAD, "runs/full-100-6001.json", "runs/without-own-100-6001.json", "worlds/6001.json");
        Ablation full = report.rows().getFirst();
        Ablation own = report.rows().getLast();
        // Full .70 .72 .68 .70, without own .68 .72 .64 .68, popularity .64 .66 .62 .64, ideal .74 .76 .72 .74.
        assertEquals(.6, full.gain().mean(), 1e-9);
        assertEquals(.4, own.gain().mean(), 1e-9);
        Ablation.Paired paired = own.paired().orElseThrow();
        assertEquals(-.02, paired.late().mean(), 1e-9);
        assertTrue(paired.late().low() >= -.04 && paired.late().low() < -.02);
        assertTrue(paired.late().high() <= 1e-9 && paired.late().high() > -.02);
        assertEquals(0, paired.early().mean(), 1e-9);
        assertTrue(full.paired().isEmpty());

        var json = report.json().json();
        assertEquals("broad", json.at("/population").asText());
        assertEquals(.4, json.at("/ablation/without-own/mean").asDouble(), 1e-9);
        assertEquals(-.02, json.at("/ablation/without-own/minusFull/mean").asDouble(), 1e-9);
        assertEquals("true", json.at("/ablation/full/preliminary").asText());
        assertEquals(.6, json.at("/byPeople/100/full/mean").asDouble(), 1e-9);
        // Runs without the arrays have no such figures.
        assertFalse(json.has("curve") || json.has("coldStart"));
        assertTrue(json.at("/byPeople/100/full/minusLatentClass").isMissingNode());
        String html = report.page().html();
        assertTrue(html.contains("without-own") && html.contains("preliminary"));
        assertTrue(report.text().contains("−.020"), report.text());
    }

    @Test
    void newFiguresComeFromTheRunsThatKeptThem() throws IOException {
        StudyReport report = report(
                Society.BROAD,
                "runs/full-100-6001.json",
                "worlds/6001.json",
                "runs/full-100-6002.json",
                "runs/without-tokens-100-6002.json",
                "worlds/6002.json");
        JsonNode json = report.json().json();
        assertEquals(2, json.at("/ablation/full/seeds").asInt());
        // Late: Konomi .700 .720, the latent-class logit .705 .705.
        assertEquals(.005, json.at("/byPeople/100/full/minusLatentClass/mean").asDouble(), 1e-9);
        assertEquals(-.005, json.at("/byPeople/100/full/minusLatentClass/low").asDouble(), 1e-9);
        assertEquals(.015, json.at("/byPeople/100/full/minusLatentClass/high").asDouble(), 1e-9);
        assertEquals(1, json.at("/byPeople/100/full/minusLatentClass/seeds").asInt());
        // Not told .690 .700; Konomi, once told, .710 .715.
        assertEquals(
                .015, json.at("/byPeople/100/full/minusLatentClassUntold/mean").asDouble(), 1e-9);
        assertEquals(
                .0075, json.at("/byPeople/100/full/toldMinusLatentClass/mean").asDouble(), 1e-9);

        assertEquals(1, json.at("/curve/broad/seeds").asInt());
        assertEquals(.61, curve(json, 0, "konomi"), 1e-9);
        assertEquals(.75, curve(json, 16, "konomi"), 1e-9);
        assertEquals(.645, curve(json, 1, "idealObserver"), 1e-9);
        assertEquals(.79, curve(json, 16, "idealObserver"), 1e-9);
        assertEquals(.62, curve(json, 0, "idealObserver"), 1e-9);
        assertEquals(.62, curve(json, 16, "popularity"), 1e-9);
        assertEquals(.675, curve(json, 4, "latentClass"), 1e-9);
        assertEquals(.6, json.at("/curve/broad/0/konomi/low").asDouble(), 1e-9);

        // With tokens .600 .620, .610 .640, .640 .660; without .600 .610, .600 .640, .610 .650.
        assertEquals(.005, json.at("/coldStart/0/mean").asDouble(), 1e-9);
        assertEquals(.005, json.at("/coldStart/1/mean").asDouble(), 1e-9);
        assertEquals(.02, json.at("/coldStart/2/mean").asDouble(), 1e-9);
        assertEquals(.01, json.at("/coldStart/2/low").asDouble(), 1e-9);
        assertEquals(.03, json.at("/coldStart/2/high").asDouble(), 1e-9);
        assertEquals(1, json.at("/coldStart/seeds").asInt());

        String html = report.page().html();
        assertTrue(html.contains("neither is told")
                && html.contains("idealObserver")
                && html.contains("broad population")
                && html.contains("just come"));
        assertTrue(
                report.text()
                        .contains("minus the latent-class logit, the logit alone is told, 8 pairs, 1 worlds: .005"),
                report.text());
    }

    @Test
    void whatIsInSequenceIsComparedWithTheHeadInSequence() {
        WorldKey world = StudyFiles.broad(6001);
        List<StudyRun> runs = new ArrayList<>();
        runs.add(run(Variant.FULL, world, .7, .7));
        runs.add(run(Variant.SEQUENCE, world, .6, .62));
        runs.add(run(Variant.SEQUENCE_PREFIX, world, .61, .63));
        JsonNode json = StudyReport.of(
                        Finished.of(
                                runs, Map.of(world, new StudyWorld(world, StudyFiles.flat(List.of(0, 2, 8), .5, .6)))),
                        100,
                        Society.BROAD)
                .json()
                .json();
        assertEquals(
                .01, json.at("/ablation/sequence-prefix/minusSequence/mean").asDouble(), 1e-9);
        assertEquals(
                .01,
                json.at("/ablation/sequence-prefix/minusSequenceEarly/high").asDouble(),
                1e-9);
        assertTrue(json.at("/ablation/sequence-prefix/minusFull").isMissingNode());
        assertEquals(-.09, json.at("/ablation/sequence/minusFull/mean").asDouble(), 1e-9);
        assertTrue(json.at("/ablation/sequence/minusSequence").isMissingNode());
    }

    @Test
    void ablationsAreOfOnePopulationAndCurvesOfEach() {
        WorldKey broad = StudyFiles.broad(6001);
        WorldKey sharp = new WorldKey(6001, Society.SHARP);
        Curve ideal = Curve.of(Curve.LENGTHS, length -> new double[] {.5 + length / 100.0});
        Finished finished = Finished.of(
                List.of(whole(broad, .55), whole(sharp, .65)),
                Map.of(broad, new StudyWorld(broad, ideal), sharp, new StudyWorld(sharp, ideal)));
        JsonNode json = StudyReport.of(finished, 100, Society.SHARP).json().json();
        assertEquals("sharp", json.at("/population").asText());
        assertEquals(.65, json.at("/ablation/full/accuracy/mean").asDouble(), 1e-9);
        assertEquals(1, json.at("/ablation/full/seeds").asInt());
        assertEquals(.55, json.at("/curve/broad/8/konomi/mean").asDouble(), 1e-9);
        assertEquals(.65, json.at("/curve/sharp/8/konomi/mean").asDouble(), 1e-9);
    }

    private static double curve(JsonNode json, int length, String name) {
        return json.at("/curve/broad/" + length + "/" + name + "/mean").asDouble();
    }

    private static StudyRun run(Variant variant, WorldKey world, double... accuracies) {
        return StudyFiles.run(new RunKey(variant, 100, world), "f", StudyFiles.flat(TWO, accuracies), Told.NOBODY);
    }

    private static StudyRun whole(WorldKey world, double accuracy) {
        Curve flat = StudyFiles.flat(Curve.LENGTHS, accuracy);
        return StudyFiles.run(new RunKey(Variant.FULL, 100, world), "f", flat, StudyFiles.told(flat));
    }

    private StudyReport report(Society society, String... kept) throws IOException {
        StudyFiles.copy(path, kept);
        StudyFolder folder = new StudyFolder(path);
        List<StudyRun> runs = folder.runs();
        Map<WorldKey, StudyWorld> worlds = new HashMap<>();
        runs.forEach(run -> folder.world(run.key().world()).ifPresent(world -> worlds.put(world.key(), world)));
        return StudyReport.of(Finished.of(runs, worlds), 100, society);
    }
}
