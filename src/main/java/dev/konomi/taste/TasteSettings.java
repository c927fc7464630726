package dev.konomi.taste;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How releases are kept and answered with.
@ConfigMapping(prefix = "konomi.taste")
public interface TasteSettings {
    /// Folder for verified releases, by digest; several processes may share it. Without it, one in
    /// the system's temporary folder.
    Optional<Path> folder();

    /// How long a look at the pointer to the current release stays good.
    @WithDefault("PT5S")
    Duration lookEvery();

    /// The most tenants whose releases are loaded at the same time.
    @WithDefault("8")
    int tenants();

    /// The most items whose vectors are kept for each loaded release; one takes about half a
    /// kilobyte.
    @WithDefault("50000")
    int items();

    /// The most people whose tastes are kept in memory.
    @WithDefault("2000")
    int people();

    /// Threads that one call into a model may use.
    @WithDefault("1")
    int threads();

    /// Privacy: the size of a group with fewer people than this is not told.
    @WithDefault("20")
    int fewestPeople();
}
