package dev.konomi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeCommandTest {
    /// A setting that the environment gives must not be overruled by what `serve` presets.
    @ParameterizedTest
    @CsvSource({
        "konomi.trainer.local, KONOMI_TRAINER_LOCAL",
        "konomi.retrain.check-every, KONOMI_RETRAIN_CHECK_EVERY",
        "konomi.trainer.work, KONOMI_TRAINER_WORK"
    })
    void aSettingIsLookedForUnderTheVariableThatItIsReadFrom(String setting, String variable) {
        assertEquals(variable, ServeCommand.variable(setting));
    }
}
