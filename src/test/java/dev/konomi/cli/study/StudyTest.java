package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
    private static final Recipes RECIPES = recipes(TrainingPlan.quick());
    private static final Study.Plan PLAN =
            new Study.Plan(List.of(Variant.FULL, Variant.WITHOUT_OWN), 2, 100, Society.BROAD);

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
    void aRunThatLacksWhatTodaysKeepIsMadeAgainAndCountsUntilThen() {
        study(RECIPES).run(PLAN, 1e6, this::train);
        RunKey full = new RunKey(Variant.FULL, 100, StudyFiles.broad(6002));
        Curve two = StudyFiles.flat(List.of(Curve.EARLY, Curve.LATE), .7, .6);
        folder.write(StudyFiles.run(full, RECIPES.fingerprint(full), two, Told.NOBODY));
        assertEquals(List.of(full), study(RECIPES).missing(PLAN));
        assertEquals(4, study(RECIPES).finished().size());

        Curve whole = StudyFiles.flat(Curve.LENGTHS, .7, .6);
        folder.write(StudyFiles.run(full, RECIPES.fingerprint(full), whole, Told.NOBODY));
        assertEquals(List.of(full), study(RECIPES).missing(PLAN), "the latent-class logit was not asked");
        folder.write(StudyFiles.run(full, RECIPES.fingerprint(full), whole, StudyFiles.told(whole)));
        assertEquals(List.of(), study(RECIPES).missing(PLAN));
    }

    @Test
    void anotherPopulationsRunsAreItsOwn() {
        study(RECIPES).run(PLAN, 1e6, this::train);
        Study.Plan sharp = new Study.Plan(List.of(Variant.FULL), 1, 100, Society.SHARP);
        assertEquals(
                List.of("full-100-6001-sharp"),
                study(RECIPES).missing(sharp).stream().map(RunKey::name).toList());
        study(RECIPES).run(sharp, 1e6, this::train);
        assertEquals(List.of(), study(RECIPES).missing(sharp));
        RunKey key = new RunKey(Variant.FULL, 100, new WorldKey(6001, Society.SHARP));
        StudyRun run = folder.run(key).orElseThrow();
        assertEquals(key, run.key());
        RunKey broad = new RunKey(Variant.FULL, 100, StudyFiles.broad(6001));
        assertNotEquals(RECIPES.fingerprint(broad), run.fingerprint());
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
        Curve whole = StudyFiles.flat(Curve.LENGTHS, .7, .6);
        return StudyFiles.run(
                key,
                RECIPES.fingerprint(key),
                whole,
                key.variant() == Variant.FULL ? StudyFiles.told(whole) : Told.NOBODY);
    }
}
