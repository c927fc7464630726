package dev.konomi.taste;

import dev.konomi.door.Answer;
import dev.konomi.door.Call;
import dev.konomi.door.Contract;
import dev.konomi.door.Door;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;

/// `score`: which of these would the person prefer?
public class ScoreFunction {
    private final Door door;
    private final Scores scores;

    ScoreFunction(Door door, Scores scores) {
        this.door = door;
        this.scores = scores;
    }

    /// @param call payloads of [ScoreRequest]
    /// @return the ranked candidates, see [ScoreAnswer]
    @Funq("score")
    @Contract(does = "Ranks candidates as a person would.", takes = ScoreRequest.class, gives = ScoreAnswer.class)
    public Uni<Answer> score(Call call) {
        return door.answer(
                call,
                ScoreRequest.class,
                (caller, request) -> Uni.createFrom().item(() -> scores.answer(caller, request)));
    }
}
