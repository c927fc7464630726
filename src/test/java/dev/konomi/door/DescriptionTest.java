package dev.konomi.door;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.funqy.runtime.FunctionInvoker;
import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The description of the functions against the records that they really read and write, and against the functions
/// themselves.
@QuarkusTest
class DescriptionTest {
    @Test
    void everyFunctionIsDescribedWithPayloadAnswerAndProblem() throws IOException {
        JsonNode description = description();
        assertEquals("Konomi", description.path("info").path("title").asText());
        for (FunctionInvoker function : FunctionRecorder.registry.invokers()) {
            JsonNode post =
                    description.path("paths").path("/" + function.getName()).path("post");
            Contract contract = contract(function);
            assertEquals(contract.does(), post.path("summary").asText());
            JsonNode taken = post.at("/requestBody/content/application~1json/schema");
            if (!contract.batch().isEmpty()) {
                assertEquals(3, taken.path("oneOf").size(), taken.toString());
                taken = taken.path("oneOf").path(0);
            }
            assertEquals(reference(contract.takes()), taken.path("$ref").asText());
            assertEquals(
                    reference(contract.gives()),
                    post.at("/responses/200/content/application~1json/schema/$ref")
                            .asText());
            assertEquals(
                    reference(Problem.class),
                    post.at("/responses/default/content/application~1problem+json/schema/$ref")
                            .asText());
        }
    }

    @Test
    void schemasHaveThePropertiesThatAreReadAndWritten() throws IOException {
        JsonNode schemas = description().at("/components/schemas");
        Set<Class<?>> seen = new HashSet<>();
        for (FunctionInvoker function : FunctionRecorder.registry.invokers()) {
            compare(contract(function).takes(), true, schemas, seen);
            compare(contract(function).gives(), false, schemas, seen);
        }
        compare(Problem.class, false, schemas, seen);
        assertTrue(seen.size() > 6, seen.toString());
    }

    @Test
    void whatIsRequiredIsMissedByItsName() throws IOException {
        JsonNode schemas = description().at("/components/schemas");
        int tried = 0;
        for (FunctionInvoker function : FunctionRecorder.registry.invokers()) {
            JsonNode schema = schemas.path(RecordSchemas.name(contract(function).takes()));
            for (JsonNode required : schema.path("required")) {
                ObjectNode payload = (ObjectNode) Json.MAPPER.readTree(Trials.goodPayload(function.getName()));
                assertTrue(payload.has(required.asText()), function.getName() + " was not given " + required);
                payload.remove(required.asText());
                Response response = given().port(Ports.http())
                        .contentType("application/json")
                        .body(payload.toString())
                        .post("/" + function.getName());
                assertEquals(400, response.statusCode());
                assertEquals(
                        required.asText(),
                        Json.MAPPER.readTree(response.asString()).path("field").asText());
                tried++;
            }
        }
        assertTrue(tried >= 5, "only " + tried + " fields are required");
    }

    /// Compares a record's schema, and those of the records in it, with what Jackson makes of it.
    private static void compare(Class<?> type, boolean read, JsonNode schemas, Set<Class<?>> seen) {
        if (!type.getName().startsWith("dev.konomi.") || type.isEnum() || !seen.add(type)) {
            return;
        }
        JsonNode schema = schemas.path(RecordSchemas.name(type));
        JavaType java = Json.MAPPER.constructType(type);
        BeanDescription bean = read
                ? Json.MAPPER.getDeserializationConfig().introspect(java)
                : Json.MAPPER.getSerializationConfig().introspect(java);
        Set<String> written = bean.findProperties().stream()
                .map(BeanPropertyDefinition::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(described::add);
        assertEquals(written, described, type.getName());
        for (BeanPropertyDefinition property : bean.findProperties()) {
            JavaType of = property.getPrimaryType();
            JsonNode described1 = schema.path("properties").path(property.getName());
            assertEquals(kind(of), kind(described1), type.getSimpleName() + "." + property.getName());
            JavaType content = of.isContainerType() ? of.getContentType() : of;
            compare(content.getRawClass(), read, schemas, seen);
        }
    }

    private static String kind(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == byte[].class || raw == String.class || raw.isEnum() || raw == java.time.Instant.class) {
            return "string";
        }
        if (type.isArrayType() || type.isCollectionLikeType()) {
            return "array";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "boolean";
        }
        if (List.of(int.class, Integer.class, long.class, Long.class).contains(raw)) {
            return "integer";
        }
        return raw.isPrimitive() || Number.class.isAssignableFrom(raw) ? "number" : raw == Object.class ? "" : "object";
    }

    private static String kind(JsonNode schema) {
        if (schema.has("$ref")) {
            return "object";
        }
        if (schema.has("anyOf")) {
            return kind(schema.path("anyOf").path(0));
        }
        JsonNode type = schema.path("type");
        Set<String> types = new LinkedHashSet<>();
        if (type.isArray()) {
            types.addAll(StreamSupport.stream(type.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList());
        } else if (type.isTextual()) {
            types.add(type.asText());
        }
        types.remove("null");
        return String.join(",", types);
    }

    private static Contract contract(FunctionInvoker function) {
        return Objects.requireNonNull(
                function.getMethod().getAnnotation(Contract.class), function.getName() + " has no @Contract");
    }

    private static String reference(Class<?> type) {
        return "#/components/schemas/" + RecordSchemas.name(type);
    }

    private static JsonNode description() throws IOException {
        Response response =
                given().port(Ports.http()).queryParam("format", "json").get("/q/openapi");
        assertEquals(200, response.statusCode());
        return Json.MAPPER.readTree(response.asString());
    }
}
