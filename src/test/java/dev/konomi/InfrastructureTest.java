package dev.konomi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `infra/` takes for granted of the code and of `functions.yaml`. Whether the templates are sound by themselves
/// is
/// for `.ci/lint` to find.
class InfrastructureTest {
    private static final Path INFRA = Path.of("infra");

    /// Connections of an Aurora PostgreSQL of one ACU; more capacity has more.
    private static final int CONNECTIONS_OF_AN_ACU = 189;

    @Test
    void everySettingThatAProcessIsGivenIsReadByTheCode() throws IOException {
        Set<String> given = new TreeSet<>();
        for (String file : List.of("trainer.yaml", "knative/functions.yaml", "knative/trainer.yaml")) {
            for (JsonNode document : documents(INFRA.resolve(file))) {
                Stream.of("name", "Name")
                        .flatMap(name -> document.findValues(name).stream())
                        .map(JsonNode::asText)
                        .filter(name -> name.startsWith("KONOMI_"))
                        .forEach(given::add);
            }
        }
        assertTrue(given.size() >= 5, given.toString());
        assertTrue(given.contains("KONOMI_RETRAIN_REQUEST"), given.toString());
        given.removeAll(Settings.environment(Settings.code()));
        assertEquals(Set.of(), given, "given, and read by nothing");
    }

    /// An option given twice ends the trainer before it begins.
    @Test
    void aTrainerIsGivenNoOptionThatItsImageGivesAlready() throws IOException {
        String entryPoint = Files.readString(INFRA.resolve("containers/trainer.Containerfile"))
                .lines()
                .filter(line -> line.startsWith("ENTRYPOINT"))
                .findFirst()
                .orElseThrow();
        assertTrue(entryPoint.contains("\"train\", \"--once\""), entryPoint);
        JsonNode job = yaml(INFRA.resolve("trainer.yaml")).at("/Resources/Job/Properties/ContainerProperties/Command");
        JsonNode scaledJob = documents(INFRA.resolve("knative/trainer.yaml"))
                .get(1)
                .at("/spec/jobTargetRef/template/spec/containers/0/args");
        for (JsonNode options : List.of(job, scaledJob)) {
            assertEquals("--device", options.path(0).asText());
            options.forEach(option -> assertFalse(entryPoint.contains(option.toString()), option.asText()));
        }
    }

    @Test
    void everyMetricThatIsWatchedIsToldByTheCode() throws IOException {
        JsonNode watch = yaml(INFRA.resolve("watch.yaml"));
        Set<String> watched = new TreeSet<>();
        for (JsonNode metric : metrics(watch)) {
            watched.add(metric.path("MetricName").asText());
        }
        assertTrue(
                watched.containsAll(
                        List.of("ReleaseAge", "QueueAge", "EventToAnswerLag", "CacheHits", "RefusedEvents")),
                watched.toString());
        String code = sources();
        watched.removeIf(metric -> code.contains('"' + metric + '"'));
        assertEquals(Set.of(), watched, "watched, and told by nothing");
    }

    @Test
    void functionsHangUpBeforeTheDatabaseDoes() throws IOException {
        JsonNode functions = yaml(Path.of("functions.yaml")).at("/Globals/Function/Environment/Variables");
        JsonNode database =
                yaml(INFRA.resolve("foundation.yaml")).at("/Resources/DatabaseSettings/Properties/Parameters");
        Duration idle = Duration.parse(
                functions.path("QUARKUS_DATASOURCE_REACTIVE_IDLE_TIMEOUT").asText());
        long longest = database.path("idle_session_timeout").path(2).asLong();
        assertTrue(idle.toMillis() < longest, idle + " and " + longest + " ms");
    }

    @Test
    void functionsTogetherOpenFewerConnectionsThanTheDatabaseHas() throws IOException {
        JsonNode template = yaml(Path.of("functions.yaml"));
        for (String stage : List.of("pilot", "production")) {
            TreeMap<String, String> given = parameters(stage);
            int calls = 0;
            for (JsonNode resource : template.path("Resources")) {
                String limit =
                        resource.at("/Properties/ReservedConcurrentExecutions").asText();
                calls += limit.isEmpty() ? 0 : Integer.parseInt(given.getOrDefault(limit, limit));
            }
            int each = template.at("/Globals/Function/Environment/Variables/QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE")
                    .asInt();
            int connections = CONNECTIONS_OF_AN_ACU * Integer.parseInt(given.get("MostCapacity"));
            assertTrue(
                    calls > 20 && calls * each < connections,
                    stage + ": " + calls + " calls at a time with " + each + " connections each, of " + connections);
        }
    }

    @Test
    void aTrainerOnKubernetesStartsForARequestThatWaitsAndForNothingElse() throws IOException, SQLException {
        String query = documents(INFRA.resolve("knative/trainer.yaml"))
                .get(1)
                .at("/spec/triggers/0/metadata/query")
                .asText();
        try (Connection connection = MigratedDatabase.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("delete from retrain_request");
            assertEquals(0, count(statement, query));
            statement.execute("insert into retrain_request (tenant, reason) values ('infra', 'test')");
            assertEquals(1, count(statement, query));
            statement.execute("update retrain_request set state = 'running', heartbeat_at = now()");
            assertEquals(0, count(statement, query));
            statement.execute("update retrain_request set heartbeat_at = now() - interval '5 minutes'");
            assertEquals(1, count(statement, query));
            connection.rollback();
        }
    }

    private static int count(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static List<JsonNode> metrics(JsonNode template) {
        List<JsonNode> metrics = new ArrayList<>();
        template.path("Resources").findParents("MetricName").forEach(metric -> {
            if (metric.path("Namespace").asText().equals("Konomi")) {
                metrics.add(metric);
            }
        });
        return metrics;
    }

    private static TreeMap<String, String> parameters(String stage) throws IOException {
        TreeMap<String, String> parameters = new TreeMap<>();
        new ObjectMapper()
                .readTree(INFRA.resolve(stage + ".json").toFile())
                .forEach(parameter -> parameters.put(
                        parameter.path("ParameterKey").asText(),
                        parameter.path("ParameterValue").asText()));
        return parameters;
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            StringBuilder all = new StringBuilder();
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> all.append(read(file)));
            return all.toString();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(new YAMLFactory().createParser(file.toFile()))) {
            return documents.readAll();
        }
    }
}
