package dev.konomi.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.cli.Bar;
import dev.konomi.cli.CommandFailed;
import java.time.Duration;

/// Asks `retrain` for a training and watches it to its end.
final class Retraining {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int PARTS = 1000;

    private final FunctionClient functions;

    Retraining(FunctionClient functions) {
        this.functions = functions;
    }

    /// @param reason why
    /// @param bar from 0 to 1000
    /// @return the request when it has ended with a published release
    /// @throws CommandFailed when it was declined, failed or ended without a release
    JsonNode run(String reason, Bar bar) throws InterruptedException {
        JsonNode answer =
                functions.call("retrain", JsonNodeFactory.instance.objectNode().put("reason", reason));
        if (!answer.path("accepted").asBoolean()) {
            throw new CommandFailed(
                    1, "`retrain` declined: " + answer.path("detail").asText());
        }
        ObjectNode question = JsonNodeFactory.instance.objectNode().put("status", true);
        while (true) {
            JsonNode request = functions.call("retrain", question).path("request");
            bar.to(Math.round(PARTS * request.path("fraction").asDouble()));
            bar.says(request.path("message").asText());
            switch (request.path("state").asText()) {
                case "done" -> {
                    if (!request.path("verdict").asText().equals("promote")) {
                        throw new CommandFailed(
                                1,
                                "The gate refused the release: "
                                        + request.path("failure").asText());
                    }
                    return request;
                }
                case "failed" ->
                    throw new CommandFailed(
                            1, "Training failed: " + request.path("failure").asText());
                default -> Thread.sleep(LOOK_EVERY);
            }
        }
    }

    /// @return how long a bar for [#run] is
    static long parts() {
        return PARTS;
    }
}
