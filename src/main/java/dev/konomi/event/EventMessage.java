package dev.konomi.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.konomi.door.InvalidField;
import dev.konomi.item.ItemReference;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event as JSON has it: one flat object for all types. [#event()] makes the typed event of it.
///
/// @param schema 1, or absent for 1
/// @param eventId the app's name for the event, at most 200 characters
/// @param user the app's name for the person, at most 200 characters
/// @param type `Liked`, `Disliked`, `Chosen`, `Ordered`, `Dwelled`, `Rated`, `Skipped`, `Shown`, `Corrected`,
///     `Withdrawn`, `Converted` or `Returned`
/// @param item what it is about; not for `Withdrawn`
/// @param over for `Chosen`: what was left
/// @param value for `Dwelled` (seconds, or in `unit`), `Rated`, `Ordered`, `Converted`
/// @param unit of `value`; for `Dwelled` `s` or `ms`
/// @param comment a review's text
/// @param decision the decision that showed the items
/// @param at when it happened, such as `2026-01-31T12:00:00Z`
/// @param ofEvent for `Withdrawn`: the void event
/// @param correction for `Corrected`: `promote` or `demote`
/// @param reason for `Corrected`: why
/// @param by for `Corrected`: who
@RegisterForReflection
public record EventMessage(
        @Nullable Integer schema,
        String eventId,
        String user,
        Type type,
        @Nullable ItemReference item,
        @Nullable List<ItemReference> over,
        @Nullable Double value,
        @Nullable String unit,
        @Nullable String comment,
        @Nullable String decision,
        Instant at,
        @Nullable String ofEvent,
        @Nullable String correction,
        @Nullable String reason,
        @Nullable String by) {

    /// The types of events, as JSON names them.
    public enum Type {
        /// See [TasteEvent.Liked].
        @JsonProperty("Liked")
        LIKED,
        /// See [TasteEvent.Disliked].
        @JsonProperty("Disliked")
        DISLIKED,
        /// See [TasteEvent.Chosen].
        @JsonProperty("Chosen")
        CHOSEN,
        /// See [TasteEvent.Ordered].
        @JsonProperty("Ordered")
        ORDERED,
        /// See [TasteEvent.Dwelled].
        @JsonProperty("Dwelled")
        DWELLED,
        /// See [TasteEvent.Rated].
        @JsonProperty("Rated")
        RATED,
        /// See [TasteEvent.Skipped].
        @JsonProperty("Skipped")
        SKIPPED,
        /// See [TasteEvent.Shown].
        @JsonProperty("Shown")
        SHOWN,
        /// See [TasteEvent.Corrected].
        @JsonProperty("Corrected")
        CORRECTED,
        /// See [TasteEvent.Withdrawn].
        @JsonProperty("Withdrawn")
        WITHDRAWN,
        /// See [TasteEvent.Converted].
        @JsonProperty("Converted")
        CONVERTED,
        /// See [TasteEvent.Returned].
        @JsonProperty("Returned")
        RETURNED;

        /// @return as JSON and the database name it, for example `Liked`
        public String wireName() {
            return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
        }

        /// @param wireName for example `Liked`
        /// @return the type
        /// @throws IllegalArgumentException when there is no such type
        public static Type of(String wireName) {
            return valueOf(wireName.toUpperCase(java.util.Locale.ROOT));
        }
    }

    public EventMessage {
        if (schema != null && schema != 1) {
            throw new InvalidField("schema", "The schema is " + schema + "; this Konomi reads schema 1: send that.");
        }
        InvalidField.requiredText("eventId", eventId, 200);
        InvalidField.requiredText("user", user, 200);
        InvalidField.required("type", type);
        InvalidField.required("at", at);
        over = over == null ? null : List.copyOf(over);
        if (unit != null) {
            InvalidField.requiredText("unit", unit, 40);
        }
        if (reason != null) {
            InvalidField.boundedText("reason", reason, 2_000);
        }
        if (by != null) {
            InvalidField.requiredText("by", by, 200);
        }
        if (value != null && !Double.isFinite(value)) {
            throw new InvalidField("value", "\"value\" is not a finite number: send one.");
        }
        if (over != null && type != Type.CHOSEN) {
            throw new InvalidField("over", "\"over\" belongs to Chosen, not to " + type.wireName() + ": leave it out.");
        }
    }

    /// @return the typed event
    /// @throws InvalidField when a field that the type needs is missing or out of range
    public TasteEvent event() {
        TasteEvent.Occasion occasion = new TasteEvent.Occasion(eventId, user, at.toEpochMilli(), comment, decision);
        return switch (type) {
            case LIKED -> new TasteEvent.Liked(occasion, itemNeeded());
            case DISLIKED -> new TasteEvent.Disliked(occasion, itemNeeded());
            case CHOSEN -> new TasteEvent.Chosen(occasion, itemNeeded(), InvalidField.required("over", over));
            case ORDERED -> new TasteEvent.Ordered(occasion, itemNeeded(), value, unit);
            case DWELLED -> new TasteEvent.Dwelled(occasion, itemNeeded(), seconds());
            case RATED -> new TasteEvent.Rated(occasion, itemNeeded(), InvalidField.required("value", value));
            case SKIPPED -> new TasteEvent.Skipped(occasion, itemNeeded());
            case SHOWN -> new TasteEvent.Shown(occasion, itemNeeded());
            case CORRECTED -> new TasteEvent.Corrected(occasion, itemNeeded(), promoted(), reason, by);
            case WITHDRAWN -> new TasteEvent.Withdrawn(occasion, InvalidField.required("ofEvent", ofEvent));
            case CONVERTED -> new TasteEvent.Converted(occasion, itemNeeded(), value, unit);
            case RETURNED -> new TasteEvent.Returned(occasion, itemNeeded());
        };
    }

    private ItemReference itemNeeded() {
        return InvalidField.required("item", item);
    }

    private double seconds() {
        double given = InvalidField.required("value", value);
        return switch (unit == null ? "s" : unit) {
            case "s", "seconds" -> given;
            case "ms", "milliseconds" -> given / 1000;
            default -> throw new InvalidField("unit", "A dwell is measured in \"s\" or \"ms\", got \"" + unit + "\".");
        };
    }

    private boolean promoted() {
        return switch (InvalidField.required("correction", correction)) {
            case "promote" -> true;
            case "demote" -> false;
            default ->
                throw new InvalidField(
                        "correction", "\"correction\" is \"" + correction + "\": send \"promote\" or \"demote\".");
        };
    }

    /// @return the event's content in one line, for telling a repetition from a conflict
    String canonical() {
        return String.join(
                "\u001f",
                Arrays.asList(
                        user,
                        type.name(),
                        name(item),
                        over == null
                                ? ""
                                : String.join(
                                        ",",
                                        over.stream().map(EventMessage::name).toList()),
                        value == null ? "" : value.toString(),
                        text(unit),
                        text(comment),
                        text(decision),
                        Long.toString(at.toEpochMilli()),
                        text(ofEvent),
                        text(correction),
                        text(reason),
                        text(by)));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : "=" + text;
    }

    private static String name(@Nullable ItemReference item) {
        return switch (item) {
            case null -> "";
            case ItemReference.ByKey(String key) -> "key:" + key;
            case ItemReference.Inline(var content) -> "content:" + dev.konomi.item.ContentDigest.of(content);
        };
    }
}
