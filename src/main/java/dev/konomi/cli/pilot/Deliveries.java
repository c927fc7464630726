package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.cli.Bar;
import dev.konomi.cli.measure.TrialProtocol;
import dev.konomi.gallery.Choice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/// Brings choices to `record-event` in batches, several on their way at a time, and counts what
/// became of them.
final class Deliveries implements AutoCloseable {
    private static final int BATCH = 1000;
    private static final int ON_THEIR_WAY = 4;

    private final FunctionClient functions;
    private final Bar bar;
    private final Semaphore free = new Semaphore(ON_THEIR_WAY);
    private final List<CompletableFuture<EventCounts>> answers = new ArrayList<>();
    private ArrayNode batch = JsonNodeFactory.instance.arrayNode();

    Deliveries(FunctionClient functions, Bar bar) {
        this.functions = functions;
        this.bar = bar;
    }

    /// @param user the app's name for the person
    /// @param choices oldest first
    /// @param last when the last of them was made
    /// @param prefix of the keys of the items that were chosen from
    void send(String user, List<Choice> choices, Instant last, String prefix) throws InterruptedException {
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            ObjectNode event = batch.addObject()
                    .put("schema", 1)
                    .put("eventId", user + "-" + choice.position())
                    .put("user", user)
                    .put("type", "Chosen")
                    .put("at", TrialProtocol.at(last, choices.size() - 1 - i).toString());
            event.putObject("item").put("key", Uploads.key(prefix, choice.chosen()));
            event.putArray("over").addObject().put("key", Uploads.key(prefix, choice.rejected()));
            if (batch.size() == BATCH) {
                flush();
            }
        }
    }

    private void flush() throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        free.acquire();
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.set("events", batch);
        int size = batch.size();
        answers.add(
                functions.send("record-event", call).thenApply(EventCounts::of).whenComplete((counts, failure) -> {
                    free.release();
                    bar.step(size);
                }));
        batch = JsonNodeFactory.instance.arrayNode();
    }

    /// Waits for all answers that are still to come.
    ///
    /// @return what became of everything that was sent since the last call
    EventCounts finish() throws InterruptedException {
        flush();
        EventCounts counts = answers.stream().map(CompletableFuture::join).reduce(EventCounts.NONE, EventCounts::plus);
        answers.clear();
        return counts;
    }

    @Override
    public void close() {
        bar.close();
    }

    /// What became of events.
    record EventCounts(long sent, long accepted, long duplicate, long refused) {
        static final EventCounts NONE = new EventCounts(0, 0, 0, 0);

        static EventCounts of(JsonNode answer) {
            long accepted = 0;
            long duplicate = 0;
            long refused = 0;
            for (JsonNode result : answer.path("results")) {
                switch (result.path("status").asText()) {
                    case "accepted" -> accepted++;
                    case "duplicate" -> duplicate++;
                    default -> refused++;
                }
            }
            return new EventCounts(accepted + duplicate + refused, accepted, duplicate, refused);
        }

        EventCounts plus(EventCounts other) {
            return new EventCounts(
                    sent + other.sent, accepted + other.accepted, duplicate + other.duplicate, refused + other.refused);
        }
    }
}
