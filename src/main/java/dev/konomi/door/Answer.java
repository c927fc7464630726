package dev.konomi.door;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes back to the caller, in the form that the call's transport wants.
///
/// A queue gets the messages back that are to be delivered again: those that failed, were refused, or had a refused
/// part ([Partial]; what was done of them stays done, functions are idempotent). Another try may mend even a refusal,
/// such as an event that overtook its item. A message that stays refused goes to the queue's dead letters by its
/// redrive policy; where a queue has none, it is given up after [#MOST_DELIVERIES], so that nothing poisonous is
/// delivered for ever. Failures of Konomi itself are never given up here.
@RegisterForReflection
public final class Answer {
    static final String JSON = "application/json";
    static final String PROBLEM_JSON = "application/problem+json";

    /// After so many deliveries a refused message is done with: above the template's redrive policy, so that dead
    /// letters come first.
    static final int MOST_DELIVERIES = 10;

    private final int status;
    private final String mediaType;
    private final JsonNode document;

    private Answer(int status, String mediaType, JsonNode document) {
        this.status = status;
        this.mediaType = mediaType;
        this.document = document;
    }

    /// @return HTTP status
    public int status() {
        return status;
    }

    /// @return `application/json` or `application/problem+json`
    public String mediaType() {
        return mediaType;
    }

    /// @return what Funqy writes: the answer, the problem, or what the envelope wants around them
    @JsonValue
    public JsonNode document() {
        return document;
    }

    static Answer to(Call call, List<? extends Outcome<?>> outcomes) {
        return switch (call.transport()) {
            case HTTP, DIRECT -> plain(outcomes.getFirst());
            case HTTP_API -> httpApi(plain(outcomes.getFirst()));
            case CLOUD_EVENTS -> cloudEvents(call.messages(), outcomes);
            case QUEUE -> queue(call.messages(), outcomes);
        };
    }

    private static Answer plain(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Answered<?>(Object answer) -> new Answer(200, JSON, Json.MAPPER.valueToTree(answer));
            case Outcome.Refused<?>(Problem problem) ->
                new Answer(problem.status(), PROBLEM_JSON, Json.MAPPER.valueToTree(problem));
        };
    }

    private static Answer httpApi(Answer plain) {
        ObjectNode envelope = Json.MAPPER.createObjectNode();
        envelope.put("statusCode", plain.status);
        envelope.putObject("headers").put("content-type", plain.mediaType);
        envelope.put("body", plain.document.toString());
        envelope.put("isBase64Encoded", false);
        return new Answer(plain.status, JSON, envelope);
    }

    private static Answer cloudEvents(List<Call.Message> messages, List<? extends Outcome<?>> outcomes) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (int i = 0; i < outcomes.size(); i++) {
            Answer plain = plain(outcomes.get(i));
            ObjectNode one = all.addObject().put("id", messages.get(i).id()).put("status", plain.status);
            one.set("body", plain.document);
        }
        return new Answer(200, JSON, all);
    }

    private static Answer queue(List<Call.Message> messages, List<? extends Outcome<?>> outcomes) {
        ObjectNode envelope = Json.MAPPER.createObjectNode();
        ArrayNode failures = envelope.putArray("batchItemFailures");
        for (int i = 0; i < outcomes.size(); i++) {
            if (isToComeAgain(outcomes.get(i), messages.get(i).deliveries())) {
                failures.addObject().put("itemIdentifier", messages.get(i).id());
            }
        }
        return new Answer(200, JSON, envelope);
    }

    private static boolean isToComeAgain(Outcome<?> outcome, int deliveries) {
        return switch (outcome) {
            case Outcome.Refused<?>(Problem problem) -> problem.status() >= 500 || deliveries < MOST_DELIVERIES;
            case Outcome.Answered<?>(Partial partial) -> partial.refusedParts() > 0 && deliveries < MOST_DELIVERIES;
            case Outcome.Answered<?> answered -> false;
        };
    }

    /// @return why a message is refused, without anything of its content, or null when it is not
    static @Nullable String refusal(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Refused<?>(Problem problem) ->
                problem.type() + (problem.field() == null ? "" : " at " + problem.field());
            case Outcome.Answered<?>(Partial partial) ->
                partial.refusedParts() == 0 ? null : partial.refusedParts() + " refused parts";
            case Outcome.Answered<?> answered -> null;
        };
    }
}
