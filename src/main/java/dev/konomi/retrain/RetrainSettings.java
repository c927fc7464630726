package dev.konomi.retrain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When retraining is worth its cost.
@ConfigMapping(prefix = "konomi.retrain")
public interface RetrainSettings {
    /// Fewest events altogether; below it nothing is trained.
    @WithDefault("400")
    int leastEvents();

    /// Fewest people altogether; below it the gate could not tell a good release from a bad one.
    @WithDefault("40")
    int leastPeople();

    /// Fewest events since the last training began; below it nothing could have changed.
    @WithDefault("200")
    int newEvents();

    /// Time after a training's end in which no other begins.
    @WithDefault("PT10M")
    Duration coolDown();
}
