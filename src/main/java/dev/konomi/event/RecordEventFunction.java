package dev.konomi.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.door.Answer;
import dev.konomi.door.Call;
import dev.konomi.door.Contract;
import dev.konomi.door.Door;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;

/// `record-event`: records what happened, one event or a batch, once however often it is sent.
public class RecordEventFunction {
    private final Door door;
    private final Recorder recorder;

    RecordEventFunction(Door door, Recorder recorder) {
        this.door = door;
        this.recorder = recorder;
    }

    /// @param call payloads: an [EventMessage], a list of them, or `{events: […]}`
    /// @return what became of each event, see [Recorded]
    @Funq("record-event")
    @Contract(
            does = "Records what happened, one event or a batch, once however often it is sent.",
            takes = EventMessage.class,
            batch = "events",
            gives = Recorded.class)
    public Uni<Answer> recordEvent(Call call) {
        return door.answer(call, JsonNode.class, recorder::record);
    }
}
