package dev.konomi.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.cli.bench.StartupFigures.Cold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupFiguresTest {
    /// The machine was twice as busy in the second round.
    private static final StartupFigures FIGURES = new StartupFigures(measured());

    private static Map<String, List<Cold>> measured() {
        Map<String, List<Cold>> measured = new LinkedHashMap<>();
        measured.put(StartupFigures.PLAIN, List.of(cold(3), cold(6), cold(3)));
        measured.put("container", List.of(cold(0.9), cold(1.8), cold(0.9)));
        return measured;
    }

    private static Cold cold(double seconds) {
        return new Cold(seconds, 200, 2 * seconds);
    }

    @Test
    void ratiosAreOfTheSameRound() {
        assertEquals(0.3, FIGURES.ofPlain("container"), 1e-9);
        assertEquals(1, FIGURES.ofPlain(StartupFigures.PLAIN), 1e-9);
        assertEquals(0.9, FIGURES.seconds("container"), 1e-9);
    }

    @Test
    void theTableHasALineForEachArtifact() {
        assertTrue(FIGURES.text().contains("medians of 3"), FIGURES.text());
        assertTrue(
                FIGURES.text()
                        .lines()
                        .anyMatch(line -> line.matches("container +0\\.900 +0\\.90 to 1\\.80 +0\\.300 +200 +1\\.80")),
                FIGURES.text());
    }
}
