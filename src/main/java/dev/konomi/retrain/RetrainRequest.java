package dev.konomi.retrain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request to retrain and what has become of it so far.
///
/// @param id its number
/// @param reason why it was made
/// @param state `queued`, `running`, `done` or `failed`
/// @param requestedAt when it was made
/// @param startedAt when a trainer first took it up; events recorded later wait for the next training
/// @param heartbeatAt when its trainer was last seen alive
/// @param finishedAt when it was done or failed
/// @param attempts how many trainers took it up; a second one goes on where the first was interrupted
/// @param stage what the trainer does: `load`, `encode`, `token-fit`, `stage-one`, `stage-two`, `export`, `gate`,
///     `publish`
/// @param fraction how much of the whole is done, 0 to 1
/// @param message the stage in words
/// @param verdict `promote` or `refuse`, once the gate has spoken
/// @param release digest of the release that was made
/// @param failure why it was refused or failed
/// @param training what training took
/// @param machineSeconds how long trainers had a machine for it
/// @param cost of these, by the machine's price; 0 where `konomi.retrain.price-per-hour` is not set
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetrainRequest(
        long id,
        String reason,
        String state,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant heartbeatAt,
        @Nullable Instant finishedAt,
        int attempts,
        @Nullable String stage,
        double fraction,
        @Nullable String message,
        @Nullable String verdict,
        @Nullable String release,
        @Nullable String failure,
        @Nullable TrainingFigures training,
        double machineSeconds,
        double cost) {

    /// @return whether it waits or is being worked on
    public boolean open() {
        return state.equals("queued") || state.equals("running");
    }
}
