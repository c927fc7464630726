package dev.konomi.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// Why a call got no answer, as `application/problem+json` (RFC 9457) has it. Never holds a stack trace or
/// the bytes of an image.
///
/// @param type stable name of the kind of problem, `urn:konomi:problem:…`
/// @param title the kind in words
/// @param status HTTP status
/// @param detail what was wrong, and what to do
/// @param field path of the offending field, such as `events[3].item.key`, or null when it is not about one
/// @param results what became of each part of the call, or null
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "title", "status", "detail", "field", "results"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable Object results) {

    private static final String PREFIX = "urn:konomi:problem:";

    /// @param detail what is unreadable, and what to do
    /// @return the body is no JSON
    public static Problem unreadable(String detail) {
        return new Problem(PREFIX + "unreadable", "The body is not readable JSON", 400, detail, null, null);
    }

    /// @param field path of the field
    /// @param detail what was found and what is expected
    /// @return a field holds another type of JSON than it should
    public static Problem wrongType(@Nullable String field, String detail) {
        return new Problem(PREFIX + "wrong-type", "A field has the wrong type", 400, detail, field, null);
    }

    /// @param field path of the field
    /// @param detail what was found and what is expected
    /// @return a field is missing or out of range
    public static Problem invalid(@Nullable String field, String detail) {
        return new Problem(PREFIX + "invalid", "A field is missing or out of range", 400, detail, field, null);
    }

    /// @param field path of the field
    /// @return the body names another tenant than the caller's
    public static Problem wrongTenant(String field) {
        return new Problem(
                PREFIX + "wrong-tenant",
                "The tenant is not the caller's",
                403,
                "The body names another tenant than the one you call as: leave \"tenant\" out or send your own.",
                field,
                null);
    }

    /// @param detail what does not exist, and what to do
    /// @return something that the call refers to does not exist
    public static Problem notFound(@Nullable String field, String detail) {
        return new Problem(PREFIX + "not-found", "Not found", 404, detail, field, null);
    }

    /// @param detail what it disagrees with, and what to do
    /// @return the call disagrees with what is stored
    public static Problem conflict(@Nullable String field, String detail) {
        return new Problem(PREFIX + "conflict", "It disagrees with what is stored", 409, detail, field, null);
    }

    /// @param detail how large it is, and what to do
    /// @return the body is too large
    public static Problem tooLarge(String detail) {
        return new Problem(PREFIX + "too-large", "The body is too large", 413, detail, null, null);
    }

    /// @param method what was used
    /// @return the method is not POST
    public static Problem wrongMethod(String method) {
        return new Problem(
                PREFIX + "wrong-method",
                "Functions are called with POST",
                405,
                "The request is a " + method + ": send the payload with POST.",
                null,
                null);
    }

    /// @param reference what the log calls the failure
    /// @return Konomi failed, the caller did nothing wrong
    public static Problem internal(String reference) {
        return new Problem(
                PREFIX + "internal",
                "Konomi failed",
                500,
                "Something in Konomi failed; the call may be sent again. The log has it under " + reference + ".",
                null,
                null);
    }

    /// @param detail what is not there yet, and what to do
    /// @return Konomi cannot answer at the moment
    public static Problem unavailable(String detail) {
        return new Problem(PREFIX + "unavailable", "Not available at the moment", 503, detail, null, null);
    }

    /// @return the call took longer than it may
    public static Problem timeout() {
        return new Problem(
                PREFIX + "timeout",
                "It took too long",
                504,
                "The function's time was over before the answer was there; what was stored until then stays stored:"
                        + " send the call again, with fewer items if it had many.",
                null,
                null);
    }

    /// @param parent path of what holds the field
    /// @return the same problem as seen from there
    public Problem under(String parent) {
        String path = field == null ? parent : field.startsWith("[") ? parent + field : parent + "." + field;
        return new Problem(type, title, status, detail, path, results);
    }

    /// @param parts what became of each part of the call
    /// @return the same problem with the parts
    public Problem with(Object parts) {
        return new Problem(type, title, status, detail, field, parts);
    }
}
