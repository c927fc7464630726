package dev.konomi.taste;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.taste.CatalogueSample.SampledItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueSampleTest {
    private static final String A = "0".repeat(63) + "a";
    private static final String B = "0".repeat(63) + "b";
    private static final String C = "0".repeat(63) + "c";

    @Test
    void theFileIsJsonInTheOrderOfDigests() {
        var sample = CatalogueSample.of(
                List.of(B, A), new ItemVectors(new float[][] {{1, 0.1f}, {-2, 3}}, new float[] {0.5f, 0}), new float[] {
                    0, -0.25f
                });
        assertEquals(
                "{\"sample\":[{\"item\":\"" + A
                        + "\",\"features\":[-2.0,3.0],\"appeal\":0.0,\"offset\":-0.25},{\"item\":\"" + B
                        + "\",\"features\":[1.0,0.1],\"appeal\":0.5,\"offset\":0.0}]}",
                new String(sample.bytes(), UTF_8));
    }

    @Test
    void readsBackToTheSameBytes() {
        CatalogueSample sample = drawn(500, 1);
        assertArrayEquals(sample.bytes(), CatalogueSample.read(sample.bytes()).bytes());
    }

    @Test
    void aLargeCatalogueGivesTheSameSampleInWhateverOrder() {
        assertEquals(CatalogueSample.MOST, drawn(500, 1).sample().size());
        assertArrayEquals(drawn(500, 1).bytes(), drawn(500, 2).bytes());
        assertEquals(100, drawn(100, 1).sample().size());
    }

    @Test
    void theMedianIsOfThePersonsOwnScores() {
        var odd = new CatalogueSample(List.of(
                new SampledItem(A, new float[] {1}, 0, 0),
                new SampledItem(B, new float[] {2}, 10, 0),
                new SampledItem(C, new float[] {3}, 0, 0.5f)));
        assertEquals(3.5f, odd.median(taste(1)));
        assertEquals(-1, odd.median(taste(-1)));
        var even = new CatalogueSample(odd.sample().subList(0, 2));
        assertEquals(6.5f, even.median(taste(1)));
    }

    @Test
    void aTasteOfAnotherReleaseIsRefused() {
        CatalogueSample sample = drawn(3, 1);
        assertThrows(IllegalArgumentException.class, () -> sample.median(taste(1, 2, 3, 4, 5)));
    }

    @Test
    void anEmptyCatalogueIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> CatalogueSample.of(List.of(), new ItemVectors(new float[0][], new float[0]), new float[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"sample\":null}",
                "{\"sample\":[]}",
                "{\"sample\":[null]}",
                "{\"sample\":[{\"item\":\"x\",\"features\":[1],\"appeal\":0,\"offset\":0}]}",
                "{\"sample\":[{\"item\":\"000000000000000000000000000000000000000000000000000000000000000a\","
                        + "\"features\":[1e99],\"appeal\":0,\"offset\":0}]}",
                "{\"sample\":[{\"item\":\"000000000000000000000000000000000000000000000000000000000000000a\","
                        + "\"features\":[1],\"offset\":0}]}",
                "{\"sample\":[{\"item\":\"000000000000000000000000000000000000000000000000000000000000000a\","
                        + "\"features\":[1],\"appeal\":0,\"offset\":0},"
                        + "{\"item\":\"000000000000000000000000000000000000000000000000000000000000000b\","
                        + "\"features\":[1,2],\"appeal\":0,\"offset\":0}]}"
            })
    void saysWhatIsWrong(String json) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> CatalogueSample.read(json.getBytes(UTF_8)));
        assertTrue(String.valueOf(refused.getMessage()).contains(CatalogueSample.FILE), refused.getMessage());
    }

    private static CatalogueSample drawn(int size, int order) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(order));
        List<String> items = new ArrayList<>();
        float[][] features = new float[size][];
        float[] appeal = new float[size];
        float[] offsets = new float[size];
        for (int i = 0; i < size; i++) {
            int number = numbers.get(i);
            items.add("%064x".formatted(number * 0x9E3779B97F4A7C15L));
            features[i] = new float[] {number / 3f, -number};
            appeal[i] = number / 7f;
            offsets[i] = 1f / (1 + number);
        }
        return CatalogueSample.of(items, new ItemVectors(features, appeal), offsets);
    }

    private static Taste taste(float... vector) {
        return new Taste(vector, new float[vector.length], new float[] {1});
    }
}
