package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.TrainingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
    private static final Recipes RECIPES = recipes(TrainingPlan.quick());
    private static final Study.Plan PLAN = new Study.Plan(List.of(Variant.FULL, Variant.WITHOUT_OWN), 2, 100);

    @TempDir
    private Path path;

    private StudyFolder folder;
    private final List<String> made = new ArrayList<>();
    private long now;

    @BeforeEach
    void open() {
        folder = new StudyFolder(path);
    }

    @Test
    void worldByWorldTheFullRecipeFirst() {
        assertEquals(
                List.of("full-100-6001", "without-own-100-6001", "full-100-6002", "without-own-100-6002"),
                study(RECIPES).missing(PLAN).stream().map(RunKey::name).toList());
    }

    @Test
    void aFinishedRunIsNotMadeAgain() {
        study(RECIPES).run(PLAN, 1e6, this::train);
        assertEquals(4, made.size());
        study(RECIPES).run(PLAN, 1e6, this::train);
        assertEquals(4, made.size());
    }

    @Test
    void noRunIsBegunThatTheBudgetWouldNotSeeFinishedAndTheNextSittingGoesOn() {
        study(RECIPES).run(PLAN, 150, this::train);
        assertEquals(List.of("full-100-6001", "without-own-100-6001"), made);
        study(RECIPES).run(PLAN, 1, this::train);
        assertEquals(List.of("full-100-6001", "without-own-100-6001", "full-100-6002"), made);
        study(RECIPES).run(PLAN, 0, this::train);
        assertEquals(3, made.size());
    }

    @Test
    void anotherRecipesRunsAreMadeAgainAndLeftOut() {
        study(RECIPES).run(PLAN, 1e6, this::train);
        Study longer = study(recipes(TrainingPlan.full()));
        assertEquals(List.of(), longer.finished());
        assertEquals(4, longer.missing(PLAN).size());
    }

    @Test
    void aRunIsReadBackAsItWasWritten() throws IOException {
        StudyRun run = run(new RunKey(Variant.POOL_8, 100, 6003), .7125, .625);
        folder.write(run);
        StudyRun read = folder.runs().getFirst();
        assertEquals(run.key(), read.key());
        assertEquals(run.fingerprint(), read.fingerprint());
        assertEquals(run.figures(), read.figures());
        assertArrayEquals(run.late(), read.late(), 5.01e-4);
        assertTrue(Files.readString(path.resolve("runs/pool-8-100-6003.json")).contains("\"late\": [713,625]"));
    }

    @Test
    void theReportTakesPairedDifferencesFromTwoRuns() throws IOException {
        golden("runs/full-100-6001.json");
        golden("runs/without-own-100-6001.json");
        golden("worlds/6001.json");
        StudyReport report =
                new StudyReport(folder.runs(), Map.of(6001L, folder.world(6001).orElseThrow()), 100);
        StudyReport.Row full = report.rows().getFirst();
        StudyReport.Row own = report.rows().getLast();
        // Full .70 .72 .68 .70, without own .68 .72 .64 .68, popularity .64 .66 .62 .64, ideal .74 .76 .72 .74.
        assertEquals(.6, full.gain().mean(), 1e-9);
        assertEquals(.4, own.gain().mean(), 1e-9);
        StudyReport.Paired paired = own.paired().orElseThrow();
        assertEquals(-.02, paired.late().mean(), 1e-9);
        assertTrue(paired.late().low() >= -.04 && paired.late().low() < -.02);
        assertTrue(paired.late().high() <= 1e-9 && paired.late().high() > -.02);
        assertEquals(0, paired.early().mean(), 1e-9);
        assertTrue(full.paired().isEmpty());

        var json = report.json().json();
        assertEquals(.4, json.at("/ablation/without-own/mean").asDouble(), 1e-9);
        assertEquals(-.02, json.at("/ablation/without-own/minusFull/mean").asDouble(), 1e-9);
        assertEquals("true", json.at("/ablation/full/preliminary").asText());
        assertEquals(.6, json.at("/byPeople/100/full/mean").asDouble(), 1e-9);
        String html = report.page().html();
        assertTrue(html.contains("without-own") && html.contains("preliminary"));
        assertTrue(report.text().contains("−.020"), report.text());
    }

    private static Recipes recipes(TrainingPlan plan) {
        SequencePlan sequence = SequencePlan.quick(8, 1);
        return new Recipes(plan, sequence, sequence, "encoder");
    }

    private Study study(Recipes recipes) {
        return new Study(folder, recipes, () -> now);
    }

    private StudyRun train(RunKey key) {
        made.add(key.name());
        now += 60_000_000_000L;
        return run(key, .7, .6);
    }

    private static StudyRun run(RunKey key, double... accuracies) {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("accuracy.8", .65);
        return new StudyRun(
                key, RECIPES.fingerprint(key), 10, 60, "a machine", "stage-one", figures, accuracies, accuracies);
    }

    private void golden(String name) throws IOException {
        try (var in = StudyTest.class.getResourceAsStream("/dev/konomi/cli/study/" + name)) {
            Path file = path.resolve(name);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
