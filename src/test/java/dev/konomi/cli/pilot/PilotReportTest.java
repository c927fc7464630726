package dev.konomi.cli.pilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.konomi.cli.bench.Latency;
import dev.konomi.cli.bench.ServingFigures;
import dev.konomi.cli.measure.SomeMeasures;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PilotReportTest {
    private static final int PEOPLE = 50;
    private static final List<String> BASELINES = List.of("popularity", "nearest", "logistic", "latentClass", "bpr");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/world/seed",
                "/world/users",
                "/world/images",
                "/world/segments",
                "/events/sent",
                "/events/accepted",
                "/events/duplicate",
                "/events/refused",
                "/training/parameters",
                "/training/stage1Steps",
                "/training/stage2Steps",
                "/training/seconds",
                "/training/stepMillis",
                "/training/device",
                "/training/sequence/seconds",
                "/release/version",
                "/release/sha256",
                "/release/verdict",
                "/accuracy/konomi/mean",
                "/accuracy/konomiImageOnly/low",
                "/accuracy/konomiInSequence/mean",
                "/accuracy/idealObserver/high",
                "/accuracy/oracle/mean",
                "/accuracy/latentClass/margin/low",
                "/accuracy/bpr/margin/high",
                "/idealGain/mean",
                "/byHistory/0/popularity/mean",
                "/byHistory/8/konomi/low",
                "/byHistory/4/idealObserver/high",
                "/ece/mean",
                "/segments/ari/mean",
                "/segments/nmi/low",
                "/segments/pValue",
                "/segments/byHistory/2/konomi/mean",
                "/segments/byHistory/40/idealObserver/high",
                "/twoInterests/mean",
                "/twoInterests/idealObserver/mean",
                "/twoInterests/chance/mean",
                "/byDifference/theme/konomi/mean",
                "/byDifference/composition/popularity/mean",
                "/byDifference/style/konomi/low",
                "/byDifference/palette/idealObserver/high",
                "/deletion/top/mean",
                "/deletion/similar/mean",
                "/deletion/random/margin/low",
                "/deletion/other/margin/high",
                "/sharedAttribute/top/mean",
                "/sharedAttribute/similar/mean",
                "/sharedAttribute/random/mean",
                "/guidance/made/konomi/mean",
                "/guidance/ranked/share/low",
                "/guidance/guided/idealObserver/high",
                "/guidance/guided/oracle/mean",
                "/serving/candidates",
                "/serving/late/p50Millis",
                "/serving/late/p99Millis",
                "/serving/sequence/p50Millis",
                "/serving/sequence/onePassRatio",
                "/serving/sequence/ratioCeiling",
                "/serving/sequence/publishedRatio",
                "/serving/sequence/maxLogitDifference",
                "/serving/rssMegabytes"
            })
    void hasEveryKeyThatProgramsReadItBy(String path) {
        assertFalse(report().at(path).isMissingNode(), path);
    }

    @Test
    void comparesKonomiWithBaselinesAndWithNobodyElse() {
        JsonNode accuracy = report().path("accuracy");
        BASELINES.forEach(name -> assertTrue(accuracy.path(name).has("margin"), name));
        List.of("konomi", "konomiImageOnly", "konomiInSequence", "idealObserver", "oracle")
                .forEach(name -> assertFalse(accuracy.path(name).has("margin"), name));
    }

    @Test
    void takesMarginsAsPairedDifferences() {
        JsonNode popularity = report().path("accuracy").path("popularity");
        assertEquals(0.05, popularity.path("margin").path("mean").asDouble(), 1e-6);
        // Everybody's difference is the same, so the paired interval is a point however much people differ.
        assertEquals(0.05, popularity.path("margin").path("low").asDouble(), 1e-6);
        assertTrue(popularity.path("low").asDouble() < popularity.path("mean").asDouble() - 0.01);
    }

    @Test
    void tellsWhichShareOfTheIdealGainIsReached() {
        assertEquals(0.5, report().path("idealGain").path("mean").asDouble(), 1e-6);
    }

    @Test
    void printsATableWithEverybodyInIt() {
        String table = PilotTable.text(figures());
        PilotTable.NAMES.values().forEach(name -> assertTrue(table.contains(name), name));
    }

    private static JsonNode report() {
        return PilotReport.json(figures()).json();
    }

    /// Konomi is .05 above popularity for everybody, and the ideal observer .1.
    private static PilotFigures figures() {
        SplittableRandom random = new SplittableRandom(1);
        double[] popularity = new double[PEOPLE];
        Arrays.setAll(popularity, i -> 0.5 + 0.3 * random.nextDouble());
        Standings standings = new Standings();
        standings.add(Standings.KONOMI, plus(popularity, 0.05));
        standings.add(Standings.IMAGE_ONLY, plus(popularity, 0.04));
        standings.add(Standings.IN_SEQUENCE, plus(popularity, 0.01));
        BASELINES.forEach(name -> standings.add(name, popularity));
        standings.add(Standings.IDEAL, plus(popularity, 0.1));
        standings.add(Standings.ORACLE, plus(popularity, 0.2));
        for (int length : PilotScale.LENGTHS) {
            standings.add(length, Standings.KONOMI, plus(popularity, 0.05));
            standings.add(length, Standings.POPULARITY, popularity);
            standings.add(length, Standings.IDEAL, plus(popularity, 0.1));
        }
        ObjectNode request = new ObjectMapper().createObjectNode().put("verdict", "promote");
        request.putObject("training")
                .put("parameters", 12_000)
                .put("stage1Steps", 400)
                .put("stage2Steps", 50)
                .put("seconds", 30.5)
                .put("stepMillis", 28.3)
                .put("device", "cpu")
                .putObject("sequence")
                .put("decoderSteps", 20)
                .put("tokenSteps", 8)
                .put("seconds", 3.5);
        return new PilotFigures(
                1,
                PilotScale.QUICK,
                12,
                1_030,
                new Deliveries.EventCounts(1_100, 1_000, 100, 0),
                request,
                "abc",
                standings,
                SomeMeasures.made(),
                SomeMeasures.guided(),
                new ServingFigures(100, new Latency(0.4, 1.2), new ServingFigures.Sequence(3, 5, 17, 18, 6_000, 1e-6)),
                389);
    }

    private static double[] plus(double[] values, double more) {
        return Arrays.stream(values).map(value -> value + more).toArray();
    }
}
