package dev.konomi.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventRowsTest {
    @Test
    void columnsUnderOtherNamesBecomeAnEvent() throws IOException {
        EventRows rows = EventRows.csv(
                new StringReader("customer,what,picture,left,when\n7,Chosen,a.png,b.png | c.png,2026-01-31 12:00:00\n"),
                EventColumns.of(List.of("user=customer", "type=what", "item=picture", "over=left", "at=when")),
                null);
        JsonNode event = event(rows.next());

        assertEquals("7", event.path("user").asText());
        assertEquals("Chosen", event.path("type").asText());
        assertEquals("a.png", event.at("/item/key").asText());
        assertEquals("c.png", event.at("/over/1/key").asText());
        assertEquals("2026-01-31T12:00:00Z", event.path("at").asText());
    }

    @Test
    void timesAreReadInTheUsualForms() throws IOException {
        for (String at : List.of(
                "2026-01-31T12:00:00Z",
                "2026-01-31T13:00:00+01:00",
                "2026-01-31T12:00:00",
                "1769860800",
                "1769860800000")) {
            EventRows rows = liked("u,a," + at);
            assertEquals("2026-01-31T12:00:00Z", event(rows.next()).path("at").asText(), at);
        }
        assertEquals(
                "2026-01-31T00:00:00Z",
                event(liked("u,a,2026-01-31").next()).path("at").asText());
    }

    @Test
    void anEventWithoutAnIdIsNamedByItsContent() throws IOException {
        EventRows rows = liked("u,a,2026-01-31\nu,a,2026-01-31\nu,b,2026-01-31");
        String first = event(rows.next()).path("eventId").asText();

        assertEquals(first, event(rows.next()).path("eventId").asText());
        assertNotEquals(first, event(rows.next()).path("eventId").asText());
    }

    @Test
    void aBadRowIsToldAndTheNextIsRead() throws IOException {
        EventRows rows = liked("u,a,yesterday\nu,a,2026-01-31");
        EventRow bad = rows.next();

        assertNull(bad.event());
        assertTrue(String.valueOf(bad.problem()).contains("\"yesterday\""));
        assertEquals(2, rows.next().number());

        EventRows lines = EventRows.jsonLines(new BufferedReader(new StringReader("{\n\n[1]\n{\"user\":\"u\"}\n")));
        assertNull(lines.next().event());
        assertNull(lines.next().event());
        assertNotNull(lines.next().event());
    }

    @Test
    void jsonItemsBecomeKeysAndKeepTheirWords() {
        EventRows rows = EventRows.jsonLines(new BufferedReader(new StringReader(
                "{\"user\":\"u\",\"item\":{\"image\":\"x/a.png\",\"text\":\"a fox\",\"tags\":[\"red\"]},"
                        + "\"over\":[\"x/b.png\",{\"key\":\"c\"}]}")));
        EventRow row = rows.next();

        assertEquals("{\"key\":\"x/a.png\"}", event(row).path("item").toString());
        assertEquals(
                "[{\"key\":\"x/b.png\"},{\"key\":\"c\"}]",
                event(row).path("over").toString());
        assertEquals(new EventRow.Item("a fox", List.of("red")), row.items().get("x/a.png"));
    }

    @Test
    void aColumnThatIsMissingIsNamed() {
        var missing = assertThrows(
                IllegalArgumentException.class,
                () -> EventRows.csv(new StringReader("user,item\n"), EventColumns.of(List.of()), "Liked"));
        assertTrue(String.valueOf(missing.getMessage()).contains("--column at="));
        assertThrows(IllegalArgumentException.class, () -> EventColumns.of(List.of("stars=rating")));
    }

    @Test
    void aFileWithoutAnEndIsReadRowByRow() throws IOException {
        EventRows rows = EventRows.csv(new Endless(), EventColumns.of(List.of()), "Liked");
        for (int i = 1; i <= 1_000; i++) {
            assertEquals(i, rows.next().number());
        }
        EventRows lines = EventRows.jsonLines(new BufferedReader(new Endless()));
        for (int i = 1; i <= 1_000; i++) {
            assertEquals(i, lines.next().number());
        }
    }

    private static EventRows liked(String rows) throws IOException {
        return EventRows.csv(new StringReader("user,item,at\n" + rows + "\n"), EventColumns.of(List.of()), "Liked");
    }

    private static JsonNode event(EventRow row) {
        assertNotNull(row.event(), row.problem());
        return row.event();
    }

    /// A header, then rows for ever.
    private static final class Endless extends Reader {
        private String rest = "user,item,at\n";
        private long row;

        @Override
        public int read(char[] into, int from, int length) {
            if (rest.isEmpty()) {
                rest = "u" + row++ + ",a,2026-01-31\n";
            }
            int count = Math.min(length, rest.length());
            rest.getChars(0, count, into, from);
            rest = rest.substring(count);
            return count;
        }

        @Override
        public void close() {
            rest = "";
        }
    }
}
