package dev.konomi.door;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One invocation of a function, whatever it came in: the envelope is recognised, the payloads are out of it.
///
/// @param transport the envelope, which decides the answer's form
/// @param messages the payloads: one, or as many as the CloudEvents or queue messages in the envelope
@RegisterForReflection
public record Call(Transport transport, List<Message> messages) {
    public Call {
        messages = List.copyOf(messages);
    }

    /// What a call came in.
    public enum Transport {
        /// The payload itself, by HTTP; answered with status and media type.
        HTTP,
        /// The payload itself, by a Lambda invocation; answered with the answer or problem itself.
        DIRECT,
        /// An HTTP-API event of payload format 2.0; answered with `statusCode`, `headers` and `body`.
        HTTP_API,
        /// A list of CloudEvents; answered with a list of `id`, `status` and `body`.
        CLOUD_EVENTS,
        /// A queue's batch; answered with `batchItemFailures`.
        QUEUE
    }

    /// One payload.
    ///
    /// @param id what the envelope calls it; empty where the envelope has no names
    /// @param payload the payload's tree, or why it has none
    /// @param deliveries how often the envelope has been delivered, this time included
    /// @param sentAt when a queue took it, in milliseconds since 1970; 0 where no queue says so
    public record Message(String id, Outcome<JsonNode> payload, int deliveries, long sentAt) {
        Message(String id, Outcome<JsonNode> payload) {
            this(id, payload, 1, 0);
        }
    }

    /// What a queue brings counts in answers from now on.
    ///
    /// @param now in milliseconds since 1970
    /// @return for how long the oldest message was on its way, in milliseconds
    OptionalLong lagMillis(long now) {
        return messages.stream()
                .filter(message -> message.sentAt() > 0)
                .mapToLong(message -> Math.max(0, now - message.sentAt()))
                .max();
    }

    /// Called by Funqy with whatever JSON a Lambda is invoked with.
    ///
    /// @param event the event
    /// @return the call in it
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Call of(@Nullable JsonNode event) {
        if (event == null || event.isNull() || event.isMissingNode()) {
            return new Call(Transport.DIRECT, List.of(new Message("", Binding.read(""))));
        }
        if (isHttpApi(event)) {
            return new Call(Transport.HTTP_API, List.of(new Message("", httpApiPayload(event))));
        }
        if (isQueue(event.path("Records"))) {
            return new Call(Transport.QUEUE, queued(event.path("Records")));
        }
        return plain(Transport.DIRECT, event);
    }

    /// @param body an HTTP request's body
    /// @return the call in it
    static Call http(byte[] body) {
        return switch (Binding.read(body)) {
            case Outcome.Answered<JsonNode>(JsonNode tree) -> plain(Transport.HTTP, tree);
            case Outcome.Refused<JsonNode> refused -> new Call(Transport.HTTP, List.of(new Message("", refused)));
        };
    }

    private static Call plain(Transport transport, JsonNode tree) {
        if (isCloudEvent(tree)) {
            return new Call(transport, List.of(cloudEvent(tree)));
        }
        if (tree.isArray() && !tree.isEmpty() && isCloudEvent(tree.get(0))) {
            List<Message> messages = new ArrayList<>(tree.size());
            for (JsonNode event : tree) {
                messages.add(cloudEvent(event));
            }
            return new Call(Transport.CLOUD_EVENTS, messages);
        }
        return new Call(transport, List.of(new Message("", Outcome.of(tree))));
    }

    private static boolean isHttpApi(JsonNode event) {
        return event.path("version").asText().equals("2.0")
                && event.path("requestContext").path("http").isObject();
    }

    private static Outcome<JsonNode> httpApiPayload(JsonNode event) {
        String body = event.path("body").asText("");
        if (!event.path("isBase64Encoded").asBoolean()) {
            return unwrapped(Binding.read(body));
        }
        try {
            return unwrapped(Binding.read(Base64.getDecoder().decode(body)));
        } catch (IllegalArgumentException e) {
            return Outcome.refused(Problem.unreadable("The body is not base64 although the envelope says so."));
        }
    }

    private static boolean isQueue(JsonNode records) {
        return records.isArray()
                && !records.isEmpty()
                && records.get(0).path("eventSource").asText().equals("aws:sqs");
    }

    private static List<Message> queued(JsonNode records) {
        List<Message> messages = new ArrayList<>(records.size());
        for (JsonNode entry : records) {
            messages.add(new Message(
                    entry.path("messageId").asText(),
                    unwrapped(Binding.read(entry.path("body").asText(""))),
                    entry.path("attributes").path("ApproximateReceiveCount").asInt(1),
                    entry.path("attributes").path("SentTimestamp").asLong(0)));
        }
        return messages;
    }

    private static Outcome<JsonNode> unwrapped(Outcome<JsonNode> body) {
        return body instanceof Outcome.Answered<JsonNode>(JsonNode tree) && isCloudEvent(tree)
                ? cloudEvent(tree).payload()
                : body;
    }

    private static boolean isCloudEvent(JsonNode tree) {
        return tree.path("specversion").isTextual() && tree.has("source") && tree.has("type") && tree.has("id");
    }

    private static Message cloudEvent(JsonNode event) {
        String id = event.path("id").asText();
        if (!isCloudEvent(event)) {
            return new Message(
                    id,
                    Outcome.refused(Problem.invalid(
                            "specversion", "Among CloudEvents stands something else: send only CloudEvents.")));
        }
        JsonNode data = event.path("data");
        if (!data.isMissingNode()) {
            return new Message(id, data.isTextual() ? Binding.read(data.asText()) : Outcome.of(data));
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(event.path("data_base64").asText(""));
            return new Message(id, Binding.read(new String(decoded, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return new Message(
                    id, Outcome.refused(Problem.wrongType("data_base64", "\"data_base64\" is not base64: encode it.")));
        }
    }
}
