package dev.konomi.door;

import org.eclipse.microprofile.config.ConfigProvider;

/// Where the application under test listens; the Lambda extension points RestAssured at its own mock server.
final class Ports {
    private Ports() {}

    /// @return the HTTP port
    static int http() {
        return ConfigProvider.getConfig()
                .getOptionalValue("quarkus.http.test-port", Integer.class)
                .orElse(8081);
    }

    /// @return where Lambda's mock server takes events for the one function that the configuration exports
    static int lambda() {
        return ConfigProvider.getConfig().getValue("quarkus.lambda.mock-event-server.test-port", Integer.class);
    }
}
