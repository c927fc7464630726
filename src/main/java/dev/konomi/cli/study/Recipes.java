package dev.konomi.cli.study;

import dev.konomi.release.Sha256;
import dev.konomi.train.stage.Seeds;
import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.TrainingPlan;
import java.nio.charset.StandardCharsets;

/// What is trained for each run, and how to tell whether an old run still says what a new one would.
///
/// @param full the full recipe of the late head
/// @param sequence that of the head in sequence
/// @param prior how its prior is fitted, once for all worlds
/// @param encoder digest of the frozen encoder
record Recipes(TrainingPlan full, SequencePlan sequence, SequencePlan prior, String encoder) {
    /// Raise this when training changes in a way that no plan shows: older runs are then made anew.
    static final int REVISION = 2;

    /// The same for the late head alone. 2: tastes may change within a history. 3: tokens that are no
    /// groups leave the pool. 4: a trained history stands where it clearly helps.
    static final int LATE_REVISION = 4;

    private static final int DIGITS = 16;

    /// Steps of prior fitting; reckoned from 50 ms a step about seven minutes, not measured yet.
    private static final int PRIOR_STEPS = 8_000;

    /// What the study trains.
    ///
    /// @param encoder digest of the frozen encoder
    /// @param width of its encodings
    static Recipes today(String encoder, int width) {
        SequencePlan sequence = SequencePlan.full(width, 1);
        return new Recipes(
                TrainingPlan.full(),
                sequence,
                sequence.withSteps(PRIOR_STEPS, 0).withSeeds(Seeds.of(TrainingWorlds.FIRST)),
                encoder);
    }

    TrainingPlan plan(RunKey key) {
        return key.variant().plan(full).withSeeds(Seeds.of(key.world().seed()));
    }

    SequencePlan sequence(RunKey key) {
        return key.variant().plan(sequence).withSeeds(Seeds.of(key.world().seed()));
    }

    /// @return tells one prior from another
    String priorFingerprint() {
        return digits(REVISION + " " + prior + " " + TrainingWorlds.says() + " " + encoder);
    }

    /// @return the same for the same plan, inputs, people and population, whatever the commit
    String fingerprint(RunKey key) {
        Inputs inputs = key.variant().inputs();
        String all = REVISION + " " + key.people() + " " + says(key) + " " + inputs + " "
                + (inputs == Inputs.ATTRIBUTES ? "" : encoder)
                + key.world().society().suffix();
        return digits(all);
    }

    private String says(RunKey key) {
        if (!key.variant().inSequence()) {
            return plan(key) + " " + LATE_REVISION;
        }
        return sequence(key) + (key.variant().start() == Variant.Start.PRIOR ? " " + priorFingerprint() : "");
    }

    private static String digits(String all) {
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }
}
