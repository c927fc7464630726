package dev.konomi.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.konomi.door.Partial;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the events of a call, in their order.
///
/// @param results one for each event
@RegisterForReflection
public record Recorded(List<Result> results) implements Partial {
    public Recorded {
        results = List.copyOf(results);
    }

    /// @return how many events were refused or are in conflict
    @Override
    public int refusedParts() {
        return (int) results.stream()
                .filter(result -> result.status().equals(Result.REFUSED)
                        || result.status().equals(Result.CONFLICT))
                .count();
    }

    /// What became of an event.
    ///
    /// @param eventId its id, or null when it has none
    /// @param status `accepted`, `duplicate` (recorded before with the same content), `conflict` (recorded before
    ///     with other content, which stands) or `refused`
    /// @param reason for `conflict` and `refused`: what was wrong and what to do
    /// @param field for `refused`: the offending field
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            @Nullable String eventId,
            String status,
            @Nullable String reason,
            @Nullable String field) {
        static final String ACCEPTED = "accepted";
        static final String DUPLICATE = "duplicate";
        static final String CONFLICT = "conflict";
        static final String REFUSED = "refused";

        static Result accepted(String eventId) {
            return new Result(eventId, ACCEPTED, null, null);
        }

        static Result duplicate(String eventId) {
            return new Result(eventId, DUPLICATE, null, null);
        }

        static Result conflict(String eventId) {
            return new Result(
                    eventId,
                    CONFLICT,
                    "An event \"" + eventId + "\" with other content is recorded, and stands: send another event id.",
                    "eventId");
        }

        static Result refused(@Nullable String eventId, String reason, @Nullable String field) {
            return new Result(eventId, REFUSED, reason, field);
        }
    }
}
