package dev.konomi.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @Test
    void keysStandInTheOrderInWhichTheyWerePut() {
        Report report = new Report()
                .put("world.seed", 7)
                .put("accuracy.konomi", new Estimate(0.7, 0.6, 0.8))
                .put("accuracy.bpr", new Estimate(0.65, 0.6, 0.7))
                .put("accuracy.bpr.margin", new Estimate(0.05, 0.01, 0.09))
                .put("world.segments", 12);

        assertEquals(
                "{\"world\":{\"seed\":7,\"segments\":12},\"accuracy\":{\"konomi\":{\"mean\":0.7,\"low\":0.6,\"high\":0.8},"
                        + "\"bpr\":{\"mean\":0.65,\"low\":0.6,\"high\":0.7,"
                        + "\"margin\":{\"mean\":0.05,\"low\":0.01,\"high\":0.09}}}}",
                report.json().toString());
    }

    @Test
    void numbersKeepSixDigitsAndWhatIsNoNumberIsNull(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("deep/report.json");
        new Report()
                .put("a", 1 / 3.0)
                .put("b", Double.NaN)
                .put("c", 1234567.0)
                .put("d", Long.MAX_VALUE)
                .put("e", 2e-9)
                .put("f", "text \"quoted\"")
                .write(file);
        JsonNode read = new ObjectMapper().readTree(Files.readAllBytes(file));

        assertEquals(0.333333, read.get("a").asDouble());
        assertTrue(read.get("b").isNull());
        assertEquals(1234570, read.get("c").asDouble());
        assertEquals(Long.MAX_VALUE, read.get("d").asLong());
        assertEquals(2e-9, read.get("e").asDouble());
        assertEquals("text \"quoted\"", read.get("f").asText());
        List<String> names = new ArrayList<>();
        read.fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), names);
    }

    @Test
    void theSameFiguresGiveTheSameBytes(@TempDir Path folder) throws Exception {
        for (String name : List.of("one", "two")) {
            new Report().put("x.y", 0.1 + 0.2).put("x.z", new Estimate(1, 0, 2)).write(folder.resolve(name));
        }

        assertEquals(-1, Files.mismatch(folder.resolve("one"), folder.resolve("two")));
    }
}
