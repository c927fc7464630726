package dev.konomi.door;

/// On whose behalf a call is made.
///
/// @param tenant the first column of every key and the first part of every object's name
public record Caller(String tenant) {
    public Caller {
        if (!tenant.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("A tenant is 1 to 63 lower-case letters, digits or hyphens, got \""
                    + tenant + "\": change konomi.tenant.");
        }
    }
}
