package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.gallery.ChangeOfTaste;
import dev.konomi.history.Observation;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import dev.konomi.train.evaluate.Ranker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTest {
    private static final RunKey KEY =
            new RunKey(Variant.FULL, DriftRun.LEARNED_FROM, new WorldKey(6001, Society.BROAD));

    @TempDir
    private Path path;

    @Test
    void accuracyIsBackWhereTheLineReachesMostOfTheOldOne() {
        // 0, 1, 2, 4, 8, 12, 16, 24, 32, 40 events; .76 of the old .80 is half way from 16 to 24.
        Drift drift = Drift.of(List.of(run(.80, .60, .60, .61, .62, .66, .70, .74, .78, .79, .80)))
                .orElseThrow();
        Drift.Return konomi = Objects.requireNonNull(drift.returns().get("konomi"));
        assertEquals(20, konomi.events().mean(), 1e-9);
        assertTrue(konomi.back());
        assertEquals(.80, konomi.before().mean(), 1e-9);
        assertEquals(.66, Objects.requireNonNull(konomi.after().get(8)).mean(), 1e-9);
    }

    @Test
    void whatNeverComesBackCountsAsTheLongest() {
        Drift drift = Drift.of(List.of(run(.80, .60, .60, .60, .60, .60, .60, .60, .60, .61, .62)))
                .orElseThrow();
        Drift.Return konomi = Objects.requireNonNull(drift.returns().get("konomi"));
        assertEquals(ChangeOfTaste.LONGEST, konomi.events().mean());
        assertFalse(konomi.back());
        assertTrue(drift.text().contains("not within 40"));
    }

    @Test
    void whatNeverLeftIsBackAtOnce() {
        double[] flat = new double[ChangeOfTaste.CHOICES_AFTER.size()];
        Arrays.fill(flat, .8);
        assertEquals(0, Drift.back(.76, flat));
        assertEquals(Optional.empty(), Drift.of(List.of()));
    }

    @Test
    void programsAndPeopleReadIt() {
        Drift drift = Drift.of(List.of(run(.80, .60, .60, .61, .62, .66, .70, .74, .78, .79, .80)))
                .orElseThrow();
        Report report = new Report();
        drift.write(report);
        JsonNode json = report.json();
        assertEquals(20, json.at("/driftEvents/konomi/mean").asDouble(), 1e-6);
        assertEquals(.74, json.at("/driftEvents/withoutTime/after/16/mean").asDouble(), 1e-6);
        assertEquals("true", json.at("/driftEvents/idealObserver/back").asText());
        HtmlReport page = new HtmlReport("t", "l");
        drift.write(page);
        assertTrue(page.html().contains("Konomi without time"));
    }

    @Test
    void aRunIsReadBackAsItWasWrittenIfItIsOfTheSameRecipe() {
        DriftRun run = run(.80, .60, .60, .61, .62, .66, .70, .74, .78, .79, .80);
        DriftFolder folder = new DriftFolder(path);
        folder.write(run);
        DriftRun read = folder.run(KEY, "f").orElseThrow();
        assertArrayEquals(run.konomi().before(), read.konomi().before());
        assertArrayEquals(run.withoutTime().at(16), read.withoutTime().at(16));
        assertEquals(Optional.empty(), folder.run(KEY, "another"));
    }

    @Test
    void aFullRunIsMissingUntilItWasAskedAboutChanges() {
        StudyFolder folder = new StudyFolder(path);
        Recipes recipes = Recipes.today("encoder", 8);
        Study study = new Study(folder, recipes, () -> 0);
        Study.Plan plan = new Study.Plan(List.of(Variant.FULL), 1, DriftRun.LEARNED_FROM, Society.BROAD);
        Curve whole = StudyFiles.flat(Curve.LENGTHS, .7, .6);
        folder.write(StudyFiles.run(KEY, recipes.fingerprint(KEY), whole, StudyFiles.told(whole)));
        assertEquals(List.of(KEY), study.missing(plan));
        assertEquals(List.of(), study.drifts(Society.BROAD));

        DriftRun run = run(.80, .60, .60, .61, .62, .66, .70, .74, .78, .79, .80);
        new DriftFolder(path)
                .write(new DriftRun(
                        KEY, recipes.fingerprint(KEY), run.konomi(), run.withoutTime(), run.idealObserver()));
        assertEquals(List.of(), study.missing(plan));
        assertEquals(1, study.drifts(Society.BROAD).size());
        assertEquals(List.of(), study.drifts(Society.SHARP));
    }

    @Test
    void withoutTimeEverythingHappenedAtOnce() {
        List<Observation> history =
                List.of(new Observation.Choice(0, 1, 1, 1_000), new Observation.Opinion(2, true, .5f, 2_000));
        Ranker latest = (seen, candidates) -> new double[] {
            seen.getFirst().at(), seen.getLast().at(), seen.getLast().weight()
        };
        assertArrayEquals(
                new double[] {0, 0, .5}, DriftExamination.withoutTime(latest).score(history, new int[3]));
    }

    @Test
    void refusesOtherPeopleAndOtherMoments() {
        Recovery one = recovery(1, .80, .60, .60, .61, .62, .66, .70, .74, .78, .79, .80);
        Recovery two = recovery(2, .80, .60, .60, .61, .62, .66, .70, .74, .78, .79, .80);
        assertThrows(IllegalArgumentException.class, () -> new DriftRun(KEY, "f", one, one, two));
        SequencedMap<Integer, double[]> few = new LinkedHashMap<>(Map.of(0, new double[] {.5}));
        assertThrows(IllegalArgumentException.class, () -> new Recovery(new double[] {.5}, few));
    }

    private static DriftRun run(double before, double... after) {
        Recovery recovery = recovery(2, before, after);
        return new DriftRun(KEY, "f", recovery, recovery, recovery);
    }

    private static Recovery recovery(int people, double before, double... after) {
        SequencedMap<Integer, double[]> byEvents = new LinkedHashMap<>();
        for (int place = 0; place < after.length; place++) {
            byEvents.put(ChangeOfTaste.CHOICES_AFTER.get(place), everybody(people, after[place]));
        }
        return new Recovery(everybody(people, before), byEvents);
    }

    private static double[] everybody(int people, double accuracy) {
        double[] all = new double[people];
        Arrays.fill(all, accuracy);
        return all;
    }
}
