package dev.konomi.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// What a training took.
///
/// @param parameters numbers that were trained in the late head
/// @param tokenSteps steps of the latent-class fit
/// @param stage1Steps steps with all parameters
/// @param stage2Steps steps with the tokens alone
/// @param seconds from the first step to the last of all heads, by all trainers that worked on it
/// @param stepMillis mean wall-clock time of a step of the late head that this trainer made, in milliseconds
/// @param device `cpu` or `cuda`
/// @param people who were trained on, without those of the gate
/// @param items that were trained on
/// @param events that were trained on, with those of the gate's people
/// @param sequence the head in sequence, or null where it was not trained
@RegisterForReflection
public record TrainingFigures(
        long parameters,
        int tokenSteps,
        int stage1Steps,
        int stage2Steps,
        double seconds,
        double stepMillis,
        String device,
        int people,
        int items,
        long events,
        @Nullable InSequence sequence) {
    /// What the head in sequence took.
    ///
    /// @param parameters numbers that were trained
    /// @param decoderSteps steps of connector and decoder
    /// @param tokenSteps steps of the preference tokens alone
    /// @param seconds that the last trainer which worked on it took
    @RegisterForReflection
    public record InSequence(long parameters, int decoderSteps, int tokenSteps, double seconds) {}

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /// @param earlier seconds that interrupted runs of the same training took
    /// @return the same with these
    public TrainingFigures after(double earlier) {
        return new TrainingFigures(
                parameters,
                tokenSteps,
                stage1Steps,
                stage2Steps,
                earlier + seconds,
                stepMillis,
                device,
                people,
                items,
                events,
                sequence);
    }

    static @Nullable TrainingFigures read(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            return JSON.readValue(json, TrainingFigures.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request's training figures cannot be read.", e);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Training figures could not be written.", e);
        }
    }
}
