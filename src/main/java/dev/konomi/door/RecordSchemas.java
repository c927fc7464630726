package dev.konomi.door;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/// Record → JSON schema, as [Json] reads and writes it. A component that is not `@Nullable` is required.
final class RecordSchemas {
    private final Components components;

    /// @param components where schemas of records are kept, each under its name
    RecordSchemas(Components components) {
        this.components = components;
    }

    /// @param type a record
    /// @return a reference to its schema
    Schema of(Class<?> type) {
        return plain(type, null);
    }

    /// @return the name of a type's schema, such as `PutItems.Entry`
    static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return (outer == null ? "" : name(outer) + ".") + type.getSimpleName();
    }

    private Schema schema(AnnotatedType annotated, @Nullable AnnotatedElement place) {
        Schema schema;
        if (annotated instanceof AnnotatedParameterizedType parameterized) {
            AnnotatedType last = parameterized
                    .getAnnotatedActualTypeArguments()[parameterized.getAnnotatedActualTypeArguments().length - 1];
            Class<?> raw = (Class<?>) ((ParameterizedType) annotated.getType()).getRawType();
            if (Map.class.isAssignableFrom(raw)) {
                schema = typed(SchemaType.OBJECT).additionalPropertiesSchema(schema(last, place));
            } else if (Collection.class.isAssignableFrom(raw)) {
                schema = typed(SchemaType.ARRAY).items(schema(last, place));
            } else if (raw == Optional.class) {
                schema = schema(last, place);
            } else {
                schema = OASFactory.createSchema();
            }
        } else {
            schema = plain(annotated.getType(), place);
        }
        return annotated.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() != null) {
            return OASFactory.createSchema().addAnyOf(schema).addAnyOf(typed(SchemaType.NULL));
        }
        return schema.getType() == null ? schema : schema.addType(SchemaType.NULL);
    }

    private Schema plain(Type type, @Nullable AnnotatedElement place) {
        if (!(type instanceof Class<?> raw)) {
            return OASFactory.createSchema();
        }
        if (raw == String.class) {
            return typed(SchemaType.STRING);
        }
        if (raw == byte[].class) {
            return typed(SchemaType.STRING).contentEncoding("base64");
        }
        if (raw == Instant.class) {
            return typed(SchemaType.STRING).format("date-time");
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return typed(SchemaType.BOOLEAN);
        }
        if (raw == int.class || raw == Integer.class) {
            return typed(SchemaType.INTEGER).format("int32");
        }
        if (raw == long.class || raw == Long.class) {
            return typed(SchemaType.INTEGER).format("int64");
        }
        if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            return typed(SchemaType.NUMBER);
        }
        if (raw.isArray()) {
            return typed(SchemaType.ARRAY).items(plain(raw.getComponentType(), place));
        }
        if (raw.isEnum()) {
            return ofEnum(raw);
        }
        if (JsonNode.class.isAssignableFrom(raw)) {
            Contract.Element element = place == null ? null : place.getAnnotation(Contract.Element.class);
            return element == null ? OASFactory.createSchema() : of(element.value());
        }
        Optional<Method> creator = Arrays.stream(raw.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers())
                        && method.isAnnotationPresent(JsonCreator.class)
                        && Arrays.stream(method.getParameters())
                                .allMatch(parameter -> parameter.isAnnotationPresent(JsonProperty.class)))
                .findFirst();
        if (creator.isPresent()) {
            return kept(raw, schema -> addParameters(schema, creator.get()));
        }
        return raw.isRecord() ? kept(raw, schema -> addComponents(schema, raw)) : OASFactory.createSchema();
    }

    private Schema kept(Class<?> type, java.util.function.Consumer<Schema> fill) {
        String name = name(type);
        if (components.getSchemas() == null || !components.getSchemas().containsKey(name)) {
            Schema schema = typed(SchemaType.OBJECT);
            components.addSchema(name, schema);
            fill.accept(schema);
        }
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }

    private void addComponents(Schema schema, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = named == null || named.value().isEmpty() ? component.getName() : named.value();
            add(schema, name, component.getAnnotatedType(), component);
        }
    }

    private void addParameters(Schema schema, Method creator) {
        for (Parameter parameter : creator.getParameters()) {
            String name = parameter.getAnnotation(JsonProperty.class).value();
            add(schema, name, parameter.getAnnotatedType(), parameter);
        }
    }

    private void add(Schema schema, String name, AnnotatedType type, AnnotatedElement place) {
        schema.addProperty(name, schema(type, place));
        if (!type.isAnnotationPresent(Nullable.class)) {
            schema.addRequired(name);
        }
    }

    private static Schema ofEnum(Class<?> type) {
        Schema schema = typed(SchemaType.STRING);
        for (Object constant : type.getEnumConstants()) {
            schema.addEnumeration(
                    Json.MAPPER.convertValue(constant, JsonNode.class).asText());
        }
        return schema;
    }

    private static Schema typed(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
