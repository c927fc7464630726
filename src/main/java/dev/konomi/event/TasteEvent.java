package dev.konomi.event;

import dev.konomi.door.InvalidField;
import dev.konomi.item.ItemReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened and says, or may say, what a person likes.
public sealed interface TasteEvent {
    /// @return what all events have
    Occasion occasion();

    /// What all events have.
    ///
    /// @param eventId the app's name for the event; sending it again changes nothing
    /// @param user the app's name for the person
    /// @param at when it happened, in epoch milliseconds
    /// @param comment a review's text, or null
    /// @param decision the decision that showed the items, or null
    record Occasion(
            String eventId,
            String user,
            long at,
            @Nullable String comment,
            @Nullable String decision) {
        public Occasion {
            InvalidField.requiredText("eventId", eventId, 200);
            InvalidField.requiredText("user", user, 200);
            if (comment != null) {
                InvalidField.boundedText("comment", comment, ItemReference.LONGEST_TEXT);
            }
            if (decision != null) {
                InvalidField.requiredText("decision", decision, 200);
            }
        }
    }

    /// An event about one item.
    sealed interface OfItem extends TasteEvent {
        /// @return the item
        ItemReference item();
    }

    /// The person said that they like the item.
    record Liked(Occasion occasion, ItemReference item) implements OfItem {}

    /// The person said that they dislike the item.
    record Disliked(Occasion occasion, ItemReference item) implements OfItem {}

    /// The person took one item and left others they saw with it.
    ///
    /// @param over what was left, 1 to 64 items
    record Chosen(Occasion occasion, ItemReference item, List<ItemReference> over) implements OfItem {
        public Chosen {
            over = List.copyOf(over);
            if (over.isEmpty() || over.size() > 64) {
                throw new InvalidField(
                        "over", "\"over\" has " + over.size() + " items; a choice is over 1 to 64: send them.");
            }
            if (over.contains(item)) {
                throw new InvalidField("over", "\"over\" holds the chosen item too: send what was not chosen.");
            }
        }
    }

    /// The person ordered the item.
    ///
    /// @param value how much of `unit`, or null
    /// @param unit for example a currency or `pieces`, or null
    record Ordered(
            Occasion occasion,
            ItemReference item,
            @Nullable Double value,
            @Nullable String unit) implements OfItem {}

    /// The person looked at the item for a while.
    ///
    /// @param seconds how long
    record Dwelled(Occasion occasion, ItemReference item, double seconds) implements OfItem {
        public Dwelled {
            if (!(seconds >= 0 && seconds <= 86_400)) {
                throw new InvalidField("value", "A dwell of " + seconds + " s: send 0 to 86,400 s.");
            }
        }
    }

    /// The person gave the item a number.
    ///
    /// @param value the number, on the tenant's scale
    record Rated(Occasion occasion, ItemReference item, double value) implements OfItem {}

    /// The person passed over the item.
    record Skipped(Occasion occasion, ItemReference item) implements OfItem {}

    /// The item was on the person's screen; says nothing by itself.
    record Shown(Occasion occasion, ItemReference item) implements OfItem {}

    /// Somebody corrected what Konomi makes of the item for the person.
    ///
    /// @param promoted true: more like this; false: less
    /// @param reason why, or null
    /// @param by who corrected, or null for the person
    record Corrected(
            Occasion occasion,
            ItemReference item,
            boolean promoted,
            @Nullable String reason,
            @Nullable String by) implements OfItem {}

    /// An earlier or later event is void, wherever it stands in time.
    ///
    /// @param ofEvent the void event's id
    record Withdrawn(Occasion occasion, String ofEvent) implements TasteEvent {
        public Withdrawn {
            InvalidField.requiredText("ofEvent", ofEvent, 200);
        }
    }

    /// The item led to what the app counts as success.
    ///
    /// @param value how much of `unit`, or null
    /// @param unit for example a currency, or null
    record Converted(
            Occasion occasion,
            ItemReference item,
            @Nullable Double value,
            @Nullable String unit) implements OfItem {}

    /// The person gave the item back.
    record Returned(Occasion occasion, ItemReference item) implements OfItem {}
}
