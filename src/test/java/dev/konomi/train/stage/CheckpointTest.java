package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint(
            "data", 250, Map.of("tokens", new float[] {1, -0f, Float.MIN_VALUE}), Map.of("first.tokens", new float[3]));

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsRead() {
        Path file = folder.resolve("deep").resolve("stage.checkpoint");
        CHECKPOINT.write(file);
        Checkpoint read = Checkpoint.read(file, "data").orElseThrow();

        assertEquals(250, read.step());
        assertArrayEquals(
                CHECKPOINT.parameters().get("tokens"), read.parameters().get("tokens"));
        assertArrayEquals(new float[3], read.optimizer().get("first.tokens"));
    }

    @Test
    void aWriterThatDiedLeavesTheOlderCheckpoint() throws IOException {
        Path file = folder.resolve("stage.checkpoint");
        CHECKPOINT.write(file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(folder.resolve("stage.checkpoint.unfinished"), Arrays.copyOf(whole, 20));

        assertEquals(250, Checkpoint.read(file, "data").orElseThrow().step());
        new Checkpoint("data", 500, CHECKPOINT.parameters(), CHECKPOINT.optimizer()).write(file);
        assertEquals(500, Checkpoint.read(file, "data").orElseThrow().step());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing unfinished stays");
        }
    }

    @Test
    void damageAndOtherDataAreToldApart() throws IOException {
        Path file = folder.resolve("stage.checkpoint");
        assertTrue(Checkpoint.read(file, "data").isEmpty());
        CHECKPOINT.write(file);
        assertThrows(IllegalArgumentException.class, () -> Checkpoint.read(file, "other"));

        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        assertThrows(UncheckedIOException.class, () -> Checkpoint.read(file, "data"));
        Files.write(file, new byte[100]);
        assertThrows(IllegalArgumentException.class, () -> Checkpoint.read(file, "data"));
    }
}
