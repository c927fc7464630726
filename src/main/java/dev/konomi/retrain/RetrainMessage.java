package dev.konomi.retrain;

import dev.konomi.door.InvalidField;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// A request to retrain, `{reason}`, or a question after its progress, `{status: true}`.
///
/// @param reason why, for the record, at most 500 characters; needed unless `status` is true
/// @param status true to be told about the newest request and to request nothing
@RegisterForReflection
public record RetrainMessage(
        @Nullable String reason, @Nullable Boolean status) {
    public RetrainMessage {
        if (status == null || !status) {
            InvalidField.requiredText("reason", reason, 500);
        }
    }

    boolean asksOnly() {
        return status != null && status;
    }
}
