package dev.konomi.door;

import io.quarkus.funqy.Funq;

/// Placeholder for the build; goes with the first real function.
public class PingFunction {
    /// @return pong
    @Funq("ping")
    public String ping() {
        return "pong";
    }
}
