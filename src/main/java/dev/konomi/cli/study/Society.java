package dev.konomi.cli.study;

import dev.konomi.gallery.Population;
import java.util.Arrays;

/// The populations that worlds of the study are drawn from.
enum Society {
    /// segments that overlap
    BROAD("broad", Population.BROAD),
    /// the same with segments that differ twice as strongly
    SHARP("sharp", Population.SHARP);

    private final String id;
    private final Population population;

    Society(String id, Population population) {
        this.id = id;
        this.population = population;
    }

    /// @param id e.g. `sharp`
    /// @throws IllegalArgumentException when there is no such population
    static Society of(String id) {
        return Arrays.stream(values())
                .filter(society -> society.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no population '" + id + "'; there are "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Society::id).toList()) + "."));
    }

    /// @return its name in files, options and reports
    String id() {
        return id;
    }

    Population population() {
        return population;
    }

    /// @return what its names end in: nothing for the broad one, which came first
    String suffix() {
        return this == BROAD ? "" : "-" + id;
    }
}
