package dev.konomi.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.funqy.Funq;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// `functions.yaml` against the functions in the code, so that code and deployment cannot drift.
class FunctionsTemplateTest {
    /// The most that an HTTP API waits for a function, in seconds.
    private static final int LONGEST_CALL = 30;

    /// AWS: a queue's messages stay invisible for six times its function's timeout.
    private static final int TIMEOUTS_INVISIBLE = 6;

    private static final SortedMap<String, String> FUNCTIONS = functions();

    @Test
    void theTemplateHasEveryFunctionOfTheCodeOnce() throws IOException {
        assertTrue(FUNCTIONS.size() >= 7, FUNCTIONS.toString());
        assertEquals(List.of(), faults(template(), FUNCTIONS));
    }

    @Test
    void anUnknownAMissingAndARepeatedFunctionAreFound() throws IOException {
        JsonNode template = template();
        export(template, "Score").put("QUARKUS_FUNQY_EXPORT", "guess");
        assertFault(template, "Score exports guess, which no @Funq method is");
        assertFault(template, "score is in no resource");
        export(template, "Score").put("QUARKUS_FUNQY_EXPORT", "tokens");
        assertFault(template, "tokens is in two resources");
    }

    @Test
    void whatDriftsIsFound() throws IOException {
        JsonNode template = template();
        properties(template, "Tokens").put("Description", "Guesses.");
        assertFault(template, "Tokens says \"Guesses.\"");
        properties(template, "Tokens").remove("MemorySize");
        assertFault(template, "Tokens has 0 MB");
        properties(template, "Score").put("Timeout", 60);
        assertFault(template, "Score may take 60 s");
        ((ObjectNode) properties(template, "Score").at("/Events/Call/Properties")).put("Path", "/scores");
        assertFault(template, "Score answers at /scores");
        ((ObjectNode) properties(template, "EventQueue").path("RedrivePolicy")).put("maxReceiveCount", 10);
        assertFault(template, "EventQueue gives a message up after 10");
        properties(template, "EncodeQueue").put("VisibilityTimeout", 30);
        assertFault(template, "EncodeQueue hides messages for 30 s");
        ((ObjectNode) properties(template, "RecordEvent").at("/Events/Queue/Properties"))
                .remove("FunctionResponseTypes");
        assertFault(template, "RecordEvent does not report");
        ((ObjectNode) template.at("/Globals/Function/Environment/Variables")).put("JAVA_TOOL_OPTIONS", "-Xmx1g");
        assertFault(template, "--add-opens");
        ((ObjectNode) template.at("/Globals/Function")).put("Handler", "dev.konomi.Gone::handle");
        assertFault(template, "dev.konomi.Gone::handle");
    }

    private static List<String> faults(JsonNode template, Map<String, String> functions) {
        List<String> faults = new ArrayList<>();
        Map<String, String> exported = new TreeMap<>();
        String handler = template.at("/Globals/Function/Handler").asText();
        if (!handles(handler)) {
            faults.add("The handler " + handler + " is not on the class path.");
        }
        if (!template.at("/Globals/Function/Environment/Variables/JAVA_TOOL_OPTIONS")
                .asText()
                .contains("--add-opens=java.base/java.lang=ALL-UNNAMED")) {
            faults.add(
                    "Quarkus does not start on Java 24 or later without --add-opens=java.base/java.lang=ALL-UNNAMED.");
        }
        template.path("Resources").properties().forEach(resource -> {
            JsonNode properties = resource.getValue().path("Properties");
            String name = resource.getKey();
            if (!resource.getValue().path("Type").asText().equals("AWS::Serverless::Function")) {
                return;
            }
            String function =
                    properties.at("/Environment/Variables/QUARKUS_FUNQY_EXPORT").asText();
            if (exported.put(function, name) != null) {
                faults.add(function + " is in two resources.");
            }
            if (!functions.containsKey(function)) {
                faults.add(name + " exports " + function + ", which no @Funq method is.");
            } else if (!properties.path("Description").asText().equals(functions.get(function))) {
                faults.add(name + " says \"" + properties.path("Description").asText() + "\", its contract \""
                        + functions.get(function) + "\".");
            }
            int memory = properties.path("MemorySize").asInt();
            if (memory < 128 || memory > 10_240) {
                faults.add(name + " has " + memory + " MB.");
            }
            if (properties.path("Events").isEmpty()) {
                faults.add(name + " has no trigger.");
            }
            properties
                    .path("Events")
                    .forEach(event -> faults.addAll(faults(name, function, properties, event, template)));
        });
        functions.keySet().stream()
                .filter(function -> !exported.containsKey(function))
                .forEach(function -> faults.add(function + " is in no resource."));
        return faults;
    }

