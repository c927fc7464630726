package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.konomi.cli.study.TokenEdits.Edit;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupStudyTest {
    private static final Recipes RECIPES = Recipes.today("encoder", 8);
    private static final int PEOPLE = 100;

    @TempDir
    private Path path;

    private GroupStudy study;
    private final List<Long> made = new ArrayList<>();
    private long now;

    @BeforeEach
    void open() {
        study = new GroupStudy(new GroupFolder(path), RECIPES);
    }

    @Test
    void aFinishedWorldIsNotMadeAgainAndTheNextSittingGoesOn() {
        assertEquals(2, sit(3, 250).size());
        assertEquals(List.of(6001L, 6002L), made);
        assertEquals(
                List.of("100-6003"),
                study.missing(PEOPLE, 3, Society.BROAD).stream()
                        .map(GroupRun::name)
                        .toList());
        sit(3, 250);
        assertEquals(List.of(6001L, 6002L, 6003L), made);
        sit(4, 0);
        assertEquals(3, made.size());
    }

    @Test
    void anotherRecipesOrCrowdsRunsAreLeftOut() {
        sit(2, 1e6);
        assertEquals(2, study.finished(PEOPLE, Society.BROAD).size());
        assertEquals(List.of(), study.finished(2 * PEOPLE, Society.BROAD));
        assertEquals(List.of(), study.finished(PEOPLE, Society.SHARP));
        GroupStudy other = new GroupStudy(new GroupFolder(path), Recipes.today("another encoder", 8));
        assertEquals(List.of(), other.finished(PEOPLE, Society.BROAD));
        assertEquals(2, other.missing(PEOPLE, 2, Society.BROAD).size());
    }

    @Test
    void aRunIsReadBackAsItWasWritten() throws IOException {
        GroupRun run =
                run(6004, .25, List.of(new Edit(7, true, true), new Edit(3, true, false), new Edit(1, false, false)));
        new GroupFolder(path).write(run);
        assertEquals(List.of(run), new GroupFolder(path).runs());
        assertTrue(Files.readString(path.resolve("groups/100-6004.json")).contains("\"editPeople\": [7,3,1]"));
    }

    @Test
    void editsAreCountedOnceEachAndByTheirPeopleAndThoseToldAreNotWrong() throws IOException {
        List<Edit> edits = List.of(new Edit(70, true, true), new Edit(20, true, false), new Edit(10, false, false));
        GroupReport report = new GroupReport(List.of(run(6001, .3, edits), run(6002, .5, edits)));

        assertEquals(1 / 3.0, report.kept(_ -> 1).mean(), 1e-9);
        assertEquals(.7, report.kept(Edit::people).mean(), 1e-9);
        assertEquals(.5, report.right(_ -> 1).mean(), 1e-9);
        assertEquals(7 / 9.0, report.right(Edit::people).mean(), 1e-9);
        assertEquals(.1, report.told(Edit::people).mean(), 1e-9);
        assertEquals(.8, report.ratio(8).mean(), 1e-9);

        Report json = new Report();
        report.write(json);
        json.write(path.resolve("report.json"));
        JsonNode read = new ObjectMapper().readTree(path.resolve("report.json").toFile());
        assertEquals(.4, read.at("/segments/byHistory/8/konomi/mean").asDouble(), 1e-9);
        assertEquals(.5, read.at("/lineage/right/mean").asDouble(), 1e-9);
        assertEquals("true", read.at("/groups/preliminary").asText());
    }

    @Test
    void withoutARunNothingIsSaid() {
        GroupReport none = new GroupReport(List.of());
        HtmlReport page = new HtmlReport("title", "lead");
        none.write(page);
        assertEquals("", none.text());
        assertFalse(page.html().contains("groups"));
    }

    private List<GroupRun> sit(int worlds, double seconds) {
        return study.run(study.missing(PEOPLE, worlds, Society.BROAD), new Sitting(seconds, () -> now), this::train);
    }

    private GroupRun train(RunKey key) {
        made.add(key.world().seed());
        now += 100_000_000_000L;
        return run(key.world().seed(), .4, List.of(new Edit(key.people(), true, true)));
    }

    private static GroupRun run(long seed, double ari, List<Edit> edits) {
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        for (int length : List.of(2, 8, 16, 40)) {
            figures.put("ari." + length, ari);
            figures.put("idealAri." + length, ari / .8);
        }
        for (String name : List.of(
                "nmi",
                "twoInterests",
                "twoInterests.ideal",
                "names.en",
                "names.ja",
                "names.popularity",
                "tokens",
                "dead",
                "largestShare")) {
            figures.put(name, .5);
        }
        RunKey key = GroupRun.key(PEOPLE, new WorldKey(seed, Society.BROAD));
        return new GroupRun(key, RECIPES.fingerprint(key), 100, "here", figures, new TokenEdits(edits));
    }
}
