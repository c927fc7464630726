package dev.konomi.history;

import dev.konomi.event.EventMessage;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event as it lies in the database, with what a history needs of it.
///
/// @param eventId the app's name for it
/// @param type what kind of event it is
/// @param at when it happened, in epoch milliseconds
/// @param item content digest of the item it is about; null for `Withdrawn`
/// @param over for `Chosen`: content digests of what was left
/// @param value seconds of a dwell, the number of a rating, or null
/// @param promoted for `Corrected`: true for more like this
/// @param ofEvent for `Withdrawn`: the void event
public record StoredEvent(
        String eventId,
        EventMessage.Type type,
        long at,
        @Nullable String item,
        List<String> over,
        @Nullable Double value,
        boolean promoted,
        @Nullable String ofEvent) {
    /// The order of a history: time, then event id by code points, as the database's collation "C"
    /// has it.
    public static final Comparator<StoredEvent> ORDER =
            Comparator.comparingLong(StoredEvent::at).thenComparing(StoredEvent::eventId, StoredEvent::byCodePoints);

    public StoredEvent {
        over = List.copyOf(over);
    }

    private static int byCodePoints(String a, String b) {
        int at = 0;
        while (at < a.length() && at < b.length()) {
            int left = a.codePointAt(at);
            int right = b.codePointAt(at);
            if (left != right) {
                return Integer.compare(left, right);
            }
            at += Character.charCount(left);
        }
        return Integer.compare(a.length(), b.length());
    }
}
