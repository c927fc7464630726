package dev.konomi.taste;

import dev.konomi.door.Answer;
import dev.konomi.door.Call;
import dev.konomi.door.Contract;
import dev.konomi.door.Door;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;

/// `tokens`: which groups' tastes make up the person's?
public class TokensFunction {
    private final Door door;
    private final PersonTokens tokens;

    TokensFunction(Door door, PersonTokens tokens) {
        this.door = door;
        this.tokens = tokens;
    }

    /// @param call payloads of [TokensRequest]
    /// @return the tokens, see [TokensAnswer]
    @Funq("tokens")
    @Contract(
            does = "Tells which groups' tastes make up a person's.",
            takes = TokensRequest.class,
            gives = TokensAnswer.class)
    public Uni<Answer> tokens(Call call) {
        return door.answer(
                call,
                TokensRequest.class,
                (caller, request) -> Uni.createFrom().item(() -> tokens.answer(caller, request)));
    }
}
