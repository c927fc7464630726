package dev.konomi.guide;

import dev.konomi.door.Answer;
import dev.konomi.door.Call;
import dev.konomi.door.Contract;
import dev.konomi.door.Door;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;

/// `guide`: what would the person add to this prompt?
public class GuideFunction {
    private final Door door;
    private final Guides guides;

    GuideFunction(Door door, Guides guides) {
        this.door = door;
        this.guides = guides;
    }

    /// @param call payloads of [GuideRequest]
    /// @return the prompt as the person would like it, see [GuideAnswer]
    @Funq("guide")
    @Contract(
            does = "Adds to a prompt what a person would like, and says why.",
            takes = GuideRequest.class,
            gives = GuideAnswer.class)
    public Uni<Answer> guide(Call call) {
        return door.answer(
                call,
                GuideRequest.class,
                (caller, request) -> Uni.createFrom().item(() -> guides.answer(caller, request)));
    }
}
