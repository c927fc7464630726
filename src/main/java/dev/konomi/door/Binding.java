package dev.konomi.door;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON → record, or a problem that names the field.
public final class Binding {
    private Binding() {}

    /// @param body UTF-8 JSON
    /// @return its tree, or why it has none
    public static Outcome<JsonNode> read(byte[] body) {
        try {
            JsonNode tree = Json.MAPPER.readTree(body);
            return tree == null || tree.isMissingNode() ? Outcome.refused(empty()) : Outcome.of(tree);
        } catch (JacksonException e) {
            return Outcome.refused(unreadable(e));
        } catch (java.io.IOException e) {
            return Outcome.refused(empty());
        }
    }

    /// @param body JSON
    /// @return its tree, or why it has none
    public static Outcome<JsonNode> read(@Nullable String body) {
        if (body == null) {
            return Outcome.refused(empty());
        }
        try {
            JsonNode tree = Json.MAPPER.readTree(body);
            return tree == null || tree.isMissingNode() ? Outcome.refused(empty()) : Outcome.of(tree);
        } catch (JacksonException e) {
            return Outcome.refused(unreadable(e));
        }
    }

    /// @param tree a payload
    /// @param type a record whose compact constructor throws [InvalidField], or `JsonNode` for the tree itself
    /// @return the record, or what is wrong with which field
    public static <T> Outcome<T> bind(JsonNode tree, Class<T> type) {
        if (type == JsonNode.class) {
            return Outcome.of(type.cast(tree));
        }
        if (!tree.isObject()) {
            return Outcome.refused(Problem.wrongType(
                    null, "The payload is " + kind(tree) + " where an object is expected: send {…}."));
        }
        try {
            return Outcome.of(Json.MAPPER.treeToValue(tree, type));
        } catch (JsonMappingException e) {
            return Outcome.refused(explain(e, tree));
        } catch (JsonProcessingException e) {
            return Outcome.refused(unreadable(e));
        }
    }

    private static Problem empty() {
        return Problem.unreadable("The body is empty: send a JSON payload.");
    }

    static Problem unreadable(JacksonException e) {
        var where = e.getLocation();
        String place = where == null || where.getLineNr() < 1
                ? ""
                : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return Problem.unreadable("The JSON breaks off or is malformed" + place + ": send one complete JSON value.");
    }

    private static Problem explain(JsonMappingException e, JsonNode tree) {
        String path = path(e.getPath());
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidField invalid) {
                String field = path == null ? invalid.field() : path + "." + invalid.field();
                return Problem.invalid(field, message(invalid));
            }
        }
        if (e instanceof MismatchedInputException mismatch
                && !(isTime(mismatch) && found(tree, e.getPath()).isTextual())) {
            JsonNode found = found(tree, e.getPath());
            return Problem.wrongType(
                    path,
                    (path == null ? "The payload" : "\"" + path + "\"") + " is " + kind(found) + " where "
                            + expected(mismatch.getTargetType()) + " is expected: send that.");
        }
        if (e instanceof InvalidFormatException) {
            return Problem.invalid(path, "\"" + path + "\" is not a time: send one such as 2026-01-31T12:00:00Z.");
        }
        return Problem.invalid(path, "\"" + path + "\" is not acceptable: see the function's description.");
    }

    private static boolean isTime(MismatchedInputException mismatch) {
        return mismatch.getTargetType() == Instant.class;
    }

    private static String message(InvalidField invalid) {
        String message = invalid.getMessage();
        return message == null ? invalid.field() : message;
    }

    private static @Nullable String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.isEmpty() ? null : path.toString();
    }

    private static JsonNode found(JsonNode tree, List<JsonMappingException.Reference> references) {
        JsonNode node = tree;
        for (JsonMappingException.Reference reference : references) {
            node = reference.getFieldName() == null
                    ? node.path(reference.getIndex())
                    : node.path(reference.getFieldName());
        }
        return node;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case MISSING -> "missing";
            case BINARY, POJO -> "something else";
        };
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type == String.class || type.isEnum()) {
            return "a text";
        }
        if (type == byte[].class) {
            return "a base64 text";
        }
        if (type == Instant.class) {
            return "a time such as \"2026-01-31T12:00:00Z\"";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }
}
