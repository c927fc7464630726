package dev.konomi.retrain;

import dev.konomi.door.Answer;
import dev.konomi.door.Call;
import dev.konomi.door.Contract;
import dev.konomi.door.Door;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;

/// `retrain`: asks for a training, lets the policy look whether there is reason for one, or asks how the newest one
/// gets on.
public class RetrainFunction {
    private final Door door;
    private final RetrainRequests requests;

    RetrainFunction(Door door, RetrainRequests requests) {
        this.door = door;
        this.requests = requests;
    }

    /// @param call payloads of [RetrainMessage]
    /// @return see [RetrainAnswer]
    @Funq("retrain")
    @Contract(
            does = "Asks for a training, or how the newest one gets on.",
            takes = RetrainMessage.class,
            gives = RetrainAnswer.class)
    public Uni<Answer> retrain(Call call) {
        return door.answer(
                call,
                RetrainMessage.class,
                (caller, message) -> Uni.createFrom().item(() -> requests.answer(caller, message)));
    }
}
