package dev.konomi.retrain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// What `retrain` says.
///
/// @param accepted whether a request was queued; absent when only the status was asked for
/// @param why when it was not: `running`, `too-little-data`, `cool-down`, `nothing-new` or
///     `over-budget`
/// @param detail why in words, and what to do
/// @param request the queued, else the newest request; absent when there has been none
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetrainAnswer(
        @Nullable Boolean accepted,
        @Nullable String why,
        @Nullable String detail,
        @Nullable RetrainRequest request) {}
