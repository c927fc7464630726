package dev.konomi.retrain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// What is sent to start a trainer: `{"tenant":…, "request":…, "reason":…}`.
///
/// @param tenant whose model is to be trained
/// @param request number of the request, see [RetrainRequest]
/// @param reason why it was made
/// @param traceparent the trace it belongs to, in the form of W3C Trace Context; or null
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ticket(
        String tenant,
        long request,
        String reason,
        @Nullable String traceparent) {
    /// The environment variable in which a trainer that is started for one request finds it.
    public static final String VARIABLE = "KONOMI_RETRAIN_REQUEST";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public Ticket {
        if (tenant == null || tenant.isBlank() || request < 1) {
            throw new IllegalArgumentException(
                    "A request to retrain needs \"tenant\" and \"request\", a number from 1 on.");
        }
        reason = reason == null ? "" : reason;
    }

    /// @param json as it was sent; unknown fields are ignored
    /// @return the ticket
    /// @throws IllegalArgumentException when it is none, says what is wrong
    public static Ticket read(String json) {
        try {
            Ticket read = JSON.readValue(json, Ticket.class);
            if (read == null) {
                throw new IllegalArgumentException("A request to retrain is null: send {\"tenant\":…, \"request\":…}.");
            }
            return read;
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(
                    "No request to retrain: "
                            + (cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage()),
                    e);
        }
    }

    /// @return as it is sent
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request to retrain could not be written.", e);
        }
    }
}
