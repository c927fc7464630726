package dev.konomi.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingBenchTest {
    @Test
    void everyHeadIsMeasuredAgainstTheMachinesPeak() {
        List<String> said = new ArrayList<>();
        TrainingFigures figures = new TrainingBench(1, 1, null, said::add).run();
        assertEquals(3, figures.heads().size());
        assertEquals(4, said.size());
        for (TrainingFigures.Head head : figures.heads()) {
            double share = head.share(figures.peakFlops());
            assertTrue(share > 0 && share < 1, head + " does " + share + " of the peak");
            assertTrue(head.tokensPerSecond() > 0, head::toString);
        }
        long million = figures.heads().get(2).work().parameters();
        assertTrue(million > 950_000 && million < 1_100_000, million + " parameters");
        assertTrue(figures.peakMegabytes() > 100, figures::toString);
        String text = figures.text();
        assertTrue(text.contains("tokens/s") && text.contains("% of the matrix peak"), text);
    }

    @Test
    void aMedianOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TrainingBench(0, 5, null, said -> {}));
    }
}
