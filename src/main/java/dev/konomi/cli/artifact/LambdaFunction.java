package dev.konomi.cli.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One function of `functions.yaml` in a process of its own, started as Lambda's managed runtime for Java starts it:
/// the unpacked `function.zip` as working folder, the runtime interface client on the class path, the template's
/// handler and settings.
///
/// @param api invokes it
/// @param process runs it
public record LambdaFunction(RuntimeApi api, FunctionProcess process) implements AutoCloseable {
    /// Where Lambda unpacks a function.
    private static final String TASK = "/var/task";

    /// The way to start one.
    ///
    /// @param template `functions.yaml`
    /// @param task the unpacked `function.zip`
    /// @param runtime folder of the runtime interface client and what it needs
    public record Delivered(Path template, Path task, Path runtime) {
        /// @param home the checkout's folder, where `./mvnw -Plambda package` was run
        /// @return what that made
        /// @throws IllegalArgumentException when it was not run
        public static Delivered in(Path home) {
            Path task = home.resolve("target/function");
            if (!Files.isDirectory(task)) {
                throw new IllegalArgumentException(
                        "There is no " + task + ": run ./mvnw -Plambda -DskipTests package first.");
            }
            return new Delivered(home.resolve("functions.yaml"), task, home.resolve("target/lambda/runtime"));
        }
    }

    /// @param delivered what to start
    /// @param function its name, such as `score`
    /// @param settings beside the template's, or instead of them: database, object store
    /// @param log receives what the process prints
    /// @return the function, just started
    /// @throws IllegalArgumentException when the template has no such function
    public static LambdaFunction start(Delivered delivered, String function, Map<String, String> settings, Path log) {
        JsonNode template = template(delivered.template());
        Map<String, String> environment = new HashMap<>(environment(template, delivered, function));
        environment.put("LAMBDA_TASK_ROOT", delivered.task().toString());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function);
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.putAll(settings);
        RuntimeApi api = new RuntimeApi();
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Lambda's own hooks around a snapshot, under the name that everybody's hooks have.
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-cp",
                delivered.runtime() + "/*",
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                template.at("/Globals/Function/Handler").asText());
        return new LambdaFunction(api, FunctionProcess.start(command, delivered.task(), environment, log));
    }

    private static JsonNode template(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read.", unreadable);
        }
    }

    /// Settings that the template takes from its parameters are left to whoever starts the function.
    private static Map<String, String> environment(JsonNode template, Delivered delivered, String function) {
        Map<String, String> environment = new HashMap<>();
        take(template.at("/Globals/Function/Environment/Variables"), delivered, environment);
        for (JsonNode resource : template.path("Resources")) {
            JsonNode variables = resource.at("/Properties/Environment/Variables");
            if (variables.path("QUARKUS_FUNQY_EXPORT").asText().equals(function)) {
                take(variables, delivered, environment);
                environment.keySet().removeIf(name -> name.startsWith("KONOMI_"));
                return environment;
            }
        }
        throw new IllegalArgumentException(delivered.template() + " has no function " + function + ".");
    }

    private static void take(JsonNode variables, Delivered delivered, Map<String, String> into) {
        variables
                .properties()
                .forEach(variable -> into.put(
                        variable.getKey(),
                        variable.getValue()
                                .asText()
                                .replace(TASK, delivered.task().toString())));
    }

    @Override
    public void close() {
        process.close();
        api.close();
    }
}
