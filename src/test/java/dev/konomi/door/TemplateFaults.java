package dev.konomi.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What is wrong with `functions.yaml`, seen from the code. Tags such as `!Ref` are gone once the file is read: a
/// reference reads as the name it refers to.
final class TemplateFaults {
    /// The most that an HTTP API waits for a function, in seconds.
    private static final int LONGEST_CALL = 30;

    /// AWS: a queue's messages stay invisible for six times its function's timeout.
    private static final int TIMEOUTS_INVISIBLE = 6;

    private final JsonNode template;
    private final Map<String, Contract> functions;
    private final Set<String> settings;
    private final List<String> faults = new ArrayList<>();

    private TemplateFaults(JsonNode template, Map<String, Contract> functions, Set<String> settings) {
        this.template = template;
        this.functions = functions;
        this.settings = settings;
    }

    /// @param template `functions.yaml`
    /// @param functions the code's functions by name
    /// @param settings environment variables that the code reads
    /// @return what is wrong, in sentences
    static List<String> of(JsonNode template, Map<String, Contract> functions, Set<String> settings) {
        var faults = new TemplateFaults(template, functions, settings);
        faults.ofAllFunctions();
        faults.ofFunctions();
        faults.ofQueues();
        return faults.faults;
    }

    private void ofAllFunctions() {
        JsonNode all = template.at("/Globals/Function");
        String handler = all.path("Handler").asText();
        if (!handles(handler)) {
            faults.add("The handler " + handler + " is not on the class path.");
        }
        if (!all.at("/Environment/Variables/JAVA_TOOL_OPTIONS")
                .asText()
                .contains("--add-opens=java.base/java.lang=ALL-UNNAMED")) {
            faults.add(
                    "Quarkus does not start on Java 24 or later without --add-opens=java.base/java.lang=ALL-UNNAMED.");
        }
        if (!all.at("/Environment/Variables/JAVA_TOOL_OPTIONS")
                .asText()
                .contains("-Donnxruntime.native.path=/var/task/onnxruntime")) {
            faults.add("ONNX Runtime's libraries lie in the folder onnxruntime of function.zip, nowhere else.");
        }
        if (!all.path("Tracing").asText().equals("Active")) {
            faults.add("Functions are not traced.");
        }
        JsonNode log = all.path("LoggingConfig");
        if (!log.path("LogFormat").asText().equals("JSON")
                || !resource(log.path("LogGroup").asText()).has("RetentionInDays")) {
            faults.add("Functions do not log JSON into a group that forgets.");
        }
        if (!all.at("/SnapStart/ApplyOn").asText().equals("PublishedVersions")
                || all.path("AutoPublishAlias").asText().isEmpty()) {
            faults.add("Functions do not start from a snapshot, which only a published version has.");
        }
        unknownSettings("Every function", all);
    }

