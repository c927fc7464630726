package dev.konomi.taste;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemOffsetsTest {
    private static final String A = "0".repeat(63) + "a";
    private static final String B = "0".repeat(63) + "b";

    @Test
    void theFileIsSortedJson() {
        var offsets = ItemOffsets.of(Map.of(B, 0.1f, A, -1.5e-9f));
        assertEquals("{\"offsets\":{\"" + A + "\":-1.5E-9,\"" + B + "\":0.1}}", new String(offsets.bytes(), UTF_8));
    }

    @Test
    void anyFloatReadsBackAsItself() {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Float> drawn = new HashMap<>();
        while (drawn.size() < 2000) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                drawn.put("%064x".formatted(random.nextLong()), value);
            }
        }
        var offsets = ItemOffsets.of(drawn);
        var read = ItemOffsets.read(offsets.bytes());
        assertEquals(offsets, read);
        assertArrayEquals(offsets.bytes(), read.bytes());
    }

    @Test
    void anItemThatTrainingDidNotKnowHasNone() {
        var offsets = ItemOffsets.of(Map.of(A, 2f));
        assertEquals(2, offsets.of(A));
        assertEquals(0, offsets.of(B));
        assertEquals(0, ItemOffsets.read(ItemOffsets.of(Map.of()).bytes()).of(A));
    }

    @Test
    void aFieldOfALaterVersionIsIgnored() {
        assertEquals(
                0,
                ItemOffsets.read("{\"offsets\":{},\"later\":1}".getBytes(UTF_8))
                        .offsets()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "{\"offsets\":null}",
                "{\"offsets\":{\"short\":1}}",
                "{\"offsets\":{\"000000000000000000000000000000000000000000000000000000000000000a\":null}}",
                "{\"offsets\":{\"000000000000000000000000000000000000000000000000000000000000000a\":\"NaN\"}}",
                "{\"offsets\":{\"000000000000000000000000000000000000000000000000000000000000000a\":1e99}}",
                "{\"offsets\":{}} more"
            })
    void saysWhatIsWrong(String json) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ItemOffsets.read(json.getBytes(UTF_8)));
        assertTrue(String.valueOf(refused.getMessage()).contains(ItemOffsets.FILE), refused.getMessage());
    }
}
