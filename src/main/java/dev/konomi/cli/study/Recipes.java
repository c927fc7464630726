package dev.konomi.cli.study;

import dev.konomi.release.Sha256;
import dev.konomi.train.stage.Seeds;
import dev.konomi.train.stage.TrainingPlan;
import java.nio.charset.StandardCharsets;

/// What is trained for each run, and how to tell whether an old run still says what a new one would.
///
/// @param full the full recipe
/// @param encoder digest of the frozen encoder
record Recipes(TrainingPlan full, String encoder) {
    /// Raise this when training changes in a way that no plan shows: older runs are then made anew.
    static final int REVISION = 1;

    private static final int DIGITS = 16;

    TrainingPlan plan(RunKey key) {
        return key.variant().plan(full).withSeeds(Seeds.of(key.seed()));
    }

    /// @return the same for the same plan, inputs and people, whatever the commit
    String fingerprint(RunKey key) {
        Inputs inputs = key.variant().inputs();
        String all = REVISION + " " + key.people() + " " + plan(key) + " " + inputs + " "
                + (inputs == Inputs.ATTRIBUTES ? "" : encoder);
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }
}
