package dev.konomi.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.item.OnnxItemEncoder;
import dev.konomi.release.Release;
import dev.konomi.release.ReleaseFolder;
import dev.konomi.release.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingBenchTest {
    @TempDir
    private Path folder;

    @Test
    void bothHeadsAreMeasuredOnARealRelease() throws IOException {
        List<String> said = new ArrayList<>();
        try (OnnxItemEncoder encoder = OnnxItemEncoder.atelier(1)) {
            Release release = StandInRelease.in(encoder, folder);
            ServingFigures figures = ServingBench.run(release, encoder, 10, said::add);
            ServingFigures.Sequence sequence = figures.sequence();
            assertEquals(100, figures.candidates());
            assertTrue(figures.late().p50Millis() <= figures.late().p99Millis());
            assertTrue(figures.late().p50Millis() < sequence.p50Millis(), figures.toString());
            assertTrue(sequence.maxLogitDifference() < 1e-4, figures.toString());
            assertTrue(sequence.ratioCeiling() > 17, figures.toString());
            assertTrue(sequence.onePassRatio() > 4, figures.toString());
            assertTrue(sequence.publishedRatio() > 100, figures.toString());
            assertTrue(said.size() >= 4, said.toString());
        }
    }

    @Test
    void aReleaseWithHalfAHeadInSequenceIsRefused() throws IOException {
        try (OnnxItemEncoder encoder = OnnxItemEncoder.atelier(1)) {
            Release release = StandInRelease.in(encoder, folder);
            assertTrue(release.hasGraph("decoder"));
            Files.delete(folder.resolve("query.onnx"));
            ReleaseFolder.seal(folder, release.manifest());
            Verification verification = ReleaseFolder.verify(folder);
            assertTrue(
                    verification instanceof Verification.Refused(String reason) && reason.contains("'query'"),
                    verification::toString);
        }
    }

    @Test
    void quantilesAreThoseOfTheRequests() {
        Latency latency = Latency.of(
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray());
        assertEquals(100, latency.p50Millis());
        assertEquals(198, latency.p99Millis());
    }

    @Test
    void tooFewRoundsAreRefused() throws IOException {
        try (OnnxItemEncoder encoder = OnnxItemEncoder.atelier(1)) {
            Release release = StandInRelease.in(encoder, folder);
            assertThrows(IllegalArgumentException.class, () -> ServingBench.run(release, encoder, 3, step -> {}));
        }
    }
}
