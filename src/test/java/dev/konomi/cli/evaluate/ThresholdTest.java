package dev.konomi.cli.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ThresholdTest {
    @Test
    void eachSignMeansWhatItSays() {
        assertTrue(Threshold.of(">=4").holds(4));
        assertFalse(Threshold.of("> 4").holds(4));
        assertTrue(Threshold.of("<=2").holds(2));
        assertFalse(Threshold.of("<2").holds(2));
        assertTrue(Threshold.of("=1").holds(1));
        assertTrue(Threshold.of("==-.5").holds(-0.5));
    }

    @Test
    void itPrintsAsItWasWritten() {
        assertEquals(">=4", Threshold.of(" >= 4 ").toString());
        assertEquals("<2.5", Threshold.of("<2.5").toString());
    }

    @Test
    void anythingElseIsRefused() {
        for (String text : new String[] {"", "4", ">=", ">=x", "=>4", ">=4 <5"}) {
            assertThrows(IllegalArgumentException.class, () -> Threshold.of(text), text);
        }
    }
}
