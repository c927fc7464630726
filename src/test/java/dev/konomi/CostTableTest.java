package dev.konomi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/cost.md`: a price times an amount is a cost, and the costs add up.
class CostTableTest {
    private static final int STAGES = 3;

    @Test
    void costsArePricesTimesAmountsAndAddUp() throws IOException {
        List<String[]> rows = rows().filter(row -> !row[2].isEmpty()).toList();
        assertTrue(rows.size() >= 15, "rows: " + rows.size());
        BigDecimal[] sums = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
        for (String[] row : rows) {
            for (int i = 0; i < STAGES; i++) {
                BigDecimal cost = number(row[2]).multiply(number(row[3 + i])).setScale(2, RoundingMode.HALF_UP);
                assertEquals(cost, number(row[6 + i]), row[0] + ", column " + (6 + i));
                sums[i] = sums[i].add(cost);
            }
        }
        String[] total =
                rows().filter(row -> row[0].equals("**a month**")).findFirst().orElseThrow();
        for (int i = 0; i < STAGES; i++) {
            assertEquals(sums[i], number(total[6 + i]), "sum of column " + (6 + i));
        }
    }

    @Test
    void everyAlarmIsPaidFor() throws IOException {
        JsonNode watch = new YAMLMapper().readTree(Path.of("infra/watch.yaml").toFile());
        long alarms = watch.path("Resources").findValuesAsText("Type").stream()
                .filter("AWS::CloudWatch::Alarm"::equals)
                .count();
        String[] row =
                rows().filter(cells -> cells[0].equals("Alarms")).findFirst().orElseThrow();
        assertEquals(String.valueOf(alarms), row[3]);
    }

    private static Stream<String[]> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/cost.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| |"))
                .map(line -> Stream.of(line.substring(1, line.length() - 1).split("\\|"))
                        .map(String::strip)
                        .toArray(String[]::new));
    }

    private static BigDecimal number(String cell) {
        return new BigDecimal(cell.replace(",", "").replace("*", ""));
    }
}
