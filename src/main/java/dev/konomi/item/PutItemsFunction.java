package dev.konomi.item;

import dev.konomi.door.Answer;
import dev.konomi.door.Call;
import dev.konomi.door.Contract;
import dev.konomi.door.Door;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;

/// `put-items`: stores items under keys.
public class PutItemsFunction {
    private final Door door;
    private final Catalogue catalogue;

    PutItemsFunction(Door door, Catalogue catalogue) {
        this.door = door;
        this.catalogue = catalogue;
    }

    /// @param call payloads of [PutItems]
    /// @return what became of each item, see [PutItems.Result]
    @Funq("put-items")
    @Contract(does = "Stores items under keys.", takes = PutItems.class, gives = PutItems.Results.class)
    public Uni<Answer> putItems(Call call) {
        return door.answer(call, PutItems.class, catalogue::put);
    }
}
