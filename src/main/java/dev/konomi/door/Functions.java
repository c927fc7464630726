package dev.konomi.door;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// The functions alone: what a container and a native executable start. The command line stays out, and with it
/// training and all that it needs.
@QuarkusMain(name = "functions")
public final class Functions {
    /// @param args none are read; settings come from the environment
    public static void main(String... args) {
        Quarkus.run(args);
    }
}
