package dev.konomi.retrain;

import dev.konomi.door.InvalidField;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// A request to retrain, `{reason}`; a look whether there is reason to, `{check: true}`; or a question after the
/// newest request's progress, `{status: true}`.
///
/// @param reason why, for the record, at most 500 characters; needed unless `check` or `status` is true
/// @param status true to be told about the newest request and to request nothing
/// @param check true to retrain only if there is enough news, drift, or the last training is long ago
@RegisterForReflection
public record RetrainMessage(
        @Nullable String reason,
        @Nullable Boolean status,
        @Nullable Boolean check) {
    public RetrainMessage {
        if ((status == null || !status) && (check == null || !check)) {
            InvalidField.requiredText("reason", reason, 500);
        }
    }

    boolean asksOnly() {
        return status != null && status;
    }

    boolean checks() {
        return check != null && check;
    }
}
