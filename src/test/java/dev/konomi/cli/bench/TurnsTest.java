package dev.konomi.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {
    @TempDir
    private Path folder;

    @Test
    void whoIsSecondInARoundIsFirstInTheNext() {
        List<String> order = new ArrayList<>();
        Turns turns = Turns.of(fake("ours", 0.5, order, 30), fake("theirs", 0.50005, order, 20), 3, 2, 1);
        assertEquals(List.of("ours", "theirs", "ours", "theirs", "theirs", "ours", "ours", "theirs"), order);
        assertEquals(6, turns.ours().wall().length, "what warms up is not timed");
        assertEquals(1.5, turns.wall().median(), 1e-9);
        assertEquals(1.5, turns.cpu().high(), 1e-9);
        assertEquals(5e-5, turns.lossDifference(), 1e-9);
    }

    @Test
    void stepsThatAreNotTheSameAreNotCompared() {
        Steps ours = fake("ours", 0.5, new ArrayList<>(), 30);
        for (double loss : new double[] {0.4, Double.NaN}) {
            Steps theirs = fake("theirs", loss, new ArrayList<>(), 20);
            assertThrows(IllegalStateException.class, () -> Turns.of(ours, theirs, 3, 2, 1));
        }
    }

    @Test
    void quantilesLieBetweenFigures() {
        Quantiles quantiles = Quantiles.of(4.0, 1.0, 2.0, 3.0);
        assertEquals(new Quantiles(1.75, 2.5, 3.25), quantiles);
    }

    @Test
    void anotherProcessStepsWhenItIsTold() throws IOException {
        Path script = folder.resolve("steps.sh");
        Files.writeString(script, """
                echo '{"torch": "9.9"}'
                while read -r count; do
                  echo "{\\"losses\\": [$count.5], \\"wall\\": [1000], \\"cpu\\": [900]}"
                done
                """);
        try (var steps = new PyTorchSteps(Path.of("/bin/sh"), script, folder.resolve("none"))) {
            assertEquals("9.9", steps.version());
            assertEquals(3.5, steps.take(3).losses()[0]);
            StepTimes times = steps.take(7);
            assertEquals(7.5, times.losses()[0]);
            assertEquals(0.001, times.medianWall());
            assertEquals(0.0009, times.medianCpu());
        }
    }

    @Test
    void anInterpreterThatCannotIsNamed() throws IOException {
        Path missing = folder.resolve("python");
        var absent = assertThrows(IllegalArgumentException.class, () -> new PyTorchSteps(missing, missing, missing));
        assertTrue(String.valueOf(absent.getMessage()).contains(missing.toString()), absent::toString);
        Path silent = Files.writeString(folder.resolve("silent.sh"), "exit 1\n");
        var useless = assertThrows(
                IllegalArgumentException.class, () -> new PyTorchSteps(Path.of("/bin/sh"), silent, missing));
        assertTrue(String.valueOf(useless.getMessage()).contains("pip install"), useless::toString);
    }

    private static Steps fake(String name, double loss, List<String> order, long nanos) {
        return count -> {
            order.add(name);
            long[] times = new long[count];
            Arrays.fill(times, nanos);
            double[] losses = new double[count];
            Arrays.fill(losses, loss);
            return new StepTimes(losses, times, times);
        };
    }
}
