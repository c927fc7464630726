package dev.konomi.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.gallery.Painter;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventImportTest {
    @TempDir
    private Path folder;

    private final Server server = new Server();
    private final List<String> complaints = new ArrayList<>();

    @Test
    void anInterruptedImportGoesOnWhereItStopped() throws IOException {
        server.breaksAtCall = 2;
        assertThrows(IllegalStateException.class, () -> run(500, "one"));
        server.breaksAtCall = -1;
        server.seen.clear();

        Tally tally = run(500, "one");

        assertEquals(new Tally("one", 500, 500, 0, 0, 0), tally);
        assertEquals(500 - EventImport.BATCH, server.seen.size(), "what is done is not sent again");
        assertEquals(500, server.events.size());
    }

    @Test
    void sendingAFileTwiceRecordsNothingTwice() throws IOException {
        assertEquals(450, run(450, "one").accepted());

        Tally again = run(450, "another source, so that it begins anew");

        assertEquals(450, again.duplicate());
        assertEquals(0, again.accepted());
        assertEquals(450, server.events.size());
    }

    @Test
    void aRefusedEventIsToldWithItsRowAndTheOthersAreTaken() throws IOException {
        EventRows rows = EventRows.csv(
                new StringReader("user,item,at\nu,a,2026-01-31\nbad,a,2026-01-31\nu,a,never\nv,a,2026-01-31\n"),
                EventColumns.of(List.of()),
                "Liked");

        Tally tally = importer().run(rows, "one", done -> {});

        assertEquals(new Tally("one", 4, 2, 0, 0, 2), tally);
        assertTrue(complaints.contains("row 2: nobody is called bad"), complaints.toString());
        assertTrue(complaints.stream().anyMatch(line -> line.startsWith("row 3: the time \"never\"")));
    }

    @Test
    void anItemIsPutOnceWithItsImageAndItsWordsBeforeItsEvents() throws IOException {
        Files.createDirectories(folder.resolve("images/set"));
        byte[] image = Painter.jpeg(Painter.paint("a fox", 1));
        Files.write(folder.resolve("images/set/a.jpg"), image);
        Files.write(folder.resolve("secret.png"), image);
        EventRows rows = EventRows.csv(new StringReader("""
                        user,item,text,at
                        u,set/a.png,,2026-01-31
                        v,set/a.png,a fox,2026-01-31
                        w,set/a.png,,2026-01-31
                        w,../secret.png,,2026-01-31
                        """), EventColumns.of(List.of()), "Liked");

        assertEquals(3, importer().run(rows, "one", done -> {}).accepted());

        assertEquals(Set.of("set/a.png"), server.items.keySet());
        JsonNode item = Objects.requireNonNull(server.items.get("set/a.png"));
        assertEquals("a fox", item.path("text").asText());
        assertEquals(image.length, item.path("image").binaryValue().length);
        assertEquals(1, server.puts);
    }

    @Test
    void aServerThatAnswersSomethingElseIsNoKonomi() throws IOException {
        EventImport importer = new EventImport(
                (function, payload) -> new ObjectMapper().createObjectNode(),
                null,
                folder.resolve("progress"),
                complaints::add);

        assertThrows(IllegalStateException.class, () -> importer.run(rows(3), "one", done -> {}));
    }

    private Tally run(int events, String source) throws IOException {
        return importer().run(rows(events), source, done -> {});
    }

    private EventImport importer() {
        return new EventImport(server, folder.resolve("images"), folder.resolve("progress"), complaints::add);
    }

    private static EventRows rows(int count) throws IOException {
        StringBuilder csv = new StringBuilder("user,item,text,at\n");
        for (int i = 0; i < count; i++) {
            csv.append("u" + i + ",item-" + i % 7 + ",words,2026-01-31\n");
        }
        return EventRows.csv(new StringReader(csv.toString()), EventColumns.of(List.of()), "Liked");
    }

    /// Keeps what the functions would keep; may stop answering.
    private static final class Server implements EventImport.Functions {
        private final Map<String, JsonNode> events = new LinkedHashMap<>();
        private final Map<String, JsonNode> items = new LinkedHashMap<>();
        private final Set<String> seen = new HashSet<>();
        private int calls;
        private int puts;
        private int breaksAtCall = -1;

        @Override
        public JsonNode call(String function, JsonNode payload) {
            ObjectNode answer = new ObjectMapper().createObjectNode();
            ArrayNode results = answer.putArray("results");
            if (function.equals("put-items")) {
                puts++;
                payload.path("items").forEach(item -> {
                    items.put(item.path("key").asText(), item);
                    results.addObject().put("key", item.path("key").asText()).put("status", "stored");
                });
                return answer;
            }
            calls++;
            if (calls == breaksAtCall) {
                throw new IllegalStateException("the connection is gone");
            }
            payload.path("events").forEach(event -> results.add(fate(event)));
            return answer;
        }

        private ObjectNode fate(JsonNode event) {
            String id = event.path("eventId").asText();
            seen.add(id);
            ObjectNode result = new ObjectMapper().createObjectNode().put("eventId", id);
            if (event.path("user").asText().equals("bad")) {
                return result.put("status", "refused").put("reason", "nobody is called bad");
            }
            if (event.at("/item/key").asText().startsWith("..")) {
                return result.put("status", "refused").put("reason", "no such item");
            }
            return result.put("status", events.putIfAbsent(id, event) == null ? "accepted" : "duplicate");
        }
    }
}
