package dev.konomi.item;

import dev.konomi.door.Answer;
import dev.konomi.door.Call;
import dev.konomi.door.Contract;
import dev.konomi.door.Door;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;

/// `remove-items`: lets keys stand for nothing; events keep the contents they saw.
public class RemoveItemsFunction {
    private final Door door;
    private final Catalogue catalogue;

    RemoveItemsFunction(Door door, Catalogue catalogue) {
        this.door = door;
        this.catalogue = catalogue;
    }

    /// @param call payloads of [RemoveItems]
    /// @return what became of each key, see [RemoveItems.Result]
    @Funq("remove-items")
    @Contract(
            does = "Removes items from the catalogue and tells which events still refer to them.",
            takes = RemoveItems.class,
            gives = RemoveItems.Results.class)
    public Uni<Answer> removeItems(Call call) {
        return door.answer(call, RemoveItems.class, catalogue::remove);
    }
}
