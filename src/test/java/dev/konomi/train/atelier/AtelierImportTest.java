package dev.konomi.train.atelier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.item.EncoderManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtelierImportTest {
    @TempDir
    Path shipped;

    @BeforeEach
    void unpackTheShippedEncoder() throws IOException {
        for (String file : new String[] {EncoderManifest.IMAGE_FILE, EncoderManifest.TEXT_FILE}) {
            try (InputStream in = EncoderManifest.class.getResourceAsStream("atelier/" + file)) {
                Files.copy(Objects.requireNonNull(in), shipped.resolve(file));
            }
        }
    }

    @Test
    void weightsReadFromTheShippedEncoderGiveTheSameFilesAgain() throws IOException {
        Atelier network = new Atelier(TowerShape.SHIPPED);

        AtelierImport.read(network, shipped);

        assertArrayEquals(
                Files.readAllBytes(shipped.resolve(EncoderManifest.IMAGE_FILE)), AtelierExport.image(network));
        assertArrayEquals(Files.readAllBytes(shipped.resolve(EncoderManifest.TEXT_FILE)), AtelierExport.text(network));
    }

    @Test
    void anEncoderOfOtherSizesIsRefusedWithTheShapeThatIsMissing() {
        TowerShape wider = new TowerShape(128, 48, 96, 256, 3, 4, 384, 96, 8192, 128, 48, 192);

        Exception refused =
                assertThrows(IllegalArgumentException.class, () -> AtelierImport.read(new Atelier(wider), shipped));

        assertTrue(String.valueOf(refused.getMessage()).contains("[1536, 256]"), refused::getMessage);
    }
}
