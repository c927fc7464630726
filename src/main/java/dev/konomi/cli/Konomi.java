package dev.konomi.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// The door of `./konomi`: parses the command first and boots the server only for commands that serve.
@QuarkusMain
public final class Konomi {
    private Konomi() {}

    /// @param args the command and its options
    public static void main(String... args) {
        Quarkus.run(args);
    }
}