    private static List<String> faults(
            String name, String function, JsonNode properties, JsonNode event, JsonNode template) {
        List<String> faults = new ArrayList<>();
        int timeout = properties.path("Timeout").asInt();
        JsonNode trigger = event.path("Properties");
        switch (event.path("Type").asText()) {
            case "HttpApi" -> {
                if (!trigger.path("Path").asText().equals("/" + function)
                        || !trigger.path("Method").asText().equals("POST")) {
                    faults.add(name + " answers at " + trigger.path("Path").asText() + ".");
                }
                if (timeout < 1 || timeout > LONGEST_CALL) {
                    faults.add(name + " may take " + timeout + " s, a call by HTTP " + LONGEST_CALL + " s.");
                }
            }
            case "SQS" -> {
                if (!trigger.at("/FunctionResponseTypes/0").asText().equals("ReportBatchItemFailures")) {
                    faults.add(name + " does not report which messages failed.");
                }
                String queue = trigger.path("Queue").asText().replace(".Arn", "");
                JsonNode settings = template.path("Resources").path(queue).path("Properties");
                int deliveries = settings.at("/RedrivePolicy/maxReceiveCount").asInt();
                if (deliveries < 2 || deliveries >= Answer.MOST_DELIVERIES) {
                    faults.add(queue + " gives a message up after " + deliveries + " deliveries, Konomi after "
                            + Answer.MOST_DELIVERIES + ".");
                }
                String deadLetters = settings.at("/RedrivePolicy/deadLetterTargetArn")
                        .asText()
                        .replace(".Arn", "");
                if (!template.path("Resources").has(deadLetters)) {
                    faults.add(queue + " has no dead letters.");
                }
                int hidden = settings.path("VisibilityTimeout").asInt();
                if (hidden < TIMEOUTS_INVISIBLE * timeout) {
                    faults.add(queue + " hides messages for " + hidden + " s.");
                }
            }
            case "ScheduleV2" -> {
                if (!(Binding.read(trigger.path("Input").asText()) instanceof Outcome.Answered<JsonNode>)) {
                    faults.add(name + " is called on schedule with what is no JSON.");
                }
            }
            default ->
                faults.add(name + " has the trigger " + event.path("Type").asText() + ", unknown here.");
        }
        return faults;
    }

    private static boolean handles(String handler) {
        try {
            String[] parts = handler.split("::", 2);
            return java.util.Arrays.stream(Class.forName(parts[0]).getMethods())
                    .anyMatch(method -> method.getName().equals(parts[1]));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /// @return what each function's contract says that it does, by name
    private static SortedMap<String, String> functions() {
        SortedMap<String, String> functions = new TreeMap<>();
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.konomi").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Funq.class))
                        .forEach(method -> functions.put(name(method), does(method)));
        return functions;
    }

    private static String name(JavaMethod method) {
        return method.getAnnotationOfType(Funq.class).value();
    }

    private static String does(JavaMethod method) {
        return method.tryGetAnnotationOfType(Contract.class).map(Contract::does).orElse("");
    }

    private static void assertFault(JsonNode template, String fault) {
        List<String> faults = faults(template, FUNCTIONS);
        assertTrue(faults.stream().anyMatch(found -> found.contains(fault)), fault + ": " + faults);
    }

    private static ObjectNode export(JsonNode template, String resource) {
        return (ObjectNode) properties(template, resource).at("/Environment/Variables");
    }

    private static ObjectNode properties(JsonNode template, String resource) {
        return (ObjectNode) template.path("Resources").path(resource).path("Properties");
    }

    private static JsonNode template() throws IOException {
        return new YAMLMapper().readTree(Path.of("functions.yaml").toFile());
    }
}
