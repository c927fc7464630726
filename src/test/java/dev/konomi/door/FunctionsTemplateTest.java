package dev.konomi.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.konomi.Settings;
import io.quarkus.funqy.Funq;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// `functions.yaml` against the functions in the code, so that code and deployment cannot drift.
class FunctionsTemplateTest {
    private static final JavaClasses CODE = Settings.code();
    private static final SortedMap<String, Contract> FUNCTIONS = functions();
    private static final Set<String> SETTINGS = Settings.environment(CODE);

    @Test
    void theTemplateHasEveryFunctionOfTheCodeOnce() throws IOException {
        assertTrue(FUNCTIONS.size() >= 7, FUNCTIONS.toString());
        assertTrue(SETTINGS.containsAll(List.of("KONOMI_TENANT", "KONOMI_STORE_URL", "KONOMI_DATABASE_URL")));
        assertEquals(List.of(), TemplateFaults.of(template(), FUNCTIONS, SETTINGS));
    }

    @Test
    void anUnknownAMissingAndARepeatedFunctionAreFound() throws IOException {
        JsonNode template = template();
        variables(template, "Score").put("QUARKUS_FUNQY_EXPORT", "guess");
        assertFault(template, "Score exports guess, which no @Funq method is");
        assertFault(template, "score is in no resource");
        variables(template, "Score").put("QUARKUS_FUNQY_EXPORT", "tokens");
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
        at(template, "Score", "/Events/Call/Properties").put("Path", "/scores");
        assertFault(template, "Score answers at /scores");
        at(template, "Retrain", "/Events/Due/Properties").put("Input", "{\"cause\": \"schedule\"}");
        assertFault(template, "Retrain is called with {\"cause\": \"schedule\"}, which it refuses");
        variables(template, "Retrain").put("KONOMI_RETRAIN_COOLDOWN", "PT1H");
        assertFault(template, "Retrain is given KONOMI_RETRAIN_COOLDOWN, which nothing reads");
        all(template).put("Handler", "dev.konomi.Gone::handle");
        assertFault(template, "dev.konomi.Gone::handle");
        ((ObjectNode) all(template).at("/Environment/Variables")).put("JAVA_TOOL_OPTIONS", "-Xmx1g");
        assertFault(template, "--add-opens");
        assertFault(template, "ONNX Runtime's libraries");
    }

    @Test
    void aQueueThatLosesOrSpoilsMessagesIsFound() throws IOException {
        JsonNode template = template();
        at(template, "EventQueue", "/RedrivePolicy").put("maxReceiveCount", 10);
        assertFault(template, "EventQueue gives a message up after 10");
        properties(template, "EventQueue").remove("RedrivePolicy");
        assertFault(template, "EventQueue has no dead letters");
        properties(template, "EncodeQueue").put("VisibilityTimeout", 30);
        assertFault(template, "EncodeQueue hides messages for 30 s");
        at(template, "RecordEvent", "/Events/Queue/Properties").remove("FunctionResponseTypes");
        assertFault(template, "RecordEvent does not report");
        at(template, "EncodeItems", "/Events/Queue/Properties/ScalingConfig").put("MaximumConcurrency", 10);
        assertFault(template, "EncodeItems takes 10 batches at a time of the 3");
        at(template, "EncodeItems", "/Events/Stored/Properties").remove("DeadLetterConfig");
        assertFault(template, "EncodeItems has no dead letters for calls without a caller");
        properties(template, "Retrain").remove("EventInvokeConfig");
        assertFault(template, "Retrain has no dead letters for calls without a caller");
    }

    @Test
    void whatAnOperatorWouldMissIsFound() throws IOException {
        JsonNode template = template();
        properties(template, "Score").remove("ReservedConcurrentExecutions");
        assertFault(template, "Score has no limit of concurrency");
        properties(template, "Score").remove("AutoPublishAliasAllProperties");
        assertFault(template, "Score publishes no version");
        all(template).put("Tracing", "PassThrough");
        assertFault(template, "not traced");
        properties(template, "Logs").remove("RetentionInDays");
        assertFault(template, "do not log JSON into a group that forgets");
        all(template).remove("AutoPublishAlias");
        assertFault(template, "do not start from a snapshot");
    }

    @Test
    void aPermissionThatIsTooWideIsFound() throws IOException {
        JsonNode template = template();
        ObjectNode deletion = at(template, "RemoveItems", "/Policies/0/Statement/0");
        deletion.put("Action", "s3:*");
        assertFault(template, "RemoveItems may do \"s3:*\"");
        deletion.put("Action", "s3:DeleteObject").put("Resource", "arn:${AWS::Partition}:s3:::${Bucket}/*");
        assertFault(template, "RemoveItems may do \"s3:DeleteObject\" to");
        at(template, "Score", "/Policies/0/Statement/0").remove("Condition");
        assertFault(template, "Score may do \"s3:ListBucket\"");
    }

    private static SortedMap<String, Contract> functions() {
        SortedMap<String, Contract> functions = new TreeMap<>();
        CODE.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Funq.class))
                .forEach(method -> functions.put(
                        method.getAnnotationOfType(Funq.class).value(), method.getAnnotationOfType(Contract.class)));
        return functions;
    }

    private static void assertFault(JsonNode template, String fault) {
        List<String> faults = TemplateFaults.of(template, FUNCTIONS, SETTINGS);
        assertTrue(faults.stream().anyMatch(found -> found.contains(fault)), fault + ": " + faults);
    }

    private static ObjectNode all(JsonNode template) {
        return (ObjectNode) template.at("/Globals/Function");
    }

    private static ObjectNode variables(JsonNode template, String resource) {
        return at(template, resource, "/Environment/Variables");
    }

    private static ObjectNode at(JsonNode template, String resource, String path) {
        return (ObjectNode) properties(template, resource).at(path);
    }

    private static ObjectNode properties(JsonNode template, String resource) {
        return (ObjectNode) template.path("Resources").path(resource).path("Properties");
    }

    private static JsonNode template() throws IOException {
        return new YAMLMapper().readTree(Path.of("functions.yaml").toFile());
    }
}
