package dev.konomi.retrain;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/// Retraining's settings as they are without any, but for those given.
final class TestRetrainSettings {
    private TestRetrainSettings() {}

    static RetrainSettings of(Map<String, String> given) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(given, "given", 500))
                .withMapping(RetrainSettings.class)
                .build()
                .getConfigMapping(RetrainSettings.class);
    }
}
