package dev.konomi.door;

import org.jspecify.annotations.Nullable;

/// On whose behalf a call is made.
///
/// @param tenant the first column of every key and the first part of every object's name
/// @param traceparent the trace that the call belongs to, in the form of W3C Trace Context; or null
public record Caller(String tenant, @Nullable String traceparent) {
    /// Without a trace.
    public Caller(String tenant) {
        this(tenant, null);
    }

    public Caller {
        if (!tenant.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("A tenant is 1 to 63 lower-case letters, digits or hyphens, got \""
                    + tenant + "\": change konomi.tenant.");
        }
    }
}