    private void ofFunctions() {
        Map<String, String> exported = new TreeMap<>();
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
            Contract contract = functions.get(function);
            if (contract == null) {
                faults.add(name + " exports " + function + ", which no @Funq method is.");
            } else if (!properties.path("Description").asText().equals(contract.does())) {
                faults.add(name + " says \"" + properties.path("Description").asText() + "\", its contract \""
                        + contract.does() + "\".");
            }
            int memory = properties.path("MemorySize").asInt();
            if (memory < 128 || memory > 10_240) {
                faults.add(name + " has " + memory + " MB.");
            }
            if (concurrency(properties) < 1) {
                faults.add(name + " has no limit of concurrency.");
            }
            if (!properties.path("AutoPublishAliasAllProperties").asBoolean()) {
                faults.add(name + " publishes no version when its settings change: callers would keep the old ones.");
            }
            if (properties.path("Events").isEmpty()) {
                faults.add(name + " has no trigger.");
            }
            properties.path("Events").forEach(event -> ofTrigger(name, function, properties, event));
            ofPermissions(name, properties);
            unknownSettings(name, properties);
        });
        functions.keySet().stream()
                .filter(function -> !exported.containsKey(function))
                .forEach(function -> faults.add(function + " is in no resource."));
    }

    private void ofTrigger(String name, String function, JsonNode properties, JsonNode event) {
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
            case "SQS" -> ofQueueTrigger(name, properties, trigger);
            case "ScheduleV2", "EventBridgeRule" -> {
                ofPayload(name, function, trigger.path("Input").asText());
                // Two ways to get lost: before the function is called, and after it failed.
                if (!isQueue(trigger.at("/DeadLetterConfig/Arn").asText())
                        || !isQueue(properties
                                .at("/EventInvokeConfig/DestinationConfig/OnFailure/Destination")
                                .asText())) {
                    faults.add(name + " has no dead letters for calls without a caller.");
                }
            }
            default ->
                faults.add(name + " has the trigger " + event.path("Type").asText() + ", unknown here.");
        }
    }

    private void ofQueueTrigger(String name, JsonNode properties, JsonNode trigger) {
        if (!trigger.at("/FunctionResponseTypes/0").asText().equals("ReportBatchItemFailures")) {
            faults.add(name + " does not report which messages failed.");
        }
        int most = trigger.at("/ScalingConfig/MaximumConcurrency").asInt();
        if (most < 2 || most >= concurrency(properties)) {
            faults.add(name + " takes " + most + " batches at a time of the " + concurrency(properties)
                    + " calls it may answer: messages would be turned away and counted as failed.");
        }
        String queue = trigger.path("Queue").asText().replace(".Arn", "");
        int hidden = resource(queue).path("VisibilityTimeout").asInt();
        if (hidden < TIMEOUTS_INVISIBLE * properties.path("Timeout").asInt()) {
            faults.add(queue + " hides messages for " + hidden + " s.");
        }
        int deliveries = resource(queue).at("/RedrivePolicy/maxReceiveCount").asInt();
        if (deliveries < 2 || deliveries >= Answer.MOST_DELIVERIES) {
            faults.add(queue + " gives a message up after " + deliveries + " deliveries, Konomi after "
                    + Answer.MOST_DELIVERIES + ".");
        }
    }

    private void ofPayload(String name, String function, String payload) {
        Contract contract = functions.get(function);
        if (contract == null) {
            return;
        }
        if (!(Binding.read(payload) instanceof Outcome.Answered<JsonNode>(JsonNode tree))
                || !(Binding.bind(tree, contract.takes()) instanceof Outcome.Answered<?>)) {
            faults.add(name + " is called with " + payload + ", which it refuses.");
        }
    }

    /// A permission names what may be done, and where: in the bucket below the tenant, or with one resource.
    private void ofPermissions(String name, JsonNode properties) {
        for (JsonNode policy : properties.path("Policies")) {
            for (JsonNode statement : policy.path("Statement")) {
                String actions = statement.path("Action").toString();
                String where = statement.path("Resource").toString();
                boolean lists = actions.equals("\"s3:ListBucket\"")
                        && statement.path("Condition").toString().contains("tenants/${Tenant}/*");
                boolean narrow = where.contains("s3:::")
                        ? texts(statement.path("Resource")).stream().allMatch(at -> at.contains("/tenants/${Tenant}/"))
                        : !where.contains("*");
                if (actions.contains("*") || !lists && !narrow) {
                    faults.add(name + " may do " + actions + " to " + where + ".");
                }
            }
        }
    }

    private static List<String> texts(JsonNode oneOrMany) {
        List<String> texts = new ArrayList<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(text -> texts.add(text.asText()));
        } else {
            texts.add(oneOrMany.asText());
        }
        return texts;
    }

    private void ofQueues() {
        String everything = template.path("Resources").toString();
        template.path("Resources").properties().forEach(resource -> {
            String queue = resource.getKey();
            if (isQueue(queue)
                    && !isQueue(resource(queue)
                            .at("/RedrivePolicy/deadLetterTargetArn")
                            .asText())
                    && !everything.contains("\"deadLetterTargetArn\":\"" + queue + ".Arn\"")
                    && !everything.contains("\"DeadLetterConfig\":{\"Arn\":\"" + queue + ".Arn\"")) {
                faults.add(queue + " has no dead letters.");
            }
        });
    }

    private void unknownSettings(String name, JsonNode properties) {
        properties.at("/Environment/Variables").fieldNames().forEachRemaining(variable -> {
            if (variable.startsWith("KONOMI_") && !settings.contains(variable)) {
                faults.add(name + " is given " + variable + ", which nothing reads.");
            }
        });
    }

    private int concurrency(JsonNode properties) {
        JsonNode limit = properties.path("ReservedConcurrentExecutions");
        return limit.isTextual() && !limit.asText().matches("\\d+")
                ? template.path("Parameters")
                        .path(limit.asText())
                        .path("MinValue")
                        .asInt()
                : limit.asInt();
    }

    private boolean isQueue(String reference) {
        return template.path("Resources")
                .path(reference.replace(".Arn", ""))
                .path("Type")
                .asText()
                .equals("AWS::SQS::Queue");
    }

    private JsonNode resource(String name) {
        return template.path("Resources").path(name).path("Properties");
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
}
